"""The check: every printed number of a study, recomputed, with verdict and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.analysis.provenance import CONSISTENT
from samspill.analysis.recompute import Recomputed, Recomputer
from samspill.language import translator
from samspill.reconstruction.printed_number import PrintedNumber, parse_mark
from samspill.reconstruction.rounding import RoundingConvention
from samspill.statistics.results import Result
from samspill.statistics.significance import stars

if TYPE_CHECKING:
    from samspill.analysis.study_analysis import StudyAnalysis

AGREES = "agrees"
DISAGREES = "disagrees"
GIVEN = "taken as given"
NOT_RECOMPUTED = "not recomputed"
FITTED = "fitted"

_WHAT = {
    "id": pl.String,
    "source": pl.String,
    "indicator": pl.String,
    "field": pl.String,
    "group": pl.String,
    "statistic": pl.String,
    "printed": pl.String,
    "recomputed": pl.String,
    "n": pl.Int64,
    "p": pl.Float64,
    "verdict": pl.String,
    "evidence": pl.String,
    "convention": pl.String,
    "reason": pl.String,
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Check(Result):
    """Printed numbers beside recomputed ones.

    ``frame``: id, source, indicator, field, group, statistic, printed, recomputed (text, with the
    printed decimals and marks), n (base recomputed from), p, verdict (``agrees``, ``disagrees``,
    ``taken as given`` for numbers of other sources, ``not recomputed``), evidence
    (``determines``: the number was used to find the counts; ``confirms``: it was not; ``fitted``:
    microdata were made to satisfy it), convention (of rounding), reason (what disagrees: ``value``,
    ``mark``, ``n``).

    ``suggestions`` maps the id of a disagreeing number to its nearest explanation.
    """

    suggestions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def disagreements(self) -> pl.DataFrame:
        """The rows whose printed number disagrees."""
        return self.frame.filter(pl.col("verdict") == DISAGREES)

    @property
    def heading(self) -> str:
        return self.summary("en")

    def summary(self, language: str) -> str:
        """One sentence: how many numbers were printed, and how many agree."""
        t = translator(language)
        counts = dict(self.frame.group_by("verdict").len().iter_rows())
        parts = [
            t("{n} printed numbers:", n=self.frame.height),
            t("{n} agree,", n=counts.get(AGREES, 0)),
            t("{n} disagree,", n=counts.get(DISAGREES, 0)),
            t("{n} are taken as given from other sources.", n=counts.get(GIVEN, 0)),
        ]
        left = counts.get(NOT_RECOMPUTED, 0)
        if left:
            parts.append(t("{n} cannot be recomputed from the study.", n=left))
        return " ".join(parts)

    def explanations(self, language: str) -> tuple[str, ...]:
        """One sentence or two for each number that disagrees."""
        from samspill.analysis.explanations import explain

        return tuple(
            explain(row, self.suggestions.get(row["id"]), language)
            for row in self.disagreements.to_dicts()
        )


def check(analysis: StudyAnalysis) -> Check:
    """Recompute every printed number of a study from its answers and compare.

    A number agrees when what is recomputed lies in the window of values that a rounding
    convention prints as that number, its stars are those of the recomputed p-value, and its
    printed number of observations is the recomputed base.
    """
    from samspill.reconstruction import reconstruct

    printed = analysis.study.printed
    recompute = Recomputer(analysis)
    found = reconstruct(printed)
    evidence = dict(found.statistics.select("id", "evidence").iter_rows())
    rows = [
        _judge(row, recompute(row), _evidence(analysis, row, evidence.get(row["id"], "")))
        for row in printed.to_dicts()
    ]
    frame = pl.DataFrame(rows, schema=_WHAT)
    wrong = frame.filter(pl.col("verdict") == DISAGREES)["id"].to_list()
    return Check(frame, {name: s for name in wrong if (s := found.suggestion(name))})


def _evidence(analysis: StudyAnalysis, row: Mapping[str, Any], evidence: str) -> str:
    if row["basis"] != "survey":
        return ""
    names = [name.strip() for name in row["indicator"].split(";")]
    split = row["split"] or None
    known = {analysis.provenance.of_number(name, row["field"] or "", split) for name in names}
    if CONSISTENT in known:
        return FITTED
    return evidence or "confirms"


def _judge(row: Mapping[str, Any], recomputed: Recomputed | None, evidence: str) -> dict[str, Any]:
    shown = {key: row.get(key) for key in _WHAT if key in row}
    if recomputed is None:
        given = GIVEN if row["basis"] == "outside" else NOT_RECOMPUTED
        return {**shown, "verdict": given, "evidence": ""}
    shown.update(n=recomputed.n, p=recomputed.p, evidence=evidence)
    if row["statistic"] == "mark":
        mark = stars(recomputed.p)
        agrees = parse_mark(row["printed"] or "") == len(mark)
        return {**shown, "recomputed": mark, **_verdict([] if agrees else ["mark"])}
    number = PrintedNumber.parse(row["printed"])
    convention = _convention(number, recomputed.value)
    wrong = [] if convention else ["value"]
    marked = row["statistic"] in _MARKED and row["split"]
    mark = stars(recomputed.p) if marked else ""
    if marked and number.stars != len(mark):
        wrong.append("mark")
    if (row.get("observations") or "") not in ("", str(recomputed.n)):
        wrong.append("n")
    return {
        **shown,
        "recomputed": _as_printed(recomputed.value, number) + mark,
        "convention": convention.value if convention else None,
        **_verdict(wrong),
    }


_MARKED = {"log_odds", "log_odds_ratio", "odds", "odds_ratio", "mean", "mean_difference"}


def _verdict(wrong: list[str]) -> dict[str, str]:
    return {"verdict": DISAGREES if wrong else AGREES, "reason": "; ".join(wrong)}


def _convention(number: PrintedNumber, value: float) -> RoundingConvention | None:
    """The first rounding convention that prints ``value`` as ``number``."""
    exact = Fraction(repr(round(value, 12)))
    return next((c for c in RoundingConvention if exact in number.window(c)), None)


def _as_printed(value: float, number: PrintedNumber) -> str:
    """``value`` with the decimals, decimal sign and minus of the printed number."""
    rounded = RoundingConvention.HALF_UP.round(Fraction(repr(round(value, 12))), number.decimals)
    text = f"{rounded:f}"
    return text.replace(".", "," if "," in number.text else ".").replace("-", "–")
