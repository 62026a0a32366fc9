"""Code by attribute: codings, sources, shares, characters; each cell with its passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.choice import (
    UNKNOWN_CODE,
    Sources,
    code_places,
    coder_mask,
    memberships,
    source_mask,
)
from samspill.qualitative.queries.columns import Columns, dimension_names, lay_columns
from samspill.qualitative.queries.passages import passages
from samspill.qualitative.queries.spans import Ints, Spans, spread, union
from samspill.statistics.intervals import require_level, wilson
from samspill.statistics.results import Result, html_table, text_table

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

Measure = Literal["codings", "sources", "share_of_sources", "characters"]
NO_BASE = "no sources"
CELL, ROW, COLUMN, ALL = "cell", "row", "column", "all"
DENSE = 20_000_000
"""Above so many code × case pairs the counts are held sparse."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Matrix(Result):
    """A code × attribute table.

    ``frame`` has one row a cell: ``code`` (identity, null for codes that the project does not
    know), ``name``, the columns of the dimensions (null where not known), ``codings``, ``sources``
    (distinct ones with such a coding), ``n`` (sources of the column, coded or not), ``share``
    (sources / n), ``low``, ``high`` (Wilson; null where n is 0), ``characters`` (covered by such
    codings, each counted once; null unless ``measure`` asks for it) and ``note`` (why there is no
    share, otherwise empty).

    ``totals`` has the same columns and ``of``: ``row`` (a code in all columns together), ``column``
    (all rows together) and ``all``. A source in two columns counts once in its row's total, so
    that totals are not sums.
    """

    tables: Tables
    totals: pl.DataFrame
    dimensions: tuple[str, ...]
    measure: Measure
    with_descendants: bool
    level: float
    cells: _Cells

    @property
    def heading(self) -> str:
        across = " × ".join(("code", *self.dimensions))
        return f"{across}: {self.measure.replace('_', ' ')}"

    @property
    def value(self) -> str:
        """The column of ``frame`` that ``measure`` names."""
        return "share" if self.measure == "share_of_sources" else self.measure

    def wide(self) -> pl.DataFrame:
        """One row a code, one column a value (crossed values joined by `` · ``), ``total`` last."""
        label = pl.concat_str(
            [pl.col(name).fill_null("(not known)") for name in self.dimensions] or [pl.lit("all")],
            separator=" · ",
        )
        rows = self.frame.select(pl.col("code", "name"), label.alias("column"), self.value)
        wide = rows.pivot("column", index=["code", "name"], values=self.value)
        totals = self.totals.filter(pl.col("of") == ROW)[self.value].alias("total")
        return wide.drop("code").with_columns(totals) if self.dimensions else wide.drop("code")

    def cell(self, row: str, *values: str | None) -> Cell:
        """The cell of a code (identity, concept or name) and a value for each dimension."""
        if len(values) != len(self.dimensions):
            raise SamspillError(
                Message(
                    "A cell of this matrix has {n} values beside its code.", n=len(self.dimensions)
                ),
                Message(
                    "Give one for each of: {known}.",
                    known=", ".join(self.dimensions) or "no attribute",
                ),
            )
        code = None if row == UNKNOWN_CODE else self._identity(row)
        here = pl.col("code").eq_missing(pl.lit(code, pl.String))
        for name, value in zip(self.dimensions, values, strict=True):
            here &= pl.col(name).eq_missing(pl.lit(value, pl.String))
        found = self.frame.with_row_index("place").filter(here)
        if found.is_empty():
            raise SamspillError(
                Message(
                    "The matrix has no cell {row} × {known}.",
                    row=row,
                    known=" × ".join(str(v) for v in values),
                ),
                "Choose a code and values that stand in its frame.",
            )
        numbers = found.row(0, named=True)
        return Cell(self, int(numbers.pop("place")), numbers)

    def _identity(self, row: str) -> str:
        return str(self.tables.codes["code"][code_places(self.tables, row)[0]])

    def __repr__(self) -> str:
        return f"{self.heading}\n{text_table(self.wide())}"

    def _repr_html_(self) -> str:
        return html_table(self.wide(), self.heading)


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell: ``numbers`` is its row of the frame; ``quotes`` what was said there."""

    matrix: Matrix
    place: int
    numbers: dict[str, Any]

    @property
    def value(self) -> int | float | None:
        found: int | float | None = self.numbers[self.matrix.value]
        return found

    def quotes(self) -> pl.DataFrame:
        """The codings of the cell with their words, in the order of the sources."""
        return passages(self.matrix.tables, self.matrix.cells.codings(self.place))


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """What stands in which cell: the kept codings of the line, and the codes of each row."""

    tables: Tables
    columns: Columns
    kept: Ints
    row: Ints
    code: Ints

    def codings(self, place: int) -> Ints:
        row, column = divmod(place, self.columns.width)
        line = self.tables.line
        here = self.kept[np.isin(line.code[self.kept], self.code[self.row == row])]
        cases = self.columns.case[self.columns.column == column]
        found: Ints = line.coding[here[np.isin(self.columns.case_of(here, line), cases)]]
        return found


def matrix(
    tables: Tables,
    rows: str | Sequence[str] = "code",
    columns: str | Sequence[str] = "field",
    *,
    measure: Measure = "codings",
    coders: Sequence[str] | str | None = None,
    with_descendants: bool = True,
    sources: Sources = None,
    level: float = 0.95,
) -> Matrix:
    """Count codings by code and by what is known of their sources.

    ``rows`` are codes (identity, concept or name), or ``"code"`` for all, in the tree's order;
    ``columns`` an attribute of the sources (``field``, ``side``, ``unit``, ``coder`` …), several to
    cross, or none. A coding counts for its code and, ``with_descendants``, for each code above it.
    A source with several fields stands in the column of each. ``coders`` keeps to theirs;
    ``sources`` to some (identities, or a condition on ``tables.sources``).

    Raises SamspillError for an unknown code, attribute, measure, source or coder.
    """
    if measure not in get_args(Measure):
        raise SamspillError(
            Message("There is no measure called “{measure}”.", measure=measure),
            Message("Choose one of {known}.", known=", ".join(get_args(Measure))),
        )
    require_level(level)
    chosen = source_mask(tables, sources)
    laid = lay_columns(tables, chosen, dimension_names(tables, columns))
    line = tables.line
    kept = np.flatnonzero(chosen[line.source] & coder_mask(tables, coders))
    places = _row_places(tables, rows, line.code[kept])
    cells = _members(tables, laid, kept, places, with_descendants=with_descendants)
    counted = _counted(cells, len(places), laid, measure == "characters")
    names = [*tables.codes["name"], UNKNOWN_CODE]
    identities = [*tables.codes["code"], None]
    heads = pl.DataFrame(
        {"code": [identities[p] for p in places], "name": [names[p] for p in places]},
        schema={"code": pl.String, "name": pl.String},
    )
    frame = _finished(
        heads.join(laid.frame, how="cross") if laid.dimensions else heads, counted.cells, level
    )
    totals = _totals(heads, laid, counted, level)
    return Matrix(frame, tables, totals, laid.dimensions, measure, with_descendants, level, cells)


def _row_places(tables: Tables, rows: str | Sequence[str], coded: Ints) -> list[int]:
    """Rows of ``tables.codes`` in the order asked for, and a last one for codes not known."""
    if rows != "code":
        return code_places(tables, rows)
    unknown = bool(np.any(coded == tables.codes.height))
    return [*range(tables.codes.height), *([tables.codes.height] if unknown else [])]


def _members(
    tables: Tables, laid: Columns, kept: Ints, places: list[int], *, with_descendants: bool
) -> _Cells:
    """The codes that count in each row, the unknown ones in the last."""
    known = [place for place in places if place < tables.codes.height]
    row, code = memberships(tables, known, with_descendants=with_descendants)
    if len(known) < len(places):
        row, code = np.append(row, len(known)), np.append(code, tables.codes.height)
    return _Cells(tables, laid, kept, row, code)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Counts of cells, rows, columns and all, each with ``codings``, ``sources``, ``n`` and
    ``characters``."""

    cells: dict[str, Any]
    rows: dict[str, Any]
    columns: dict[str, Any]
    all: dict[str, Any]


