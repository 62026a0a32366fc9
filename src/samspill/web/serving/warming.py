"""What takes long to import, imported before the first request instead of in it."""

from __future__ import annotations

import importlib

HEAVY = (
    "polars",
    "altair",
    "vl_convert",
    "samspill.analysis",
    "samspill.presentation",
    "samspill.instrument",
)


def warm_imports() -> None:
    for name in HEAVY:
        importlib.import_module(name)
