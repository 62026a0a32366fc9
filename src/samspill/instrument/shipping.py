"""The instruments that come with Samspill: TOML files in ``shipped/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from samspill.errors import Message, SamspillError
from samspill.instrument.files import read_instrument
from samspill.instrument.model import Instrument

SHIPPED = Path(__file__).parent / "shipped"


def shipped_instruments() -> tuple[str, ...]:
    """Identifiers of the shipped instruments."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


@cache
def shipped_instrument(identifier: str) -> Instrument:
    """A shipped instrument.

    Raises:
        SamspillError: there is none of this name.
    """
    if identifier not in shipped_instruments():
        raise SamspillError(
            Message("There is no shipped instrument “{identifier}”.", identifier=identifier),
            Message(
                "Choose one of {names}, or read a file.", names=", ".join(shipped_instruments())
            ),
        )
    return read_instrument(SHIPPED / f"{identifier}.toml")
