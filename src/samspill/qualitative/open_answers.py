"""A survey's open answers as sources, with what is known of their units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import NAMESPACE_URL, uuid5

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.model import ANONYMOUS, OPEN_ANSWER, Source, Value
from samspill.qualitative.reading.cleaning import Cleaner


def open_answer_sources(
    answers: pl.DataFrame,
    units: pl.DataFrame,
    variable: str,
    *,
    study: str = "",
    attributes: Iterable[str] | None = None,
    side: str = "",
    language: str = "",
    consent: str = ANONYMOUS,
    invented: bool = False,
) -> tuple[Source, ...]:
    """A source for each answer to an open question that has words in it, in the answers' order.

    ``answers`` has the columns ``unit``, ``field``, ``variable`` and ``value``, ``units`` has
    ``unit`` and a column for each attribute, as a study's tables do; ``attributes`` are those to
    take along, all where none are given. A source's identity follows from ``study``, the variable,
    the field and the unit, so that answers taken anew are the same sources.

    Raises:
        SamspillError: nobody has answered the question, or an attribute or column is missing.
    """
    names = [name for name in units.columns if name != "unit"]
    wanted = names if attributes is None else list(attributes)
    _refuse_missing(answers, units, [*wanted])
    asked = answers.filter(pl.col("variable") == variable)
    known = {row["unit"]: row for row in units.iter_rows(named=True)}
    cleaner = Cleaner()
    sources = []
    for unit, field, value in asked.select("unit", "field", "value").iter_rows():
        text = "\n".join(cleaner.lines(str(value))) if value is not None else ""
        if not text:
            continue
        about = _attributes(known.get(unit, {}), wanted)
        sources.append(
            Source(
                str(uuid5(NAMESPACE_URL, f"samspill:{study}/{variable}/{field or ''}/{unit}")),
                " · ".join(filter(None, (variable, field, unit))),
                text,
                kind=OPEN_ANSWER,
                unit=str(unit),
                side=side,
                fields=(field,) if field else (),
                language=language,
                consent=consent,
                attributes=about,
                invented=invented,
            )
        )
    if not sources:
        raise SamspillError(
            Message("Nobody has answered “{variable}” in words.", variable=variable),
            "Give the name of an open question of the study.",
        )
    return tuple(sources)


def _refuse_missing(answers: pl.DataFrame, units: pl.DataFrame, wanted: list[str]) -> None:
    needed = ((answers, ["unit", "field", "variable", "value"]), (units, ["unit", *wanted]))
    for frame, columns in needed:
        for column in columns:
            if column not in frame.columns:
                raise SamspillError(
                    Message("There is no column “{column}”.", column=column),
                    "Give the answers and the units as a study's tables have them.",
                )


def _attributes(unit: Mapping[str, object], wanted: list[str]) -> dict[str, Value]:
    return {
        name: value if isinstance(value, str | int | float | bool) else str(value)
        for name in wanted
        if (value := unit.get(name)) is not None and value != ""
    }
