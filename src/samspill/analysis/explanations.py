"""What is wrong with a printed number, in a sentence or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from samspill.language import format_number, translator

if TYPE_CHECKING:
    from samspill.analysis.labels import Labels
    from samspill.language import Translator

Row = Mapping[str, Any]


def explain(row: Row, suggestion: Row | None, labels: Labels, language: str) -> str:
    """Says what disagrees in a row of the check and, where there is one, what explains it.

    ``suggestion`` is a row of ``Reconstruction.explanations`` for the same printed number.
    """
    t = translator(language)
    where = _where(row, labels, t)
    if suggestion:
        return f"{where}: {_no_counts(row, suggestion, t)}"
    if row["statistic"] == "mark" or row["reason"] == "mark":
        return f"{where}: {_mark(row, t)}"
    if row["reason"] == "unreadable":
        return f"{where}: {t('{printed} cannot be read as a number.', printed=row['printed'])}"
    if row["reason"] == "n":
        return f"{where}: {t('the number of answers is {n}, not the printed one.', n=row['n'])}"
    return f"{where}: {_value(row, t)}"


def _where(row: Row, labels: Labels, t: Translator) -> str:
    names = [name.strip() for name in row["indicator"].split(";")]
    what = ", ".join(labels.label(name, t.language) for name in names)
    field = labels.label(row["field"], t.language) if row["field"] else ""
    return " · ".join(part for part in (source_label(row["source"], t), what, field) if part)


def source_label(source: str, t: Translator) -> str:
    """Where a number is printed, in the language: figure, table, appendix or text."""
    for english, message in _SOURCES.items():
        if source.startswith(english):
            return t(message, rest=source.removeprefix(english).strip(", "))
    return source


_SOURCES = {
    "Appendix table": "Appendix table {rest}",
    "Figure": "Figure {rest}",
    "Table": "Table {rest}",
    "Text, chapter": "Text, chapter {rest}",
    "Text, survey design": "Text on the survey's design",
    "Text, volunteer centres": "Text on volunteer centres",
}

_CHANGES = {
    "a digit too many": "a digit too many",
    "a lost digit": "a lost digit",
    "a moved decimal point": "a moved decimal point",
    "a changed sign": "a changed sign",
    "two digits swapped": "two digits swapped",
    "another rounding": "another rounding",
    "a neighbouring number of units": "a neighbouring number of units",
    "a swapped reference row": "a swapped reference row",
    "one wrong digit": "one wrong digit",
}


def _no_counts(row: Row, suggestion: Row, t: Translator) -> str:
    text = t("{printed} is printed, and no counts give it.", printed=row["printed"])
    change = suggestion["change"].split(" or ")[0]
    if change not in _CHANGES:
        return text
    reading = t(
        "Read as {read_as} ({change})", read_as=suggestion["read_as"], change=t(_CHANGES[change])
    )
    if suggestion["count0"] is None:
        return f"{text} {reading}: {t('{n} solutions.', n=suggestion['solutions'])}"
    only = t(
        "it has exactly one solution: {count0} of {n0} and {count1} of {n1}.",
        **{key: suggestion[key] for key in ("count0", "n0", "count1", "n1")},
    )
    return f"{text} {reading} {only}"


def _mark(row: Row, t: Translator) -> str:
    printed = "*" * (row["printed"] or "").count("*")
    return t(
        "the printed mark is {printed}, but p = {p}, which is marked {recomputed}.",
        printed=printed or t("none"),
        p=format_number(row["p"], 4, t.language),
        recomputed="*" * row["recomputed"].count("*") or t("with nothing"),
    )


_LOWEST = "{printed} is printed as the lowest of these, and the counts give {recomputed}."
_HIGHEST = "{printed} is printed as the highest of these, and the counts give {recomputed}."


def _value(row: Row, t: Translator) -> str:
    messages = {"minimum": _LOWEST, "maximum": _HIGHEST}
    message = messages.get(
        row["statistic"], "{printed} is printed, and the counts give {recomputed}."
    )
    return t(message, printed=row["printed"], recomputed=row["recomputed"])
