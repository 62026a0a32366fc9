"""Every catalogue is complete, keeps the message's fields, and both forms of Norwegian have it."""

from __future__ import annotations

import string
from importlib.resources import files

import polib
import pytest

ROOT = files("samspill.language").joinpath("catalogues")
CATALOGUES = sorted(
    f"{language.name}/{entry.name}"
    for language in ROOT.iterdir()
    for entry in language.iterdir()
    if entry.name.endswith(".po")
)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_message_is_translated_with_the_same_fields(name):
    catalogue = polib.pofile(ROOT.joinpath(name).read_text(encoding="utf-8"))
    assert not catalogue.untranslated_entries()
    assert not catalogue.fuzzy_entries()
    for entry in catalogue:
        if entry.msgid_plural:
            wanted = _fields(entry.msgid_plural) | _fields(entry.msgid)
            for form in entry.msgstr_plural.values():
                assert _fields(form) <= wanted, entry.msgid
        else:
            assert _fields(entry.msgstr) == _fields(entry.msgid), entry.msgid


def test_bokmal_and_nynorsk_have_the_same_messages():
    def messages(language: str) -> set[tuple[str, str]]:
        return {
            (name.split("/")[1], entry.msgid)
            for name in CATALOGUES
            if name.startswith(f"{language}/")
            for entry in polib.pofile(ROOT.joinpath(name).read_text(encoding="utf-8"))
        }

    assert messages("nb") == messages("nn")
