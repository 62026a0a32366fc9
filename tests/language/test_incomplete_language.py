"""A language in the making is refused in words, and never mixed with English."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import samspill.language
from samspill.errors import SamspillError
from samspill.language import languages, translator

READERS = [sys.modules[f"samspill.language.{name}"] for name in ("languages", "translation")]
SWEDISH = """
[sv]
name = "svenska"
tag = "sv-SE"
decimal_sign = ","
group_separator = " "
percent = "{number} %"
"""


def _forget() -> None:
    READERS[0]._all.cache_clear()
    translator.cache_clear()


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The catalogues in a folder of their own, where Swedish is among the languages."""
    source = Path(samspill.language.__file__).parent
    shutil.copytree(source / "catalogues", tmp_path / "catalogues")
    known = (source / "languages.toml").read_text(encoding="utf-8")
    (tmp_path / "languages.toml").write_text(known + SWEDISH, encoding="utf-8")
    with monkeypatch.context() as patched:
        for reader in READERS:
            patched.setattr(reader, "files", lambda _: tmp_path)
        _forget()
        yield tmp_path / "catalogues"
    _forget()


def test_a_language_without_catalogues_is_refused(catalogues: Path) -> None:
    assert "sv" in languages()
    with pytest.raises(SamspillError, match=r"'sv' has no translations for .*report\.po"):
        translator("sv")


def test_a_language_that_lacks_one_room_names_it(catalogues: Path) -> None:
    shutil.copytree(catalogues / "nb", catalogues / "sv")
    (catalogues / "sv" / "report.po").unlink()
    with pytest.raises(SamspillError, match=r"no translations for report\.po\.") as caught:
        translator("sv")
    assert "catalogues/sv/" in caught.value.next_step


def test_a_language_with_every_catalogue_is_spoken(catalogues: Path) -> None:
    shutil.copytree(catalogues / "nb", catalogues / "sv")
    assert translator("sv")("Done") == translator("nb")("Done") != "Done"
