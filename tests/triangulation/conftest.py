"""Themes and counts small enough to be read."""

from __future__ import annotations

import pytest

from samspill.triangulation import Counts, Item, Theme

NAMES = {"nb": "x", "nn": "x", "en": "x"}


def theme_of(kind: str, *items: str) -> Theme:
    """A theme that is asked of the unit as a whole."""
    made = tuple(Item(name, dict.fromkeys(NAMES, name), yes=NAMES, no=NAMES) for name in items)
    return Theme("t", kind, False, 0, NAMES, NAMES, made)


@pytest.fixture
def order() -> Theme:
    return theme_of("order", "a", "b", "c")


@pytest.fixture
def presence() -> Theme:
    return theme_of("presence", "a", "b")


def counts(**columns: dict[str, tuple[int, int, int]]) -> Counts:
    """``counts(survey={"a": (count, contrary, n)})``."""
    return Counts.of(
        {"column": column, "theme": "t", "field": "", "item": item,
         "count": c, "contrary": k, "n": n, "base": "units"}
        for column, items in columns.items()
        for item, (c, k, n) in items.items()
    )  # fmt: skip
