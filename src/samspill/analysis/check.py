"""The check: every printed number of a study, recomputed, with verdict and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.analysis.provenance import CONSISTENT
from samspill.analysis.recompute import Recomputed, Recomputer
from samspill.errors import SamspillError
from samspill.language import translator
from samspill.reconstruction.printed_number import PrintedNumber, decimal_sign_of, parse_mark
from samspill.reconstruction.rounding import RoundingConvention
from samspill.statistics.results import Result
from samspill.statistics.significance import stars

if TYPE_CHECKING:
    from samspill.analysis.labels import Labels
    from samspill.analysis.opened import OpenedStudy

AGREES = "agrees"
DISAGREES = "disagrees"
GIVEN = "taken as given"
NOT_RECOMPUTED = "not recomputed"
FITTED = "fitted"
TRANSCRIBED = "transcribed"
EVIDENCE = ("confirms", "determines", FITTED, TRANSCRIBED)

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
    microdata were made to satisfy it; ``transcribed``: it is held against the study's own copy of
    the same table), convention (of rounding), reason (what disagrees: ``value``,
    ``mark``, ``n``, or ``unreadable``).

    ``suggestions`` maps the id of a disagreeing number to its nearest explanation;
    ``changed_files`` names files of the study that differ from what it was sealed with.
    """

    labels: Labels
    suggestions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    changed_files: tuple[str, ...] = ()

    @property
    def disagreements(self) -> pl.DataFrame:
        """The rows whose printed number disagrees."""
        return self.frame.filter(pl.col("verdict") == DISAGREES)

    @property
    def evidence(self) -> dict[str, int]:
        """How many of the numbers that agree are of each kind of evidence."""
        agreeing = self.frame.filter(pl.col("verdict") == AGREES)
        counts = dict(agreeing.group_by("evidence").len().iter_rows())
        return {kind: counts.get(kind, 0) for kind in EVIDENCE}

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
        evidence = self.evidence
        if counts.get(AGREES, 0):
            message = (
                "Of those that agree, {confirms} were not used to find the counts and so confirm "
                "them, {determines} were used to find them, {fitted} were fitted by microdata, "
                "and {transcribed} stand in the study's own copy of the table."
            )
            parts.append(t(message, **evidence))
        left = counts.get(NOT_RECOMPUTED, 0)
        if left:
            parts.append(t("{n} cannot be recomputed from the study.", n=left))
        if self.changed_files:
            files = ", ".join(self.changed_files)
            parts.append(t("Changed since the study was sealed: {files}.", files=files))
        return " ".join(parts)

    @property
    def sound(self) -> bool:
        """Whether no number disagrees and no file has been changed."""
        return self.disagreements.is_empty() and not self.changed_files

    def explanations(self, language: str) -> tuple[str, ...]:
        """One sentence or two for each number that disagrees."""
        from samspill.analysis.explanations import explain

        return tuple(
            explain(row, self.suggestions.get(row["id"]), self.labels, language)
            for row in self.disagreements.to_dicts()
        )


def check(analysis: OpenedStudy) -> Check:
    """Recompute every printed number of a study from its answers and compare.

    A number agrees when what is recomputed is printed as that number by the rounding convention
    that its source keeps (the one that most of the source's numbers agree with), its stars are
    those of the recomputed p-value, and its printed number of observations is the recomputed base.
    """
    from samspill.reconstruction import reconstruct

    printed = analysis.study.printed.to_dicts()
    recompute = Recomputer(analysis)
    recomputed = [recompute(row) for row in printed]
    sign = decimal_sign_of(row["printed"] for row in printed)
    conventions = _conventions(printed, recomputed, sign)
    readable = [row["statistic"] == "mark" or _read(row, sign) is not None for row in printed]
    found = reconstruct(analysis.study.printed.filter(pl.Series(readable, dtype=pl.Boolean)))
    numbers = found.statistics.filter(
        (pl.col("part") == "number") | (pl.col("statistic") == "mark")
    )
    evidence = dict(numbers.select("id", "evidence").iter_rows())
    rows = []
    for row, number in zip(printed, recomputed, strict=True):
        worth = _evidence(analysis, row, evidence.get(row["id"]) or "")
        rows.append(_judge(row, number, worth, conventions[row["source"]], sign))
    frame = pl.DataFrame(rows, schema=_WHAT)
    wrong = frame.filter(pl.col("verdict") == DISAGREES)["id"].to_list()
    nearest = found.explanations.filter(pl.col("id").is_in(wrong)).sort("rank", descending=True)
    suggestions = {row["id"]: row for row in nearest.to_dicts()}
    return Check(frame, analysis.labels, suggestions, analysis.changed_files)


