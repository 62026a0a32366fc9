"""Messages in a language, from gettext catalogues (GNU gettext manual, chapter 10)."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import polib

from samspill.errors import SamspillError
from samspill.language.languages import language


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates English messages with named fields: ``t("{n} units", n=241)``."""

    language: str
    catalogue: gettext.NullTranslations

    def __call__(self, message: str, /, **fields: object) -> str:
        return self.catalogue.gettext(message).format(**fields)

    def plural(self, one: str, many: str, n: int, /, **fields: object) -> str:
        """The form of the message for ``n`` things; ``{n}`` may stand in both forms."""
        return self.catalogue.ngettext(one, many, n).format(**{"n": n, **fields})


@cache
def translator(identifier: str) -> Translator:
    """The translator of a language; a message without translation stays in English.

    Raises SamspillError for an unknown language, and for one that lacks a room's catalogue.
    """
    conventions = language(identifier)
    merged = polib.POFile(encoding="utf-8")
    merged.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    if not conventions.source:
        for entry in _catalogues(identifier):
            merged.extend(polib.pofile(entry.read_text(encoding="utf-8")))
    return Translator(identifier, gettext.GNUTranslations(io.BytesIO(merged.to_binary())))


def _catalogues(identifier: str) -> list[Traversable]:
    """One catalogue of every room that has one in any language."""
    root = files("samspill.language").joinpath("catalogues")
    rooms = {
        entry.name
        for folder in root.iterdir()
        if folder.is_dir()
        for entry in folder.iterdir()
        if entry.name.endswith(".po")
    }
    found = [root.joinpath(identifier, room) for room in sorted(rooms)]
    missing = [entry.name for entry in found if not entry.is_file()]
    if missing:
        raise SamspillError(
            f"The language '{identifier}' has no translations for {', '.join(missing)}.",
            f"Translate the files of another language into catalogues/{identifier}/.",
        )
    return found
