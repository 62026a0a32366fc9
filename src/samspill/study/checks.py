"""What must hold between the tables of a study.

Every check takes tables of text, as they stand in the files, and gives the faults with their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from samspill.errors import Message, Problem
from samspill.study.cells import is_number, rows_where
from samspill.study.package import DESCRIPTOR, Facts
from samspill.study.schema import INTEGER, TABLES
from samspill.study.values import Instrument, value_faults
from samspill.study.weighting import declared_faults
from samspill.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Content:
    """A study as text: its facts, its tables, and the file that each table stands in."""

    facts: Facts
    tables: Mapping[str, pl.DataFrame]
    files: Mapping[str, str]
    vocabulary: Vocabulary

    def problem(
        self, table: str, row: int | None, column: str | None, message: str, step: str
    ) -> Problem:
        return Problem(self.files[table], row, column, message, step)

    @property
    def instrument(self) -> Instrument:
        return Instrument.of(self.tables["variables"], self.tables["categories"])

    @property
    def attributes(self) -> list[str]:
        return [name for name in self.tables["units"].columns if name != "unit"]


def check_content(content: Content) -> list[Problem]:
    """All faults between tables whose columns and cells are sound."""
    checks: tuple[Callable[[Content], Iterator[Problem]], ...] = (
        _keys,
        _references,
        _frame,
        _weighting,
        _instrument,
        _attributes,
        _levels,
        _answers,
        _indicators,
        _printed,
        _provenance,
    )
    return [problem for check in checks for problem in check(content)]


def _keys(content: Content) -> Iterator[Problem]:
    for name, frame in content.tables.items():
        key = TABLES[name].key
        first = frame.select(repeated=pl.struct(key).is_duplicated())["repeated"]
        for row in rows_where(
            first & ~frame.select(pl.struct(key).is_first_distinct()).to_series()
        ):
            values = ", ".join(frame.row(row - 1, named=True)[column] or "–" for column in key)
            message = Message(
                "The row repeats an earlier one with the same {columns}: {values}.",
                columns=", ".join(key),
                values=values,
            )
            yield content.problem(name, row, key[-1], message, "Keep one of them.")


def _references(content: Content) -> Iterator[Problem]:
    for name in content.tables:
        for column, target in TABLES[name].foreign_keys:
            known = content.tables[target][column]
            yield from _unknown(content, name, column, known, content.files[target])


def _unknown(
    content: Content, table: str, column: str, known: Iterable[str], where: str
) -> Iterator[Problem]:
    cells = content.tables[table][column]
    for row in rows_where((cells != "") & ~cells.is_in(list(known))):
        message = Message(
            "There is no {column} “{value}” in {where}.",
            column=column,
            value=cells[row - 1],
            where=where,
        )
        yield content.problem(table, row, column, message, "Correct the name, or add it there.")


def _frame(content: Content) -> Iterator[Problem]:
    units, facts = content.tables["units"], content.facts
    if units.height > facts.population_size:
        message = Message(
            "There are {n} units and a population_size of {size}.",
            n=units.height,
            size=facts.population_size,
        )
        step = Message("Correct population_size in {file}.", file=DESCRIPTOR)
        yield content.problem("units", None, None, message, step)
    if facts.response_attribute and facts.response_attribute not in content.attributes:
        message = Message("The units have no attribute “{name}”.", name=facts.response_attribute)
        column = "samspill.response_attribute"
        yield Problem(
            DESCRIPTOR, None, column, message, "Name a column of units, or leave it empty."
        )


def _weighting(content: Content) -> Iterator[Problem]:
    declared = content.facts.weighting
    if declared is not None:
        yield from declared_faults(declared, content.attributes)


def _instrument(content: Content) -> Iterator[Problem]:
    instrument = content.instrument
    for row, (variable, kind) in enumerate(instrument.types.items(), start=1):
        if kind in {"ordinal", "nominal"} and not instrument.categories.get(variable):
            message: str = Message(
                "The {kind} variable “{variable}” has no categories.", kind=kind, variable=variable
            )
            step: str = Message(
                "List them in {file}, or choose another type.", file=content.files["categories"]
            )
            yield content.problem("variables", row, "type", message, step)
    categories = content.tables["categories"]
    for variable, kind in instrument.types.items():
        rows = categories["variable"] == variable
        for row, message, step in value_faults(kind, categories["value"], rows, coded=False):
            if not (kind == "binary" and categories["missing"][row - 1] == "true"):
                yield content.problem("categories", row, "value", message, step)


def _attributes(content: Content) -> Iterator[Problem]:
    instrument, units = content.instrument, content.tables["units"]
    for name in content.attributes:
        kind = instrument.types.get(name)
        if kind is None or kind == "number":
            continue
        told = units[name] != ""
        if kind == "count":
            told &= is_number(units[name], INTEGER)
        faults = value_faults(kind, units[name], told, instrument.categories.get(name, ()))
        for row, message, step in faults:
            yield content.problem("units", row, name, message, step)
        if name in instrument.per_field:
            row = list(instrument.types).index(name) + 1
            message = Message(
                "“{name}” is an attribute of the units and cannot be asked per field.", name=name
            )
            step = "Write false, or rename the attribute."
            yield content.problem("variables", row, "per_field", message, step)


def _levels(content: Content) -> Iterator[Problem]:
    yield from _unknown(
        content, "answers", "field", content.vocabulary.fields, "the vocabulary's fields"
    )
    answers, instrument = content.tables["answers"], content.instrument
    known = answers["variable"].is_in(list(instrument.types))
    per_field = answers["variable"].is_in(list(instrument.per_field))
    for row in rows_where(known & per_field & (answers["field"] == "")):
        message = Message(
            "“{variable}” is asked per field, and no field is given.",
            variable=answers["variable"][row - 1],
        )
        step = "Give the field, or set per_field to false."
        yield content.problem("answers", row, "field", message, step)
    for row in rows_where(known & ~per_field & (answers["field"] != "")):
        message = Message(
            "“{variable}” is asked of the whole unit, and a field is given.",
            variable=answers["variable"][row - 1],
        )
        step = "Leave the field empty, or set per_field to true."
        yield content.problem("answers", row, "field", message, step)


def _answers(content: Content) -> Iterator[Problem]:
    answers, instrument = content.tables["answers"], content.instrument
    for (variable,), rows in answers.with_row_index("row", offset=1).group_by(
        "variable", maintain_order=True
    ):
        kind = instrument.types.get(str(variable))
        if kind is None:
            continue
        categories = instrument.categories.get(str(variable), ())
        everywhere = pl.repeat(True, rows.height, eager=True)
        for position, message, step in value_faults(kind, rows["value"], everywhere, categories):
            row = int(rows["row"][position - 1])
            yield content.problem("answers", row, "value", message, step)


def _indicators(content: Content) -> Iterator[Problem]:
    instrument = content.instrument
    for row, line in enumerate(content.tables["indicators"].to_dicts(), start=1):

        def problem(column: str, message: str, step: str, row: int = row) -> Problem:
            return content.problem("indicators", row, column, message, step)

        names = split(line["variables"])
        if not names:
            yield problem("variables", "No variable is named.", "Name those that it reads.")
        for name in names:
            if name not in instrument.types:
                message = Message(
                    "There is no variable “{name}” in {file}.",
                    name=name,
                    file=content.files["variables"],
                )
                yield problem("variables", message, "Correct the name, or add the variable.")
        if line["rule"] in {"variable", "any_of", "top_category"} and len(names) > 1:
            message = Message(
                "The rule {rule} reads one variable, and {n} are named.",
                rule=line["rule"],
                n=len(names),
            )
            yield problem("variables", message, "Name one, or use union or count.")
        if line["rule"] == "any_of":
            yield from _looked_for(line, names, instrument, problem)
        elif line["value"]:
            message = Message("The rule {rule} looks for no value.", rule=line["rule"])
            yield problem("value", message, "Leave the cell empty, or use any_of.")
        if line["rule"] == "top_category" and names and not instrument.categories.get(names[0]):
            message = Message(
                "“{variable}” has no categories, so there is no top one.", variable=names[0]
            )
            yield problem("rule", message, "List its categories, or use another rule.")


def _looked_for(
    line: Mapping[str, str],
    names: tuple[str, ...],
    instrument: Instrument,
    problem: Callable[[str, str, str], Problem],
) -> Iterator[Problem]:
    values = split(line["value"])
    if not values:
        yield problem(
            "value", "No value is given to look for.", "Give one or more, with ; between."
        )
    categories = instrument.categories.get(names[0], ()) if names else ()
    for value in values:
        if categories and value not in categories:
            message = Message(
                "“{value}” is no category of “{variable}”.", value=value, variable=names[0]
            )
            yield problem(
                "value", message, Message("Use one of: {names}.", names=", ".join(categories))
            )


def _printed(content: Content) -> Iterator[Problem]:
    fields = content.vocabulary.fields
    yield from _unknown(content, "printed", "field", fields, "the vocabulary's fields")
    yield from _splits(content, "printed")
    printed, instrument = content.tables["printed"], content.instrument
    counted = {*content.tables["indicators"]["indicator"], *instrument.types, *content.attributes}
    cases = content.tables.get("cases", pl.DataFrame({"case": []}, schema={"case": pl.String}))
    for row, line in enumerate(printed.to_dicts(), start=1):
        names = split(line["indicator"])
        if not line["printed"] and line["statistic"] != "mark":
            message, step = "The printed number is missing.", "Copy it as it stands in print."
            yield content.problem("printed", row, "printed", message, step)
        if line["basis"] == "survey":
            for name in names:
                if name not in counted:
                    message = Message("There is no indicator or variable “{name}”.", name=name)
                    step = "Correct the name, add the indicator, or choose the basis outside."
                    yield content.problem("printed", row, "indicator", message, step)
            groups = instrument.categories.get(line["split"], ())
            if line["group"] and not line["split"]:
                message, step = "A group is given and no split.", "Name the attribute in split."
                yield content.problem("printed", row, "group", message, step)
            elif line["group"] and groups and line["group"] not in groups:
                message = Message(
                    "“{group}” is no category of “{split}”.",
                    group=line["group"],
                    split=line["split"],
                )
                step = Message("Use one of: {names}.", names=", ".join(groups))
                yield content.problem("printed", row, "group", message, step)
        elif line["basis"] == "cases" and line["statistic"] == "value":
            for column, known in (("group", cases["case"]), ("indicator", cases.columns)):
                if line[column] not in known:
                    message = Message(
                        "There is no “{name}” in the table of cases.", name=line[column]
                    )
                    step = "Correct the name, or add it to cases.csv."
                    yield content.problem("printed", row, column, message, step)


def _provenance(content: Content) -> Iterator[Problem]:
    fields = content.vocabulary.fields
    yield from _unknown(content, "provenance", "field", fields, "the vocabulary's fields")
    yield from _splits(content, "provenance")
    indicators = content.tables["indicators"]["indicator"]
    known = {*indicators, *content.instrument.types, *content.attributes}
    yield from _unknown(content, "provenance", "name", known, "the variables or indicators")


def _splits(content: Content, table: str) -> Iterator[Problem]:
    yield from _unknown(content, table, "split", content.attributes, "the attributes of the units")


def split(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, with ``;`` between."""
    return tuple(part.strip() for part in text.split(";") if part.strip())
