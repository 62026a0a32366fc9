"""The languages and their conventions, read from ``languages.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from samspill.errors import SamspillError


@dataclass(frozen=True, slots=True)
class Language:
    """A language: ``tag`` is its BCP 47 tag; ``source`` is true for the messages' own language."""

    identifier: str
    name: str
    tag: str
    decimal_sign: str
    group_separator: str
    percent: str
    source: bool = False


@cache
def _all() -> dict[str, Language]:
    text = files("samspill.language").joinpath("languages.toml").read_text(encoding="utf-8")
    return {key: Language(key, **values) for key, values in tomllib.loads(text).items()}


def languages() -> tuple[str, ...]:
    """Identifiers of all languages, in the order they are offered."""
    return tuple(_all())


def language(identifier: str) -> Language:
    """The language ``identifier``; raises SamspillError where there is none."""
    try:
        return _all()[identifier]
    except KeyError:
        raise SamspillError(
            f"There is no language '{identifier}'.", f"Choose one of: {', '.join(languages())}."
        ) from None
