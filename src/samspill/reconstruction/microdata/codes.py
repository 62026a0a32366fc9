"""Which codes an ordinal variable can have had, where print does not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from samspill.errors import SamspillError
from samspill.reconstruction.microdata.ordinal import OrdinalSolver
from samspill.reconstruction.microdata.problem import Problem
from samspill.reconstruction.microdata.specification import Specification

BASES = ("answers", "units")


def possible_codes(
    printed: pl.DataFrame,
    specification: Specification,
    variable: str,
    candidates: Iterable[tuple[int, ...]],
) -> pl.DataFrame:
    """Whether the printed numbers of an ordinal variable can hold under each set of codes.

    One row per candidate, base of the highest code's share (``answers``: of those who answered,
    ``units``: of all units) and field: ``first``, ``last`` (codes), ``categories``,
    ``top_share_of``, ``field``, ``possible``. Each field is judged alone.
    """
    known = [ordinal for ordinal in specification.ordinal if ordinal.name == variable]
    if not known:
        names = ", ".join(ordinal.name for ordinal in specification.ordinal)
        raise SamspillError(f"There is no ordinal variable '{variable}'.", f"There is: {names}.")
    rows = []
    for codes in candidates:
        for base in BASES:
            own = replace(known[0], codes=codes, top_share_of=base)
            trial = replace(specification, ordinal=(own,))
            for table in Problem.of(printed, trial).tables:
                every = {statement.identifier for statement in table.statements}
                possible = OrdinalSolver(table, every, trial).possible()
                rows.append((codes[0], codes[-1], len(codes), base, table.field, possible))
    schema = ["first", "last", "categories", "top_share_of", "field", "possible"]
    return pl.DataFrame(rows, schema=schema, orient="row")
