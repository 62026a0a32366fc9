"""Interviews made against those planned: by field, side and unit; what is uneven; whom to ask."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.language import translate
from samspill.statistics.results import Result

KEYS = ("unit", "side", "field")
MARGINS = (("side",), ("field",), ("unit",), ("field", "side"), ("unit", "side"))
SEED = 2018


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class InterviewCoverage(Result):
    """Interviews against a plan. ``frame`` has a row for every unit, side and field of either:

    ``unit``, ``side``, ``field``, ``planned``, ``achieved`` (informants who spoke of the field),
    ``alone`` (those who spoke of no other field), ``met`` (``achieved``, at most ``planned``),
    ``lacking`` (``planned - met``).

    ``field`` is empty throughout where the interviews are not known by field. ``interviews`` is how
    many there are; one that speaks of several fields counts in each, so that ``achieved`` may sum
    to more. ``unplaced`` are interviews without a unit, side or field, which count nowhere.
    """

    interviews: int
    unplaced: int

    @property
    def heading(self) -> str:
        return f"{self.interviews} interviews against the plan"

    @property
    def planned(self) -> int:
        return int(self.frame["planned"].sum())

    @property
    def met(self) -> int:
        return int(self.frame["met"].sum())

    @property
    def by_field(self) -> bool:
        """Whether the interviews are known by field."""
        return bool((self.frame["field"] != "").any())

    def margin(self, *by: str) -> pl.DataFrame:
        """Sums by some of unit, side and field: ``planned``, ``achieved``, ``met``, ``lacking``,
        and ``cells`` with ``empty`` of them, cells that were planned and have nobody."""
        planned = pl.col("planned") > 0
        return self.frame.group_by(by or pl.lit("").alias("all"), maintain_order=True).agg(
            pl.col("planned", "achieved", "met", "lacking").sum(),
            planned.sum().alias("cells"),
            (planned & (pl.col("achieved") == 0)).sum().alias("empty"),
        )

    def unevenness(self) -> pl.DataFrame:
        """How unevenly interviews are spread against the plan, over each margin.

        The index of dissimilarity, ``½ Σ |achieved / all achieved - planned / all planned|``: the
        part of the interviews that would have to be elsewhere for the spread to be as planned, 0
        (as planned) to 1. Duncan and Duncan (1955), American Sociological Review 20:210–217.

        Columns: ``by``, ``n`` (informants counted), ``groups``, ``index``, ``elsewhere`` (how many
        of the n that is), ``least`` (the group with the smallest part of its plan met) and
        ``least_met``, ``least_planned``.
        """
        rows = []
        for by in MARGINS:
            if "field" in by and not self.by_field:
                continue
            table = self.margin(*by)
            achieved, planned = int(table["achieved"].sum()), int(table["planned"].sum())
            index = None
            if achieved and planned:
                parts = table["achieved"] / achieved - table["planned"] / planned
                index = float(parts.abs().sum()) / 2
            asked = table.filter(pl.col("planned") > 0)
            least = asked.sort(pl.col("met") / pl.col("planned"), *by).row(0, named=True)
            rows.append(
                (" × ".join(by), achieved, table.height, index,
                 None if index is None else index * achieved,
                 " × ".join(least[name] for name in by), least["met"], least["planned"])
            )  # fmt: skip
        schema = {
            "by": pl.String, "n": pl.Int64, "groups": pl.Int64, "index": pl.Float64,
            "elsewhere": pl.Float64, "least": pl.String, "least_met": pl.Int64,
            "least_planned": pl.Int64,
        }  # fmt: skip
        return pl.DataFrame(rows, schema=schema, orient="row")

    def ask_next(self, number: int = 10, *, seed: int = SEED) -> pl.DataFrame:
        """Whom to ask next, the most needed first; each counts as asked for those after it.

        First cells with nobody, then the field and side with the smallest part of its plan met,
        then the unit and side with the smallest part; the seed decides what is left.

        Columns: ``rank``, ``unit``, ``side``, ``field``, ``planned``, ``achieved`` (in the cell,
        those asked before in this list included), ``group_met`` and ``group_planned`` (of the
        field and side), ``unit_met`` and ``unit_planned`` (of the unit and side).
        """
        cells = {
            tuple(row[key] for key in KEYS): dict(row) for row in self.frame.iter_rows(named=True)
        }
        ranked = []
        for rank in range(1, number + 1):
            lacking = {k: c for k, c in cells.items() if c["lacking"] > 0}
            if not lacking:
                break
            groups, units = _sums(cells, (2, 1)), _sums(cells, (0, 1))

            def need(
                key: tuple[str, ...],
                groups: Mapping[tuple[str, ...], tuple[int, int]] = groups,
                units: Mapping[tuple[str, ...], tuple[int, int]] = units,
                lacking: Mapping[tuple[str, ...], Mapping[str, int]] = lacking,
            ) -> tuple[bool, float, float, str]:
                return (
                    lacking[key]["met"] > 0,
                    _part(groups[key[2], key[1]]),
                    _part(units[key[0], key[1]]),
                    hashlib.blake2b(f"{seed}:{key}".encode(), digest_size=8).hexdigest(),
                )

            key = min(lacking, key=need)
            cell, group, unit = cells[key], groups[key[2], key[1]], units[key[0], key[1]]
            ranked.append((rank, *key, cell["planned"], cell["met"], *group, *unit))
            cell["met"] += 1
            cell["lacking"] -= 1
        schema = {
            "rank": pl.Int64, "unit": pl.String, "side": pl.String, "field": pl.String,
            "planned": pl.Int64, "achieved": pl.Int64, "group_met": pl.Int64,
            "group_planned": pl.Int64, "unit_met": pl.Int64, "unit_planned": pl.Int64,
        }  # fmt: skip
        return pl.DataFrame(ranked, schema=schema, orient="row")

    def rests_on(
        self, *, field: str | None = None, side: str | None = None, unit: str | None = None
    ) -> tuple[int, int]:
        """How many of the planned informants a result for a field, side or unit rests on."""
        found = self.frame
        for name, value in (("field", field), ("side", side), ("unit", unit)):
            if value is not None:
                found = found.filter(pl.col(name) == value)
        return int(found["met"].sum()), int(found["planned"].sum())


def interview_plan(
    units: Sequence[str],
    sides: Sequence[str],
    fields: Sequence[str] = ("",),
    *,
    each: int = 1,
) -> pl.DataFrame:
    """A plan of ``each`` informants for every unit, side and field, as ``unit``, ``side``,
    ``field``, ``planned``. The founding study aimed at one for each."""
    rows = [(u, s, f, each) for u in units for s in sides for f in fields]
    schema = {"unit": pl.String, "side": pl.String, "field": pl.String, "planned": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def interview_coverage(plan: pl.DataFrame, sources: pl.DataFrame) -> InterviewCoverage:
    """Interviews held against a plan.

    Args:
        plan: ``unit``, ``side``, ``field``, ``planned`` (as ``interview_plan`` makes).
        sources: one row an interview with ``unit``, ``side`` and ``fields`` (a list), as
            ``Tables.sources`` of ``samspill.qualitative``; or counts, with ``unit``, ``side``,
            ``field`` and ``achieved``.

    Raises SamspillError where a column is missing, or the plan names a cell twice or is empty.
    """
    planned = _checked_plan(plan)
    if "achieved" in sources.columns:
        counted, interviews, unplaced = _counts(sources)
    else:
        counted, interviews, unplaced = _from_sources(sources)
    frame = (
        planned.join(counted, on=KEYS, how="full", coalesce=True, maintain_order="left_right")
        .with_columns(pl.col("planned", "achieved", "alone").fill_null(0))
        .with_columns(met=pl.min_horizontal("planned", "achieved"))
        .with_columns(lacking=pl.col("planned") - pl.col("met"))
    )
    return InterviewCoverage(frame=frame, interviews=interviews, unplaced=unplaced)


def reason(row: Mapping[str, object], language: str, names: Mapping[str, str]) -> str:
    """Why someone of ``ask_next`` is to be asked, with the labels of its identifiers."""
    message = (
        Message(
            "Nobody has been asked here, and {met} of the {planned} planned for {field} on "
            "this side have.",
            met=row["group_met"], planned=row["group_planned"],
            field=names.get(str(row["field"]), str(row["field"])),
        )
        if not row["achieved"] and row["field"]
        else Message(
            "{achieved} of {planned} have been asked here; {met} of the {all} planned for this side "
            "in all units have.",
            achieved=row["achieved"], planned=row["planned"], met=row["group_met"],
            all=row["group_planned"],
        )
    )  # fmt: skip
    return translate(message, language)


def _checked_plan(plan: pl.DataFrame) -> pl.DataFrame:
    missing = next((c for c in (*KEYS, "planned") if c not in plan.columns), None)
    if missing is not None:
        raise SamspillError(
            Message("The plan has no column “{name}”.", name=missing),
            "Give it unit, side, field and planned.",
        )
    planned = plan.select(
        *[pl.col(name).cast(pl.String).fill_null("") for name in KEYS],
        pl.col("planned").cast(pl.Int64, strict=False),
    )
    if planned["planned"].null_count() or (planned["planned"] < 0).any():
        raise SamspillError(
            "The plan holds something that is no number of informants.",
            "Write whole numbers from 0 under planned.",
        )
    if not planned["planned"].sum():
        raise SamspillError("The plan asks nobody.", "Plan at least one informant.")
    doubled = planned.filter(planned.select(KEYS).is_duplicated())
    if doubled.height:
        raise SamspillError(
            Message("The plan has {cell} twice.", cell=" · ".join(doubled.select(KEYS).row(0))),
            "Keep one row for each unit, side and field.",
        )
    return planned


def _counts(sources: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
    if "field" not in sources.columns:
        sources = sources.with_columns(field=pl.lit(""))
    counted = sources.select(
        *[pl.col(name).cast(pl.String).fill_null("") for name in KEYS],
        pl.col("achieved").cast(pl.Int64),
    ).with_columns(alone=pl.col("achieved"))
    return counted, int(counted["achieved"].sum()), 0


def _from_sources(sources: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
    given = sources.select("unit", "side", "fields")
    placed = given.filter(
        pl.col("unit").fill_null("") != "",
        pl.col("side").fill_null("") != "",
        pl.col("fields").list.len().fill_null(0) > 0,
    )
    counted = (
        placed.with_columns(only=pl.col("fields").list.len() == 1)
        .explode("fields")
        .group_by("unit", "side", pl.col("fields").alias("field"), maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("achieved"), pl.col("only").sum().cast(pl.Int64).alias("alone"))
    )
    return counted, given.height, given.height - placed.height


def _sums(
    cells: Mapping[tuple[str, ...], Mapping[str, int]], places: tuple[int, ...]
) -> dict[tuple[str, ...], tuple[int, int]]:
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for key, cell in cells.items():
        group = tuple(key[place] for place in places)
        met, planned = found.get(group, (0, 0))
        found[group] = (met + cell["met"], planned + cell["planned"])
    return found


def _part(met_and_planned: tuple[int, int]) -> float:
    met, planned = met_and_planned
    return met / planned if planned else 1.0
