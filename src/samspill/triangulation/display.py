"""The joint display: for each theme and field what every source says, and how they stand together.

After Guetterman, Fetters & Creswell (2015, Annals of Family Medicine 13:554–561) and Farmer et al.
(2006, Qualitative Health Research 16:377–394).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.statistics.intervals import require_level
from samspill.statistics.results import Result
from samspill.triangulation.counts import ENTRIES, Counts
from samspill.triangulation.intervals import share_limits
from samspill.triangulation.memo import (
    CLOSE,
    OVERRULE,
    REOPEN,
    WITHDRAW,
    Decision,
    Memo,
    Memos,
    Statement,
)
from samspill.triangulation.position import (
    NOT_ASKED,
    NOT_BROUGHT,
    NOT_MEASURED,
    SILENT,
    SPEAKS,
    UNCLEAR,
    WITHHELD,
    Measure,
    Pair,
    Position,
    State,
    fingerprint,
    judged,
    ordered,
)
from samspill.triangulation.rules import (
    CONTRADICTORY,
    STATES,
    Assessment,
    Relation,
    assessment,
    margin,
    relations,
)
from samspill.triangulation.themes import COLUMNS, INTERVIEWS, SPOKEN, Theme, themes

OPEN, CLOSED, REOPENED, NOTHING = "open", "closed", "reopened", ""

CELLS = {
    "theme": pl.String,
    "field": pl.String,
    "column": pl.String,
    "state": pl.String,
    "item": pl.String,
    "verdict": pl.String,
    "count": pl.Int64,
    "contrary": pl.Int64,
    "n": pl.Int64,
    "share": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "rank_low": pl.Int64,
    "rank_high": pl.Int64,
    "base": pl.String,
    "provenance": pl.String,
    "where": pl.String,
    "stated": pl.Boolean,
    "note": pl.String,
}
ASSESSMENTS = {
    "theme": pl.String,
    "field": pl.String,
    "assessment": pl.String,
    "holds": pl.String,
    "standing": pl.String,
    "on": pl.String,
    "margin": pl.Int64,
    "speaking": pl.Int64,
    "silent": pl.String,
    "overruled_by": pl.String,
    "reasons": pl.Int64,
    "fingerprint": pl.String,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A theme in a field: what each source says, and what follows.

    ``assessment`` is what the rules give, ``margin`` how many answers it hangs on (None where it
    rests on stated positions). ``overruled`` is a person's decision that holds for what is said
    now; ``lapsed`` one that was made of something else.
    """

    theme: Theme
    field: str
    positions: tuple[Position, ...]
    relations: tuple[Relation, ...]
    assessment: Assessment
    margin: int | None
    fingerprint: str
    memo: Memo
    overruled: Decision | None
    lapsed: Decision | None

    @property
    def holds(self) -> str:
        """The assessment that stands: a person's where there is one, else that of the rules."""
        return self.overruled.value if self.overruled else self.assessment

    @property
    def standing(self) -> str:
        """Of a contradiction: ``open``, ``closed`` by a person for what is said now, or
        ``reopened`` because what is said has changed since it was closed. Empty of all else."""
        if self.holds != CONTRADICTORY:
            return NOTHING
        last = self.memo.latest(CLOSE, REOPEN)
        if last is None or last.kind == REOPEN:
            return OPEN
        return CLOSED if last.fingerprint == self.fingerprint else REOPENED

    @property
    def unsettled(self) -> bool:
        """Whether it is a contradiction that nobody has closed for what is said now."""
        return self.standing in (OPEN, REOPENED)

    @property
    def silent(self) -> tuple[Position, ...]:
        """The sources that do not speak, each with why."""
        return tuple(position for position in self.positions if not position.speaks)

    def position(self, column: str) -> Position | None:
        return next((p for p in self.positions if p.column == column), None)

    @property
    def resting(self) -> tuple[Relation, ...]:
        """The relations that the assessment rests on."""
        return tuple(r for r in self.relations if r.state == self.assessment)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class JointDisplay(Result):
    """What the sources say, side by side.

    ``frame``, a row for each theme, field, source and item: ``theme``, ``field``, ``column``,
    ``state`` (``speaks``, ``unclear``: too little to tell, ``silent``: asked and says nothing,
    ``not asked``, ``not measured``, ``not brought``, ``withheld``: not shown), ``item`` (null
    where it has none), ``verdict`` (of presence), ``count``, ``contrary``, ``n``, ``share`` with
    ``low`` and ``high`` (Wilson), ``rank_low`` and ``rank_high`` (of an ordering, 1 the most),
    ``base``, ``provenance``, ``where``, ``stated`` (written down, not counted) and ``note``.

    ``rows`` are the comparisons, the open contradictions first; ``assessments`` has one row each.
    """

    rows: tuple[Row, ...]
    level: float

    @property
    def heading(self) -> str:
        return f"{len(self.rows)} comparisons, {len(self.open)} open contradictions"

    @property
    def open(self) -> tuple[Row, ...]:
        """The contradictions that nobody has closed for what is said now."""
        return tuple(row for row in self.rows if row.unsettled)

    def row(self, theme: str, field: str = "") -> Row:
        """Raises SamspillError where there is no such comparison."""
        for row in self.rows:
            if (row.theme.identifier, row.field) == (theme, field):
                return row
        raise SamspillError(
            Message("“{theme}” is not compared in “{field}”.", theme=theme, field=field),
            "Choose a theme and a field of the display.",
        )

    @property
    def assessments(self) -> pl.DataFrame:
        """``theme``, ``field``, ``assessment`` (of the rules), ``holds`` (a person's where there is
        one), ``standing``, ``on`` (items, or pairs of them), ``margin``, ``speaking``, ``silent``
        (sources with why), ``overruled_by``, ``reasons`` and ``fingerprint``."""
        return pl.DataFrame([_summed(row) for row in self.rows], schema=ASSESSMENTS)

    def count(self) -> dict[str, int]:
        """How many comparisons hold each state."""
        return {state: sum(row.holds == state for row in self.rows) for state in STATES}


