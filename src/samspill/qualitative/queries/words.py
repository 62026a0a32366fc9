"""Words of a text, and the stem under which all their forms are found.

A word is brought to small letters with ``aa`` as ``å`` and accents taken off other letters, then
what nynorsk writes otherwise is brought to bokmål (``words.toml``), then Snowball's Norwegian
stemmer takes the ending off (Porter & Boulton, snowballstem.org; it knows the endings of both).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile("[\\w\u0300-\u036f]+")
NORWEGIAN = str.maketrans({"ö": "ø", "ä": "æ"})
KEPT = frozenset("åøæ")
LONG_ENOUGH = 6


def fold(word: str) -> str:
    """The word in small letters, ``aa`` as ``å``, without accents but those of å."""
    plain = unicodedata.normalize("NFC", word).casefold().translate(NORWEGIAN)
    if not plain.isascii():
        plain = "".join(letter if letter in KEPT else _bare(letter) for letter in plain)
    return plain.replace("aa", "å")


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word in either form of Norwegian."""
    known = _table()
    plain = fold(word)
    plain = known["words"].get(plain, plain)
    for nynorsk, bokmal in known["parts"].items():
        if nynorsk in plain:
            plain = plain.replace(nynorsk, bokmal)
            break
    if len(plain) >= LONG_ENOUGH:
        for nynorsk, bokmal in known["endings"].items():
            if plain.endswith(nynorsk):
                plain = plain.removesuffix(nynorsk) + bokmal
                break
    return _stemmer().stemWord(plain)  # type: ignore[no-any-return]


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("samspill.qualitative.queries").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _stemmer():  # type: ignore[no-untyped-def]
    import snowballstemmer

    return snowballstemmer.stemmer("norwegian")