def _counted(cells: _Cells, rows: int, laid: Columns, characters: bool) -> _Counted:
    from scipy.sparse import csr_array

    cases, width, codes = laid.source.size, laid.width, cells.tables.codes.height + 1
    placed = csr_array((np.ones(laid.case.size), (laid.case, laid.column)), shape=(cases, width))
    counting = csr_array((np.ones(cells.row.size), (cells.row, cells.code)), shape=(rows, codes))
    any_row = csr_array((counting.sum(axis=0) > 0).astype(np.float64).reshape(1, -1))
    distinct, numbered = np.unique(laid.source, return_inverse=True)
    merged = csr_array((np.ones(cases), (np.arange(cases), numbered)), shape=(cases, distinct.size))
    per_code = _coded(cells, laid, codes)
    per_row, together = counting @ per_code, any_row @ per_code
    base = _whole(placed.sum(axis=0))
    covered = _characters(cells, rows, placed) if characters else {}

    def numbers(part: str, codings: Any, sources: Any, n: Ints) -> dict[str, Any]:
        whole = {"codings": _whole(codings), "sources": _whole(sources), "n": n}
        return {**whole, "characters": covered.get(part)}

    every = np.array([distinct.size])
    return _Counted(
        numbers(CELL, per_row @ placed, _present(per_row) @ placed, np.tile(base, rows)),
        numbers(
            ROW, per_row.sum(axis=1), _present(per_row @ merged).sum(axis=1), np.repeat(every, rows)
        ),
        numbers(COLUMN, together @ placed, _present(together) @ placed, base),
        numbers(ALL, together.sum(axis=1), _present(together @ merged).sum(axis=1), every),
    )


