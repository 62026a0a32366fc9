"""A number exactly as it stands in print: trailing zeros, decimal sign and stars keep meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from samspill.errors import SamspillError
from samspill.reconstruction.rounding import RoundingConvention, Window

__all__ = ["PrintedNumber", "RoundingConvention", "Window", "decimal_sign_of", "parse_mark"]

_MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_STARS = "*\u2217\u204e\uff0a"
_SPACES = " \u00a0\u2009\u202f\u2007'\u2019"
_NUMBER = re.compile(
    rf"""^\s*
    (?P<bound>[<>\u2264\u2265])?\s*
    (?P<sign>[+{re.escape(_MINUS)}])?\s*
    (?P<body>[0-9.,{_SPACES}]*[0-9][0-9.,{_SPACES}]*?)\s*
    (?P<percent>%|pst\.?)?\s*
    (?P<stars>[{re.escape(_STARS)}]*)
    \s*$""",
    re.VERBOSE,
)
_GROUPED = re.compile(rf"^[0-9]{{1,3}}([{_SPACES}][0-9]{{3}})+$")
_BOUNDS = {"\u2264": "<", "\u2265": ">"}


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A printed number and what its print says.

    ``text``: as printed. ``sign``: -1 where a minus is printed, else 1. ``digits``: its digits in
    order, leading and trailing zeros kept. ``decimals``: how many of them stand after the decimal
    sign. ``stars``: how many stars follow. ``value``: the number, exact. ``percent``: whether a
    per cent sign is printed. ``bound``: "<" or ">" where print gives only a limit, else "".
    """

    text: str
    sign: int
    digits: str
    decimals: int
    stars: int
    value: Decimal
    percent: bool = False
    bound: str = ""

    @classmethod
    def parse(cls, text: str, *, decimal_sign: str | None = None) -> PrintedNumber:
        """Read ``text``; ``decimal_sign`` ("," or ".") settles what would else be ambiguous.

        A comma or point followed by exactly three digits and preceded by one to three, the first
        not zero ("1,234"), could be a decimal sign or a thousands separator: it is refused
        unless ``decimal_sign`` is given. "0,054" and "1234,567" are decimals, "1,234,567" and
        "1 234" are grouped, "1.234,5" shows both. Raises ``SamspillError``.
        """
        found = _NUMBER.match(text)
        if found is None:
            raise SamspillError(
                f"{text!r} is not a printed number.",
                "Write digits with at most one decimal sign, a sign before and stars after.",
            )
        body = found["body"].strip(_SPACES)
        whole, fraction = _split(body, text, decimal_sign)
        negative = found["sign"] is not None and found["sign"] != "+"
        digits = whole + fraction
        value = Decimal(int(digits)).scaleb(-len(fraction))
        bound = found["bound"] or ""
        return cls(
            text=text,
            sign=-1 if negative else 1,
            digits=digits,
            decimals=len(fraction),
            stars=len(found["stars"]),
            value=-value if negative else value,
            percent=found["percent"] is not None,
            bound=_BOUNDS.get(bound, bound),
        )

    @classmethod
    def of(cls, value: Decimal, stars: int = 0) -> PrintedNumber:
        """The print, with a decimal point, of an exact ``value`` (its trailing zeros kept)."""
        return cls.parse(f"{value:f}" + "*" * stars, decimal_sign=".")

    @property
    def unit(self) -> Fraction:
        """One unit in the last printed place."""
        return Fraction(1, 10**self.decimals)

    def window(self, convention: RoundingConvention = RoundingConvention.HALF_UP) -> Window:
        """The values that ``convention`` would have printed as this number."""
        if self.bound:
            raise SamspillError(
                f"{self.text!r} is a limit, not a rounded number.",
                "Give the number itself, or leave the row out.",
            )
        return convention.window(self.value, self.decimals, self.sign)

    def __str__(self) -> str:
        return self.text


def parse_mark(text: str) -> int:
    """The number of stars in a printed significance mark; nothing and "n.s." are none."""
    cleaned = text.strip()
    if cleaned.lower() in {"", "ns", "n.s.", "n.s", "i.s."}:
        return 0
    if all(character in _STARS for character in cleaned):
        return len(cleaned)
    raise SamspillError(
        f"{text!r} is not a significance mark.", "Write stars alone, or nothing where none stand."
    )


def decimal_sign_of(texts: Iterable[str]) -> str | None:
    """The decimal sign that the unambiguous numbers among ``texts`` share, or None."""
    signs = set()
    for text in texts:
        found = _NUMBER.match(text)
        if found is None:
            continue
        body = found["body"].strip(_SPACES)
        sign = _clear_decimal_sign(body)
        if sign is not None:
            signs.add(sign)
    return signs.pop() if len(signs) == 1 else None


def _clear_decimal_sign(body: str) -> str | None:
    """The decimal sign that ``body`` shows beyond doubt."""
    separators = [character for character in body if character in ",."]
    if not separators or (len(set(separators)) == 1 and len(separators) > 1):
        return None
    last = separators[-1]
    if len(set(separators)) == 2:
        return last
    return None if _could_be_group(body, last) else last


def _could_be_group(body: str, separator: str) -> bool:
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(\{separator}[0-9]{{3}})+", body) is not None


def _split(body: str, text: str, decimal_sign: str | None) -> tuple[str, str]:
    """The digits before and after the decimal sign of ``body``."""
    sign = decimal_sign or _clear_decimal_sign(body)
    separators = {character for character in body if character in ",."}
    if sign is None and separators:
        (only,) = separators
        if body.count(only) == 1:
            raise SamspillError(
                f"{text!r} could be a whole number or one with three decimals.",
                "Say which sign is the decimal sign.",
            )
        return _ungrouped(body, only, text), ""
    if sign is None or sign not in body:
        return _ungrouped(body, "", text, also=separators), ""
    whole, _, fraction = body.rpartition(sign)
    if not fraction.isdigit():
        raise SamspillError(
            f"{text!r} has a decimal sign without plain decimals.", "Write it as it is printed."
        )
    return _ungrouped(whole, "", text, also=separators - {sign}), fraction


def _ungrouped(whole: str, separator: str, text: str, also: set[str] | None = None) -> str:
    """The digits of ``whole`` without its thousands separators."""
    if whole == "" or whole.isdigit():
        return whole
    marks = set(separator) | (also or set())
    for mark in marks:
        if re.fullmatch(rf"[0-9]{{1,3}}(\{mark}[0-9]{{3}})+", whole):
            return whole.replace(mark, "")
    if _GROUPED.fullmatch(whole):
        return re.sub(rf"[{_SPACES}]", "", whole)
    raise SamspillError(
        f"{text!r} is grouped in no known way.",
        "Group by three with one kind of sign, and use another as decimal sign.",
    )
