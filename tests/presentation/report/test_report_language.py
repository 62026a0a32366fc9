"""Everything that the report says can be said in every language."""

from __future__ import annotations

import re
from importlib.resources import files

import polib
import pytest
from presentation.report.report_messages import messages

from samspill.language import language, languages

OTHERS = [name for name in languages() if not language(name).source]
FIELD = re.compile(r"\{([a-z_]*)\}")


@pytest.fixture(params=OTHERS)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    file = files("samspill.language").joinpath("catalogues", request.param, "report.po")
    return polib.pofile(file.read_text(encoding="utf-8"))


def test_every_message_is_translated_and_none_is_left_over(catalogue: polib.POFile) -> None:
    asked = messages()
    assert {entry.msgid for entry in catalogue} == set(asked)
    assert all(entry.msgid_plural == asked[entry.msgid] for entry in catalogue)
    assert [entry.msgid for entry in catalogue if not _written(entry)] == []


def test_translations_keep_the_fields_of_the_message(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        fields = set(FIELD.findall(entry.msgid))
        assert all(set(FIELD.findall(text)) == fields for text in _written(entry)), entry.msgid


def _written(entry: polib.POEntry) -> list[str]:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return texts if all(texts) else []
