"""Everything that is said of the counts, gathered from a printed table and a specification."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import polars as pl

from samspill.errors import SamspillError
from samspill.reconstruction.microdata.aggregate import (
    PartKey,
    Region,
    assumed,
    natural_bounds,
    structure,
)
from samspill.reconstruction.microdata.constraint import Bounds, CountConstraint
from samspill.reconstruction.microdata.ordinal import (
    OrdinalSolver,
    OrdinalStatement,
    OrdinalTable,
    read_ordinal,
)
from samspill.reconstruction.microdata.specification import Specification
from samspill.reconstruction.microdata.statements import Statement, StatementReader, rows_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Statements on counts, printed ones in the order of print and assumptions after them.

    ``texts`` says each in words; ``unused`` are the ids of printed numbers that say nothing of
    the variables to reconstruct.
    """

    specification: Specification
    bounds: Bounds
    structure: tuple[CountConstraint, ...]
    statements: tuple[Statement, ...]
    tables: tuple[OrdinalTable, ...]
    order: tuple[str, ...]
    texts: dict[str, str]
    unused: tuple[str, ...]
    _regressions: dict[tuple[str, frozenset[str]], list[CountConstraint]] = field(
        default_factory=dict
    )
    _decided: dict[PartKey, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, printed: pl.DataFrame, specification: Specification) -> Problem:
        """Read ``printed`` (the columns of a study's printed table)."""
        reader = StatementReader(specification)
        statements: list[Statement] = []
        regressions: dict[tuple[str, str], list[OrdinalStatement]] = {}
        order, texts, unused = [], {}, []
        rows = rows_of(printed)
        _check_readings(specification, {row["id"] for row in rows})
        for row in rows:
            found: Statement | OrdinalStatement | None = reader.statement(row)
            if isinstance(found, Statement):
                statements.append(found)
            else:
                for variable in specification.ordinal:
                    found = found or read_ordinal(row, variable, specification)
                    if isinstance(found, OrdinalStatement):
                        key = (variable.name, row["field"])
                        regressions.setdefault(key, []).append(found)
                        break
            if found is None:
                unused.append(row["id"])
            else:
                order.append(row["id"])
                texts[row["id"]] = found.text
        for assumption in specification.assumptions:
            for statement in assumed(specification, assumption):
                statements.append(statement)
                order.append(statement.identifier)
                texts[statement.identifier] = statement.text
        variables = {variable.name: variable for variable in specification.ordinal}
        tables = tuple(
            OrdinalTable(variables[name], where, tuple(own))
            for (name, where), own in regressions.items()
        )
        return cls(
            specification,
            natural_bounds(specification),
            tuple(structure(specification)),
            tuple(statements),
            tables,
            tuple(order),
            texts,
            tuple(unused),
        )

    def constraints(self, kept: Collection[str]) -> list[CountConstraint]:
        """The constraints of the statements ``kept`` and of what holds by definition."""
        found = list(self.structure)
        for statement in self.statements:
            if statement.identifier in kept:
                found += statement.constraints
        for table in self.tables:
            active = frozenset(s.identifier for s in table.statements) & frozenset(kept)
            key = (f"{table.variable.name}/{table.field}", active)
            if key not in self._regressions:
                solver = OrdinalSolver(table, active, self.specification)
                self._regressions[key] = solver.constraints()
            found += self._regressions[key]
        return found

    def feasible(self, kept: Collection[str]) -> bool:
        """Whether the statements ``kept`` can all hold."""
        return self.region(kept).feasible(self._decided)

    def region(self, kept: Collection[str]) -> Region:
        """The counts that the statements ``kept`` leave possible."""
        return Region(self.constraints(kept), self.bounds)


def _check_readings(specification: Specification, printed: Collection[str]) -> None:
    for identifier in specification.readings:
        if identifier not in printed:
            raise SamspillError(
                f"A reading is given for '{identifier}', which is not printed.",
                "Use the id of a row of the printed table.",
            )