def lay_beside(
    counts: Counts,
    memos: Memos | None = None,
    *,
    chosen: Sequence[Theme] | None = None,
    fields: Sequence[str] | None = None,
    level: float = 0.95,
) -> JointDisplay:
    """Lay what the sources say side by side, theme by theme and field by field.

    A written statement of a source stands where that source counts nothing on the theme; one
    without a field stands in every field. ``level`` is that of all intervals, and of all pairs of
    items of an ordering together.

    Raises SamspillError for a level outside 0 to 1.
    """
    require_level(level)
    written = memos or Memos()
    builder = _Builder(counts, written, level)
    rows = [
        builder.row(theme, field)
        for theme in (chosen or themes())
        for field in theme.fields()
        if fields is None or not field or field in fields
    ]
    place = {OPEN: 0, REOPENED: 0, CLOSED: 1, NOTHING: 2}
    rows.sort(key=lambda row: (place[row.standing], STATES.index(row.holds)))
    frame = pl.DataFrame([cell for row in rows for cell in _cells(row)], schema=CELLS)
    return JointDisplay(frame, tuple(rows), level)


class _Builder:
    def __init__(self, counts: Counts, memos: Memos, level: float) -> None:
        self.memos, self.level, self.present = memos, level, counts.present
        self.counts: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for row in counts.frame.iter_rows(named=True):
            self.counts.setdefault((row["column"], row["theme"], row["field"]), []).append(row)
        self.both: dict[tuple[str, str, str], dict[Pair, int]] = {}
        for row in counts.pairs.iter_rows(named=True):
            key = (row["column"], row["theme"], row["field"])
            self.both.setdefault(key, {})[row["one"], row["other"]] = row["both"]

    def row(self, theme: Theme, field: str) -> Row:
        positions = self._positions(theme, field)
        found = relations(theme, positions)
        state = assessment(found)
        mark = fingerprint(positions)
        memo = self.memos.of(theme.identifier, field)
        ruling = memo.latest(OVERRULE, WITHDRAW)
        overruled = ruling if ruling and ruling.kind == OVERRULE else None
        holding = overruled if overruled and overruled.fingerprint == mark else None
        return Row(
            theme, field, positions, found, state, margin(found, state), mark, memo, holding,
            None if holding else overruled,
        )  # fmt: skip

    def _positions(self, theme: Theme, field: str) -> tuple[Position, ...]:
        own = {s.column: s for s in self._statements(theme, field)}
        found = [self._position(theme, field, column, own) for column in COLUMNS]
        if INTERVIEWS in own and not any(p.speaks for p in found if p.column in SPOKEN):
            together = _stated(own[INTERVIEWS], field)
            found = [together, *(p for p in found if p.column not in SPOKEN)]
        return tuple(found)

    def _statements(self, theme: Theme, field: str) -> Iterator[Statement]:
        """Those about all fields first, so that one about this field takes its place."""
        for place in dict.fromkeys(("", field)):
            for said in self.memos.statements:
                if (said.theme, said.field) == (theme.identifier, place):
                    yield said

    def _position(
        self, theme: Theme, field: str, column: str, own: dict[str, Statement]
    ) -> Position:
        rows = self.counts.get((column, theme.identifier, field), [])
        if not rows and column in own:
            return _stated(own[column], field)
        if not rows:
            return Position(column, NOT_MEASURED if column in self.present else NOT_BROUGHT)
        place = {item.identifier: number for number, item in enumerate(theme.items)}
        rows = sorted((r for r in rows if r["item"] in place), key=lambda r: place[r["item"]])
        return self._counted(theme, field, column, rows)

    def _counted(
        self, theme: Theme, field: str, column: str, rows: Sequence[dict[str, Any]]
    ) -> Position:
        hidden = [row for row in rows if row["note"] == WITHHELD]
        if len(hidden) == len(rows):
            return Position(column, WITHHELD, base=rows[0]["base"])
        rows = [row for row in rows if row["note"] != WITHHELD]
        measures = tuple(self._measure(row) for row in rows)
        both = self.both.get((column, theme.identifier, field), {})
        order: frozenset[Pair] = frozenset()
        verdicts: dict[str, str] = {}
        if theme.kind == "order":
            order, tips = ordered(measures, both, self.level)
            said = any(m.count for m in measures)
        else:
            verdicts, tips = judged(measures, self.level)
            said = bool(verdicts)
        state: State
        if not any(m.n for m in measures):
            state = NOT_ASKED
        elif not said:
            state = SILENT
        else:
            state = SPEAKS if order or verdicts else UNCLEAR
        return Position(
            column,
            state,
            measures,
            order,
            verdicts,
            tips,
            base=rows[0]["base"],
            single=rows[0]["base"] == ENTRIES,
            provenance="; ".join(dict.fromkeys(r["provenance"] for r in rows if r["provenance"])),
            where=";".join(dict.fromkeys(w for r in rows for w in r["where"].split(";") if w)),
            note=" ".join(dict.fromkeys(r["note"] for r in rows if r["note"])),
        )

    def _measure(self, row: dict[str, Any]) -> Measure:
        count, contrary, n = row["count"], row["contrary"], row["n"]
        if not n:
            return Measure(row["item"], count, contrary, n)
        low, high = share_limits(count, n, self.level)
        return Measure(row["item"], count, contrary, n, count / n, low, high)