def _conventions(
    printed: list[dict[str, Any]], recomputed: list[Recomputed | None], sign: str | None
) -> dict[str, RoundingConvention]:
    """For each source in print the rounding convention that most of its numbers agree with."""
    votes: dict[str, Counter[RoundingConvention]] = {row["source"]: Counter() for row in printed}
    for row, found in zip(printed, recomputed, strict=True):
        number = _read(row, sign)
        if found is None or number is None:
            continue
        exact = _exact(found.value)
        votes[row["source"]].update(c for c in RoundingConvention if exact in number.window(c))
    return {
        source: max(RoundingConvention, key=lambda c, counts=counts: counts[c])  # type: ignore[misc]
        for source, counts in votes.items()
    }


def _evidence(analysis: OpenedStudy, row: Mapping[str, Any], evidence: str) -> str:
    if row["basis"] == "cases":
        return TRANSCRIBED
    if row["basis"] != "survey":
        return ""
    names = [name.strip() for name in row["indicator"].split(";")]
    split = row["split"] or None
    known = {analysis.provenance.of_number(name, row["field"] or "", split) for name in names}
    if CONSISTENT in known and evidence != "contradicts":
        return FITTED
    return evidence or "confirms"


def _judge(
    row: Mapping[str, Any],
    recomputed: Recomputed | None,
    evidence: str,
    convention: RoundingConvention,
    sign: str | None,
) -> dict[str, Any]:
    shown = {key: row.get(key) for key in _WHAT if key in row}
    if recomputed is None:
        given = GIVEN if row["basis"] == "outside" else NOT_RECOMPUTED
        return {**shown, "verdict": given, "evidence": ""}
    shown.update(n=recomputed.n, p=recomputed.p, evidence=evidence)
    if row["statistic"] == "mark":
        mark = stars(recomputed.p)
        agrees = parse_mark(row["printed"] or "") == len(mark)
        return {**shown, "recomputed": mark, **_verdict([] if agrees else ["mark"])}
    number = _read(row, sign)
    if number is None:
        return {**shown, **_verdict(["unreadable"])}
    wrong = [] if _exact(recomputed.value) in number.window(convention) else ["value"]
    marked = row["statistic"] in _MARKED and row["split"]
    mark = stars(recomputed.p) if marked else ""
    if number.stars != len(mark):
        wrong.append("mark")
    if (row.get("observations") or "") not in ("", str(recomputed.n)):
        wrong.append("n")
    text = _as_printed(recomputed.value, number, convention) + mark
    return {**shown, "recomputed": text, "convention": convention.value, **_verdict(wrong)}


def _read(row: Mapping[str, Any], sign: str | None) -> PrintedNumber | None:
    """The printed number, or None for a mark and for what cannot be read as a number."""
    if row["statistic"] == "mark":
        return None
    try:
        return PrintedNumber.parse(row["printed"], decimal_sign=sign)
    except SamspillError:
        return None


_MARKED = {"log_odds", "log_odds_ratio", "odds", "odds_ratio", "mean", "mean_difference"}


def _verdict(wrong: list[str]) -> dict[str, str]:
    return {"verdict": DISAGREES if wrong else AGREES, "reason": "; ".join(wrong)}


def _exact(value: float) -> Fraction:
    """``value`` without the dust of floating point, so that ties are ties."""
    return Fraction(repr(round(value, 12)))


def _as_printed(value: float, number: PrintedNumber, convention: RoundingConvention) -> str:
    """``value`` with the decimals, decimal sign and minus of the printed number."""
    text = f"{convention.round(_exact(value), number.decimals):f}"
    return text.replace(".", "," if "," in number.text else ".").replace("-", "–")
