"""One name for each answer, for formats that know neither fields nor several answers."""

from __future__ import annotations


def column_name(*parts: str) -> str:
    """A variable and, where there is one, a field: ``has_relation_integration``."""
    return "_".join(part for part in parts if part)


def category_name(column: str, category: str) -> str:
    """The binary variable of a category that can be chosen with others: ``channels__other``.

    Two underscores, since forms often have a text question ``channels_other`` beside it.
    """
    return f"{column}__{category}"
