"""The hand-written material: TOML files in ``words/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Words: TypeAlias = Mapping[str, Any]

HERE = Path(__file__).parent / "words"


@cache
def words(name: str) -> Words:
    """What stands in a file of ``words/``."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class InventedMunicipality:
    """A municipality that does not exist. ``code`` is in use by none, ``domain`` cannot be reached
    (RFC 2606), ``centrality`` is a level from 1 to 6, 1 the most central."""

    name: str
    code: str
    domain: str
    population: int
    centrality: int
    invented: bool


def _municipality() -> InventedMunicipality:
    told = words("municipality")
    return InventedMunicipality(
        **{key: told[key] for key in InventedMunicipality.__dataclass_fields__}
    )


MUNICIPALITY = _municipality()
