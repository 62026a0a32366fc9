"""Numbers as a language writes them: decimal sign, true minus, per cent, p-values."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from samspill.language.languages import language as get

MINUS = "\u2212"


def format_number(
    value: float | int | Decimal, decimals: int, language: str, *, sign: bool = False
) -> str:
    """``value`` with ``decimals`` decimals, rounded half up from its shortest decimal form.

    Four digits and fewer are not grouped. With ``sign`` a positive value gets a plus.
    """
    conventions = get(language)
    exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return "–"
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", conventions.group_separator)
    digits = whole + (conventions.decimal_sign + fraction if fraction else "")
    if rounded < 0:
        return MINUS + digits
    return "+" + digits if sign and rounded > 0 else digits


def format_percent(share: float, decimals: int, language: str, *, sign: bool = False) -> str:
    """``share`` (0 to 1) as per cent, with the language's spacing before the sign."""
    hundred = Decimal(repr(float(share))) * 100
    return get(language).percent.format(
        number=format_number(hundred, decimals, language, sign=sign)
    )


def format_p(p: float, language: str) -> str:
    """A p-value with three decimals, four below 0.01, and '< 0.0001' for the smallest."""
    if p < 0.0001:
        return "<\u00a0" + format_number(Decimal("0.0001"), 4, language)
    return format_number(p, 4 if p < 0.01 else 3, language)
