"""Numbers of organisations (*organisasjonsnummer*): nine digits, the last a control digit.

The control digit is that of modulus 11 with the weights 3 2 7 6 5 4 3 2 (Brønnøysund Register
Centre, “Om organisasjonsnummeret”): the weighted sum and the control digit together are a multiple
of 11. A sum that would need the digit 10 is never given out.
"""

from __future__ import annotations

DIGITS = 9
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_ASCII_DIGITS = frozenset("0123456789")


def is_organisation_number(text: str) -> bool:
    """Whether a text is nine digits, without spaces, whose last is the control digit of the rest.

    It says nothing of whether anyone has the number.
    """
    if len(text) != DIGITS or not _ASCII_DIGITS.issuperset(text):
        return False
    return control_digit(text[:-1]) == int(text[-1])


def control_digit(first_eight: str) -> int | None:
    """The control digit of eight digits; None where there is none, and so no such number."""
    total = sum(int(digit) * weight for digit, weight in zip(first_eight, _WEIGHTS, strict=True))
    digit = -total % 11
    return None if digit == 10 else digit