def _stated(said: Statement, field: str) -> Position:
    return Position(
        said.column,
        SPEAKS,
        order=said.order,
        verdicts=said.verdicts,
        provenance="stated",
        where=said.source,
        stated=True,
        elsewhere=said.field != field,
    )


def _cells(row: Row) -> Iterator[dict[str, Any]]:
    items = [item.identifier for item in row.theme.items]
    for position in row.positions:
        base = {
            "theme": row.theme.identifier,
            "field": row.field,
            "column": position.column,
            "state": position.state,
            "base": position.base,
            "provenance": position.provenance,
            "where": position.where,
            "stated": position.stated,
            "note": position.note,
        }
        measured = {measure.item: measure for measure in position.measures}
        told = set(measured) | set(position.verdicts) | {i for pair in position.order for i in pair}
        ranks = position.ranks(items) if position.order else {}
        if not told:
            yield base
        for name in (item for item in items if item in told):
            cell = {**base, "item": name, "verdict": position.verdicts.get(name)}
            if name in ranks:
                cell |= {"rank_low": ranks[name][0], "rank_high": ranks[name][1]}
            if name in measured:
                m = measured[name]
                cell |= {
                    "count": m.count, "contrary": m.contrary, "n": m.n,
                    "share": m.share, "low": m.low, "high": m.high,
                }  # fmt: skip
            yield cell


def _summed(row: Row) -> dict[str, Any]:
    on = dict.fromkeys(key for relation in row.resting for key in relation.on)
    return {
        "theme": row.theme.identifier,
        "field": row.field,
        "assessment": row.assessment,
        "holds": row.holds,
        "standing": row.standing,
        "on": "; ".join(key if isinstance(key, str) else " > ".join(key) for key in on),
        "margin": row.margin,
        "speaking": len(row.positions) - len(row.silent),
        "silent": "; ".join(f"{p.column}: {p.state}" for p in row.silent),
        "overruled_by": row.overruled.by if row.overruled else None,
        "reasons": len(row.memo.reasons),
        "fingerprint": row.fingerprint,
    }