def _coded(cells: _Cells, laid: Columns, codes: int) -> Any:
    """How many codings each code has in each case."""
    from scipy.sparse import csr_array

    line, cases = cells.tables.line, laid.source.size
    code, case = line.code[cells.kept], laid.case_of(cells.kept, line)
    if codes * cases > DENSE:
        return csr_array((np.ones(code.size), (code, case)), shape=(codes, cases))
    counts = np.bincount(code * cases + case, minlength=codes * cases)
    return csr_array(counts.reshape(codes, cases).astype(np.float64))


def _present(counts: Any) -> Any:
    found = counts.copy()
    found.data = np.ones_like(found.data)
    return found


def _whole(values: Any) -> Ints:
    dense = values.toarray() if hasattr(values, "toarray") else np.asarray(values)
    whole: Ints = np.rint(dense).astype(np.int64).ravel()
    return whole


def _characters(cells: _Cells, rows: int, placed: Any) -> dict[str, Ints]:
    """Characters covered, none counted twice, in cells, rows, columns and all.

    Under a coder only what that coder covered counts; in the totals over coders a character that
    several of them covered counts once.
    """
    from scipy.sparse import csr_array

    line, laid = cells.tables.line, cells.columns
    counting = Spans(line.code[cells.kept], line.start[cells.kept], line.end[cells.kept])
    case = laid.case_of(cells.kept, line)

    def by_code(coder: Ints, coders: int) -> Spans:
        return union(Spans(counting.group * coders + coder, *counting[1:]), line.length)

    def by_case(spans: Spans, coders: int, row: Ints, code: Ints, height: int) -> Any:
        """Characters in each row and case, of spans grouped by code and coder."""
        covered = union(spread(spans, row, code, coders), line.length)
        sources = np.searchsorted(line.offsets, covered.start, side="right") - 1
        cases = laid.find(sources, covered.group % coders)
        shape = (height, laid.source.size)
        return csr_array((covered.lengths, (covered.group // coders, cases)), shape=shape)

    codes = np.unique(cells.code)
    nothing = np.zeros_like(codes)
    if not laid.by_coder:
        spans = by_code(np.zeros_like(case), 1)
        cell = by_case(spans, 1, cells.row, cells.code, rows)
        column = by_case(spans, 1, nothing, codes, 1)
        row, every = _whole(cell.sum(axis=1)), _whole(column.sum(axis=1))
    else:
        coders = len(line.coders)
        spans = by_code(line.coder[cells.kept], coders)
        cell = by_case(spans, coders, cells.row, cells.code, rows)
        column = by_case(spans, coders, nothing, codes, 1)
        anyone = by_code(np.zeros_like(case), 1)
        row = _sums(union(spread(anyone, cells.row, cells.code), line.length), rows)
        every = _sums(union(spread(anyone, nothing, codes), line.length), 1)
    return {CELL: _whole(cell @ placed), COLUMN: _whole(column @ placed), ROW: row, ALL: every}


def _sums(spans: Spans, groups: int) -> Ints:
    return np.bincount(spans.group, weights=spans.lengths, minlength=groups).astype(np.int64)


def _finished(heads: pl.DataFrame, counted: dict[str, Any], level: float) -> pl.DataFrame:
    n = counted["n"]
    asked = n > 0
    share = np.divide(counted["sources"], n, out=np.full(n.size, np.nan), where=asked)
    low, high = np.full(n.size, np.nan), np.full(n.size, np.nan)
    low[asked], high[asked] = wilson(share[asked], 1 / n[asked], level)
    characters: NDArray[np.int64] | None = counted["characters"]
    return heads.with_columns(
        pl.Series("codings", counted["codings"], pl.Int64),
        pl.Series("sources", counted["sources"], pl.Int64),
        pl.Series("n", n, pl.Int64),
        pl.Series("share", share).fill_nan(None),
        pl.Series("low", low).fill_nan(None),
        pl.Series("high", high).fill_nan(None),
        pl.lit(None, pl.Int64).alias("characters")
        if characters is None
        else pl.Series("characters", characters, pl.Int64),
        pl.Series("note", np.where(asked, "", NO_BASE).tolist(), pl.String),
    )


def _totals(heads: pl.DataFrame, laid: Columns, counted: _Counted, level: float) -> pl.DataFrame:
    unknown = [pl.lit(None, pl.String).alias(name) for name in laid.dimensions]
    nobody = pl.DataFrame({"code": [None], "name": [None]}, schema=heads.schema)
    rows = _finished(heads.with_columns(unknown), counted.rows, level)
    across = laid.frame if laid.dimensions else pl.DataFrame({"x": [0]})
    columns = nobody.join(across, how="cross").select("code", "name", *laid.dimensions)
    parts = (
        (ROW, rows),
        (COLUMN, _finished(columns, counted.columns, level)),
        (ALL, _finished(nobody.with_columns(unknown), counted.all, level)),
    )
    return pl.concat([part.select(pl.lit(of).alias("of"), pl.all()) for of, part in parts])
