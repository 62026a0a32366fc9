"""Whom an export is for: anyone, or the municipality itself."""

from __future__ import annotations

from samspill.register.model import Register
from samspill.register.publicity import public_register


def for_audience(register: Register, *, internal: bool) -> Register:
    """The whole register, or what of it anyone may see."""
    return register if internal else public_register(register)
