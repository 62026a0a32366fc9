"""Whether a percentage or a mean of whole numbers can rest on so many units (GRIM)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from samspill.errors import SamspillError
from samspill.reconstruction.printed_number import PrintedNumber
from samspill.reconstruction.rounding import RoundingConvention, Window

KINDS = ("percentage", "mean")


@dataclass(frozen=True, slots=True)
class Grim:
    """The result of a GRIM test.

    ``possible``: whether some whole number gives the printed one. ``convention``: the first
    rounding convention under which it does, or None. ``sums``: the counts (of a percentage) or
    sums (of a mean) that do. ``nearest``: what the nearest possible sums would print as.
    ``chance``: the share of all numbers of that many decimals that are possible; at 1 the test
    says nothing.
    """

    printed: PrintedNumber
    n: int
    items: int
    possible: bool
    convention: RoundingConvention | None
    sums: tuple[int, ...]
    nearest: tuple[str, ...]
    chance: float

    def __repr__(self) -> str:
        units = f"{self.n} units" if self.items == 1 else f"{self.n} units of {self.items} items"
        if self.possible and self.convention is not None:
            sums = ", ".join(str(total) for total in self.sums[:8])
            return f"{self.printed} is possible from {units}: {sums} ({self.convention.label})"
        return f"{self.printed} is impossible from {units}; nearest are {', '.join(self.nearest)}"


def grim(
    printed: str | PrintedNumber,
    n: int,
    *,
    kind: str = "percentage",
    items: int = 1,
    convention: RoundingConvention | None = None,
    decimal_sign: str | None = None,
) -> Grim:
    """Whether ``n`` units can give the printed percentage, or mean of whole numbers.

    ``items``: how many whole-number items each unit's score is the mean of. Conventions are tried
    in their order unless ``convention`` is given. Arithmetic is exact. Brown and Heathers (2017),
    The GRIM test, Social Psychological and Personality Science 8(4), 363-369.
    """
    number = _number(printed, decimal_sign)
    _check(kind, n, items)
    for tried in RoundingConvention if convention is None else (convention,):
        sums = _sums(number.window(tried), n * items, kind)
        if sums:
            return Grim(number, n, items, True, tried, sums, (), _chance(number, n * items, kind))
    return Grim(
        number, n, items, False, None, (), _nearest(number, n * items, kind),
        _chance(number, n * items, kind),
    )  # fmt: skip


def possible_sizes(
    printed: Sequence[str | PrintedNumber],
    *,
    kind: str = "percentage",
    items: int = 1,
    up_to: int = 1000,
    convention: RoundingConvention | None = None,
    decimal_sign: str | None = None,
) -> tuple[int, ...]:
    """The numbers of units, up to ``up_to``, that could give every one of the printed numbers.

    All of them must be possible under one convention, the same for all.
    """
    numbers = [_number(one, decimal_sign) for one in printed]
    _check(kind, up_to, items)
    tried = list(RoundingConvention) if convention is None else [convention]
    return tuple(
        n
        for n in range(1, up_to + 1)
        if any(all(_sums(p.window(c), n * items, kind) for p in numbers) for c in tried)
    )


def _number(printed: str | PrintedNumber, decimal_sign: str | None) -> PrintedNumber:
    if isinstance(printed, PrintedNumber):
        return printed
    return PrintedNumber.parse(printed, decimal_sign=decimal_sign)


def _check(kind: str, n: int, items: int) -> None:
    if kind not in KINDS:
        raise SamspillError(f"{kind!r} cannot be tested.", f"Use one of {', '.join(KINDS)}.")
    if n < 1 or items < 1:
        raise SamspillError("There must be at least one unit and one item.", "Give their number.")


def _sums(window: Window, parts: int, kind: str) -> tuple[int, ...]:
    """The whole numbers of which 1/``parts`` lies in the window."""
    scaled = window.scaled(Fraction(parts, 100 if kind == "percentage" else 1))
    first, last = ceil(scaled.low), floor(scaled.high)
    if kind == "percentage":
        first, last = max(first, 0), min(last, parts)
    return tuple(total for total in range(first, last + 1) if total in scaled)


def _nearest(number: PrintedNumber, parts: int, kind: str) -> tuple[str, ...]:
    factor = 100 if kind == "percentage" else 1
    exact = Fraction(number.value) * parts / factor
    around = sorted({floor(exact), ceil(exact)})
    half_up = RoundingConvention.HALF_UP
    return tuple(f"{half_up.round(Fraction(s * factor, parts), number.decimals):f}" for s in around)


def _chance(number: PrintedNumber, parts: int, kind: str) -> float:
    """The share of printable numbers that are possible, over the whole scale of a percentage or
    one unit of a mean."""
    factor = 100 if kind == "percentage" else 1
    printable = factor * int(10**number.decimals)
    if parts >= 2 * printable:
        return 1.0
    half_up = RoundingConvention.HALF_UP
    found = {half_up.round(Fraction(s * factor, parts), number.decimals) for s in range(parts)}
    whole = {value for value in found if value < factor}
    return len(whole) / printable
