"""Messages in a language, from gettext catalogues (GNU gettext manual, chapter 10)."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polib

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
    """The translator of a language; a message without translation stays in English."""
    conventions = language(identifier)
    merged = polib.POFile(encoding="utf-8")
    merged.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    if not conventions.source:
        folder = files("samspill.language").joinpath("catalogues", identifier)
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".po"):
                merged.extend(polib.pofile(entry.read_text(encoding="utf-8")))
    return Translator(identifier, gettext.GNUTranslations(io.BytesIO(merged.to_binary())))
