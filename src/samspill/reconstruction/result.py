"""What reconstruction found, as tidy frames and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import polars as pl

from samspill.reconstruction.evidence import DOUBTFUL, IMPOSSIBLE, Finding, Outcome
from samspill.reconstruction.printed_table import Printed
from samspill.reconstruction.sizes import Sizing
from samspill.reconstruction.strength import chance_row
from samspill.reconstruction.words import groups_in_words, numbered

RUNNERS_UP = 5
MOST_CHOSEN = 1000

TABLES = {
    "indicator": pl.String,
    "field": pl.String,
    "split": pl.String,
    "status": pl.String,
    "n0": pl.Int64,
    "n1": pl.Int64,
    "count0": pl.Int64,
    "count1": pl.Int64,
    "convention": pl.String,
    "solutions": pl.Int64,
    "chance": pl.Float64,
    "reason": pl.String,
}
SOLUTIONS = {
    "indicator": pl.String,
    "field": pl.String,
    "split": pl.String,
    "n0": pl.Int64,
    "n1": pl.Int64,
    "count0": pl.Int64,
    "count1": pl.Int64,
}
STATISTICS = {
    "id": pl.String,
    "part": pl.String,
    "source": pl.String,
    "indicator": pl.String,
    "field": pl.String,
    "split": pl.String,
    "group": pl.String,
    "statistic": pl.String,
    "printed": pl.String,
    "recomputed": pl.String,
    "value": pl.Float64,
    "verdict": pl.String,
    "evidence": pl.String,
    "explanation": pl.String,
}
EXPLANATIONS = {
    "indicator": pl.String,
    "field": pl.String,
    "split": pl.String,
    "rank": pl.Int64,
    "id": pl.String,
    "change": pl.String,
    "printed": pl.String,
    "read_as": pl.String,
    "solutions": pl.Int64,
    "n0": pl.Int64,
    "n1": pl.Int64,
    "count0": pl.Int64,
    "count1": pl.Int64,
    "contradicted": pl.Int64,
    "tried": pl.Int64,
    "solvable": pl.Int64,
}
GROUPS = {
    "split": pl.String,
    "observations": pl.Int64,
    "rank": pl.Int64,
    "group0": pl.String,
    "group1": pl.String,
    "n0": pl.Int64,
    "n1": pl.Int64,
    "tables": pl.Int64,
    "explained": pl.Int64,
    "convention": pl.String,
    "chosen": pl.Boolean,
}
CHANCE = {
    "split": pl.String,
    "observations": pl.Int64,
    "tables": pl.Int64,
    "explained": pl.Int64,
    "chance_of_table": pl.Float64,
    "expected_elsewhere": pl.Float64,
    "most_elsewhere": pl.Int64,
    "sizes_tried": pl.Int64,
    "sizes_chosen": pl.Int64,
    "probability": pl.Float64,
    "strength": pl.String,
}


@dataclass(frozen=True, slots=True, repr=False)
class Reconstruction:
    """The counts behind printed statistics, and the evidence for them.

    ``groups``: group sizes of each split, the chosen ones (``chosen``, at most 1,000) first, then
    five runners-up, with how many of the ``tables`` they have solutions for (``explained``).
    ``tables``: one row a 2x2 table: ``status`` (unique, one of several, impossible, not a plain
    2x2, number of units unknown), the counts where unique, the number of ``solutions``, the
    ``chance`` that a random print would have had one. ``solutions``: every listed solution.
    ``statistics``: one row a printed number or mark (``part``): ``recomputed``, ``verdict``,
    ``evidence`` (determines, confirms, contradicts), ``explanation``. ``explanations``: readings
    that would make an impossible table possible, by ``rank``; of ``tried`` readings of that kind
    ``solvable`` have a solution. ``chance``: for each split, how surprising it is that so many
    tables agree: ``probability`` bounds the chance that numbers with nothing behind them would;
    it is null, and ``strength`` unknown, where several sizes do equally well or only one was tried.
    """

    groups: pl.DataFrame
    tables: pl.DataFrame
    solutions: pl.DataFrame
    statistics: pl.DataFrame
    explanations: pl.DataFrame
    chance: pl.DataFrame

    def summary(self) -> list[str]:
        """What was found, in sentences."""
        lines = []
        for row in self.chance.to_dicts():
            own = (pl.col("split") == row["split"]) & (
                pl.col("observations") == row["observations"]
            )
            lines += groups_in_words(row, self.groups.filter(own & pl.col("chosen")).to_dicts())
        for status, number in self.tables.group_by("status").len().sort("status").rows():
            lines.append(f"{numbered(number, 'table', 'tables')}: {status}.")
        for verdict, number in self.statistics.group_by("verdict").len().sort("verdict").rows():
            what = numbered(number, "printed number or mark", "printed numbers and marks")
            lines.append(f"{what}: {verdict}.")
        doubtful = pl.col("explanation").str.starts_with(DOUBTFUL)
        wrong = self.statistics.filter((pl.col("verdict") == "disagrees") | doubtful)
        for row in wrong.to_dicts():
            mark = " (mark)" if row["part"] == "mark" else ""
            lines.append(f"{row['id']}{mark}, printed {row['printed']!r}: {row['explanation']}")
        return lines

    def __repr__(self) -> str:
        return "\n".join(["Reconstruction", *(f"  {line}" for line in self.summary())])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in self.summary())
        return (
            f"<section><h3>Reconstruction</h3><ul>{items}</ul>{self.tables._repr_html_()}</section>"
        )


def frames(
    statistics: Sequence[Printed],
    findings: Sequence[Finding],
    outcomes: Mapping[tuple[str, str, str], Outcome],
    sizings: Sequence[Sizing],
) -> Reconstruction:
    """The findings as frames."""
    texts = {row.id: row.text for row in statistics}
    split = [sizing for sizing in sizings if sizing.family.split]
    return Reconstruction(
        groups=_frame([r for s in split for r in _group_rows(s)], GROUPS),
        tables=_frame([_table_row(o) for o in outcomes.values()], TABLES),
        solutions=_frame([r for o in outcomes.values() for r in _solution_rows(o)], SOLUTIONS),
        statistics=_frame([_statistic_row(f) for f in findings], STATISTICS),
        explanations=_frame(
            [r for o in outcomes.values() for r in _explanation_rows(o, texts)], EXPLANATIONS
        ),
        chance=_frame([chance_row(s, outcomes) for s in split], CHANCE),
    )


def _frame(rows: Sequence[Mapping[str, object]], schema: Mapping[str, type]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(schema), orient="row")


def _named(outcome: Outcome) -> dict[str, object]:
    return dict(zip(("indicator", "field", "split"), outcome.table.name, strict=True))


def _counted(counts: tuple[int, int, int, int] | None) -> dict[str, object]:
    return dict(zip(("n0", "n1", "count0", "count1"), counts or (None,) * 4, strict=True))


def _table_row(outcome: Outcome) -> dict[str, object]:
    impossible = outcome.status == IMPOSSIBLE
    system = None if impossible else outcome.system
    number = 0 if impossible else system.solutions.number if system else None
    counts: dict[str, object] = _counted(None if impossible else outcome.counts)
    listed = outcome.system.solutions.listed if outcome.system else ()
    sizes = {solution[:2] for solution in listed}
    if len(sizes) == 1:
        counts["n0"], counts["n1"] = sizes.pop()
    return {
        **_named(outcome),
        "status": outcome.status,
        **counts,
        "convention": outcome.convention.value if outcome.convention else None,
        "solutions": number,
        "chance": outcome.chance,
        "reason": outcome.reason,
    }


def _solution_rows(outcome: Outcome) -> list[dict[str, object]]:
    if outcome.system is None or outcome.status == IMPOSSIBLE:
        return []
    return [{**_named(outcome), **_counted(c)} for c in outcome.system.solutions.listed]


def _statistic_row(finding: Finding) -> dict[str, object]:
    row = finding.printed
    return {
        "id": row.id,
        "part": finding.part,
        "source": row.source,
        "indicator": row.indicator,
        "field": row.field,
        "split": row.split,
        "group": row.group,
        "statistic": row.statistic,
        "printed": "*" * row.stars if finding.part == "mark" else row.text,
        "recomputed": finding.recomputed,
        "value": finding.value,
        "verdict": finding.verdict,
        "evidence": finding.evidence,
        "explanation": finding.explanation,
    }


def _explanation_rows(outcome: Outcome, texts: Mapping[str, str]) -> list[dict[str, object]]:
    rows = []
    for rank, explanation in enumerate(outcome.explanations, 1):
        solutions = explanation.system.solutions
        rows.append(
            {
                **_named(outcome),
                "rank": rank,
                "id": explanation.id,
                "change": explanation.change,
                "printed": texts.get(explanation.id, ""),
                "read_as": explanation.read_as,
                "solutions": solutions.number,
                **_counted(solutions.listed[0] if solutions.number == 1 else None),
                "contradicted": explanation.contradicted,
                "tried": explanation.tried,
                "solvable": explanation.solvable,
            }
        )
    return rows


def _group_rows(sizing: Sizing) -> list[dict[str, object]]:
    family = sizing.family
    chosen = set(sizing.chosen.tolist())
    order = np.argsort(-sizing.explained, kind="stable").tolist()
    rest = [at for at in order if at not in chosen][:RUNNERS_UP]
    first = sorted(chosen)[:MOST_CHOSEN]
    return [
        {
            "split": family.split,
            "observations": family.observations,
            "rank": rank,
            "group0": family.groups[0],
            "group1": family.groups[1],
            "n0": int(family.candidates[at]),
            "n1": family.observations - int(family.candidates[at]),
            "tables": len(family.tables),
            "explained": int(sizing.explained[at]),
            "convention": sizing.convention.value,
            "chosen": at in chosen,
        }
        for rank, at in enumerate([*first, *rest], 1)
    ]
