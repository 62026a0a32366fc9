"""``Waves``: a study asked again, and how its numbers changed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from samspill.analysis.change.design import Design
from samspill.analysis.change.linking import Frame, Linking, MergeRule, Succession, link_waves
from samspill.analysis.change.series import series
from samspill.analysis.provenance import WEAKEST_LAST
from samspill.analysis.results import FieldResult
from samspill.analysis.study_analysis import StudyAnalysis, open_study
from samspill.errors import SamspillError
from samspill.statistics import adjust
from samspill.statistics.cells import Cells
from samspill.statistics.change import changes, pattern_cells
from samspill.statistics.change.waves import TURNOVER

if TYPE_CHECKING:
    from samspill.classification import ChangeTable, History

UNIT, FIELD, INDICATOR = "unit", "field", "indicator"


def open_waves(
    studies: Sequence[str | Path | StudyAnalysis],
    *,
    names: Sequence[str] | None = None,
    dates: Sequence[datetime.date] | None = None,
    code: str | None = None,
    table: ChangeTable | History | None = None,
    successions: Sequence[Succession] | None = None,
    rule: MergeRule = "apart",
) -> Waves:
    """Two or more studies as waves, in order of time, with their units followed.

    ``names`` are by default the years. ``dates`` are the days that the units are described as
    of, by default 1 January of the year. ``code`` names the attribute that holds the units'
    codes (by default ``code`` where every wave has it, otherwise the units' own names).
    ``table`` holds the changes of codes between the waves; ``successions`` are what went into
    what, by the units' names, in its place.
    ``rule`` says how several units that became one, or one that became several, are compared:
    ``apart`` (not), ``any``, ``all`` or ``mean`` of them.

    Raises SamspillError for waves that cannot be linked.
    """
    opened = [s if isinstance(s, StudyAnalysis) else open_study(s) for s in studies]
    if len(opened) < 2:
        raise SamspillError("A change needs two waves.", "Give at least two studies.")
    called = list(names) if names else _names(opened)
    days = list(dates) if dates else [datetime.date(s.study.year, 1, 1) for s in opened]
    column = code or ("code" if all("code" in s.study.units.columns for s in opened) else UNIT)
    frames = [
        Frame(name, day, _codes(each, column))
        for name, day, each in zip(called, days, opened, strict=True)
    ]
    linking = link_waves(frames, changes=table, successions=successions, rule=rule)
    return Waves(tuple(opened), linking)


def _names(opened: Sequence[StudyAnalysis]) -> list[str]:
    years = [str(each.study.year) for each in opened]
    if len(set(years)) == len(years):
        return years
    return [f"{year} ({n})" for n, year in enumerate(years, start=1)]


def _codes(analysis: StudyAnalysis, column: str) -> dict[str, str]:
    units = analysis.study.units
    if column not in units.columns:
        raise SamspillError(
            f"The units of '{analysis.study.identifier}' have no attribute '{column}'.",
            f"They have: {', '.join(units.columns)}.",
        )
    rows = units.select(pl.col(UNIT), pl.col(column).cast(pl.String).alias("as_code"))
    return {unit: code for unit, code in rows.iter_rows() if code}


class Waves:
    """Waves opened for questions of change. ``names`` are in order of time."""

    def __init__(self, analyses: tuple[StudyAnalysis, ...], linking: Linking) -> None:
        self.analyses = analyses
        self.linking = linking
        self.names = linking.waves

    def __repr__(self) -> str:
        kinds = ", ".join(f"{n} {kind}" for kind, n in self.linking.counts.items())
        return f"Waves({', '.join(self.names)}: {kinds})"

    @property
    def last(self) -> StudyAnalysis:
        """The newest wave, whose labels are used."""
        return self.analyses[-1]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Indicators that every wave defines, in the newest one's order."""
        return tuple(
            name
            for name in self.last.definitions
            if all(name in each.definitions for each in self.analyses)
        )

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields studied in depth in every wave."""
        return tuple(f for f in self.last.fields if all(f in s.fields for s in self.analyses))

    @property
    def followed(self) -> FieldResult:
        """What became of every unit; see ``Linking.frame``."""
        kinds = ", ".join(f"{n} {kind}" for kind, n in self.linking.counts.items())
        title = f"Units from {self.names[0]} to {self.last_name}: {kinds}"
        return FieldResult(self.linking.frame, title)

    @property
    def last_name(self) -> str:
        return self.names[-1]

    @cached_property
    def panel(self) -> int:
        """Followed units that can be compared and answered anything in every wave."""
        answering = [set(each.study.answers[UNIT].unique()) for each in self.analyses]

        def answered(units: Sequence[Sequence[str]]) -> bool:
            return all(
                own and there.issuperset(own) for own, there in zip(units, answering, strict=True)
            )

        return sum(
            answered(each.units)
            if self.linking.compared(each) == "as one"
            else sum(answered([[u] if u else [] for u in chain]) for chain in each.chains)
            for each in self.linking.followed
        )

    @property
    def design(self) -> Design:
        """What the waves are: a panel where all that answered did so in every wave."""
        if not self.panel:
            return Design.REPEATED_CROSS_SECTION
        whole = all(each.respondents == self.panel for each in self.analyses)
        return Design.PANEL if whole else Design.OVERLAPPING

    def change(
        self,
        indicators: str | Sequence[str],
        *,
        fields: Sequence[str] | None = None,
        by: str | None = None,
        basis: str = "all",
        against: str = "first",
        level: float = 0.95,
        method: str = "newcombe",
        test: str = "mid_p",
        finite_population: bool = False,
        weight: str | None = None,
        small: int = 0,
    ) -> FieldResult:
        """How shares and means changed, per field, and by an attribute of the units.

        ``basis`` is ``panel`` (units that answered both times), ``all`` (every answer, with the
        covariance of the units in common) or ``independent``. The groups of ``by`` are those of
        the first wave where a unit stands in it. ``weight`` names a numeric attribute. Where
        fewer than ``small`` units kept, gained, lost or lacked an answer, that is not told, nor an
        interval from which it could be worked out: the waves are then compared as if no unit stood
        in both.

        The frame: indicator, field, (by), and the columns of ``statistics.change.Changes`` with
        provenance. Raises SamspillError for what a wave lacks.
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        cells, asked = self.cells(names, fields=fields, by=by, weight=weight)
        sizes = {
            name: each.study.population_size
            for name, each in zip(self.names, self.analyses, strict=True)
        }

        def compared(on: str) -> pl.DataFrame:
            return changes(
                cells,
                self.names,
                within=[INDICATOR, FIELD],
                by=[by] if by else [],
                basis=on,  # type: ignore[arg-type]
                against=against,  # type: ignore[arg-type]
                level=level,
                method=method,  # type: ignore[arg-type]
                test=test,  # type: ignore[arg-type]
                population=sizes if finite_population else None,
            ).frame

        frame = compared(basis)
        if small:
            frame = _without_small(frame, compared("independent"), small)
        rows = frame.select(INDICATOR, FIELD).iter_rows()
        provenance = [self.provenance(name, field, by) for name, field in rows]
        frame = frame.with_columns(pl.Series("provenance", provenance, dtype=pl.String))
        frame = in_order(frame, names, asked)
        waves = " to ".join((self.names[0], self.last_name))
        title = f"Change of {', '.join(names)} from {waves}{f' by {by}' if by else ''}"
        return FieldResult(frame, title)

    def series(
        self, indicator: str, *, fields: Sequence[str] | None = None, level: float = 0.95
    ) -> FieldResult:
        """A share or a mean in every wave, of all that answered and of those that did so every
        time; the frame is that of ``analysis.change.series.series``."""
        return series(self, indicator, fields, level)

    def provenance(self, indicator: str, field: str, by: str | None = None) -> str:
        """The weakest provenance of a count in any wave."""
        found = [s.provenance.of_number(indicator, field, by) for s in self.analyses]
        return max(found, key=WEAKEST_LAST.index)

    def cells(
        self,
        indicators: Sequence[str],
        *,
        fields: Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        weight: str | None = None,
    ) -> tuple[Cells, tuple[str, ...]]:
        """Units counted by indicator, field, ``by`` and the pattern of their answers; and the
        fields asked for."""
        attributes = [by] if isinstance(by, str) else list(by or ())
        asked = self.asked(indicators, fields)
        rows = self.rows(indicators, asked, [*attributes, *([weight] if weight else [])])
        if weight:
            rows = rows.with_columns(pl.col(weight).cast(pl.Float64, strict=False))
        key = [INDICATOR, FIELD, *attributes]
        return pattern_cells(rows, self.names, key=key, weight=weight), asked

    def rows(
        self, indicators: Sequence[str], fields: Sequence[str], attributes: Sequence[str] = ()
    ) -> pl.DataFrame:
        """One row per indicator, field and followed unit: ``unit``, the attributes as they were
        in the first wave that knows them, and the answer in each wave (null for none)."""
        places = self._places()
        parts = []
        for position, (name, each) in enumerate(zip(self.names, self.analyses, strict=True)):
            wide = each.frame.filter(pl.col(FIELD).is_in(list(fields)))
            long = wide.select(
                UNIT, FIELD, *[pl.col(i).cast(pl.Float64, strict=False) for i in indicators]
            ).unpivot(
                on=list(indicators),
                index=[UNIT, FIELD],
                variable_name=INDICATOR,
                value_name="value",
            )
            joined = long.join(places[position], on=UNIT, how="inner")
            parts.append(_as_one(joined, self.linking.rule).rename({"value": name}))
        keys = ["place", FIELD, INDICATOR]
        merged = parts[0]
        for part in parts[1:]:
            merged = merged.join(part, on=keys, how="full", coalesce=True)
        answered = pl.any_horizontal(*[pl.col(name).is_not_null() for name in self.names])
        return (
            merged.filter(answered)
            .rename({"place": UNIT})
            .join(self._attributes(attributes), on=UNIT, how="left")
            .select(INDICATOR, FIELD, UNIT, *attributes, *self.names)
            .sort(INDICATOR, FIELD, UNIT)
        )

    def _places(self) -> list[pl.DataFrame]:
        """For each wave: which followed unit a unit belongs to, and out of how many."""
        rows: list[list[tuple[str, str, int]]] = [[] for _ in self.names]
        for number, each in enumerate(self.linking.followed):
            if self.linking.compared(each) == "as one":
                for position, units in enumerate(each.units):
                    rows[position] += [(unit, f"{number}", len(units)) for unit in units]
                continue
            for n, chain in enumerate(each.chains):
                for position, unit in enumerate(chain):
                    if unit is not None:
                        rows[position].append((unit, f"{number}.{n}", 1))
        schema = {UNIT: pl.String, "place": pl.String, "of": pl.Int64}
        return [pl.DataFrame(part, schema=schema, orient="row") for part in rows]

    def attribute_by_wave(self, attribute: str) -> pl.DataFrame:
        """``unit`` (followed) and a column per wave with the attribute's value in it; null where
        the unit was not there, or where the units that are one disagree."""
        found = pl.DataFrame({UNIT: []}, schema={UNIT: pl.String})
        for name, each, place in zip(self.names, self.analyses, self._places(), strict=True):
            if attribute not in each.study.units.columns:
                raise SamspillError(
                    f"The units of '{each.study.identifier}' have no attribute '{attribute}'.",
                    "Choose an attribute that every wave has.",
                )
            value = pl.col(attribute).cast(pl.String)
            own = (
                each.study.units.select(UNIT, value)
                .join(place, on=UNIT, how="inner")
                .group_by("place")
                .agg(pl.when(value.drop_nulls().n_unique() == 1).then(value.drop_nulls().first()))
                .select(pl.col("place").alias(UNIT), pl.col(attribute).alias(name))
            )
            found = found.join(own, on=UNIT, how="full", coalesce=True)
        return found.sort(UNIT)

    def _attributes(self, attributes: Sequence[str]) -> pl.DataFrame:
        """The attributes of each followed unit as the first wave that knows them has them."""
        found = pl.DataFrame({UNIT: []}, schema={UNIT: pl.String})
        for attribute in attributes:
            values = self.attribute_by_wave(attribute)
            first = values.select(UNIT, pl.coalesce(*self.names).alias(attribute))
            found = found.join(first, on=UNIT, how="full", coalesce=True)
        return found

    def asked(self, names: Sequence[str], fields: Sequence[str] | None) -> tuple[str, ...]:
        """The fields asked for that every wave has; raises SamspillError for an indicator that
        one of them lacks."""
        for name in names:
            for wave, each in zip(self.names, self.analyses, strict=True):
                if name not in each.definitions:
                    raise SamspillError(
                        f"The wave '{wave}' defines no indicator '{name}'.",
                        f"Every wave defines: {', '.join(self.indicators)}.",
                    )
        asked = [each.asked(names, fields) for each in self.analyses]
        return tuple(field for field in asked[-1] if all(field in found for found in asked))


def _as_one(rows: pl.DataFrame, rule: MergeRule) -> pl.DataFrame:
    """Several units' answers as one; unknown where those that are missing could decide it."""
    value, of = pl.col("value"), pl.col("of").first()
    complete = value.is_not_null().sum() == of
    single = value.first()
    together = {
        "apart": single,
        "any": pl.when((value == 1).any()).then(1.0).when(complete).then(value.max()),
        "all": pl.when((value == 0).any()).then(0.0).when(complete).then(value.min()),
        "mean": pl.when(complete).then(value.mean()),
    }[rule]
    return rows.group_by("place", FIELD, INDICATOR).agg(
        pl.when(of == 1).then(single).otherwise(together).alias("value")
    )


def _without_small(frame: pl.DataFrame, apart: pl.DataFrame, small: int) -> pl.DataFrame:
    """``frame`` with the rows of ``apart`` where one of the four counts of pairs is small."""
    telling = pl.any_horizontal((pl.col(c) > 0) & (pl.col(c) < small) for c in TURNOVER)
    gives_away = frame.select(telling.fill_null(value=False)).to_series()
    hushed = apart.with_columns(pl.lit(None, dtype=pl.Int64).alias(c) for c in TURNOVER)
    parts = [frame.with_row_index().filter(~gives_away), hushed.with_row_index().filter(gives_away)]
    kept = pl.concat(parts).sort("index").drop("index")
    return kept.with_columns(
        pl.Series("p_holm", adjust(kept["p"], "holm")).fill_nan(None),
        pl.Series("p_bh", adjust(kept["p"], "benjamini_hochberg")).fill_nan(None),
    )


def in_order(frame: pl.DataFrame, names: Sequence[str], fields: Sequence[str]) -> pl.DataFrame:
    """Rows by indicator and field as they were asked for, the rest as it stands."""
    keys = [
        pl.col(column).replace_strict(
            {value: place for place, value in enumerate(values)},
            default=len(values),
            return_dtype=pl.Int64,
        )
        for column, values in ((INDICATOR, names), (FIELD, fields))
    ]
    return frame.sort(*keys, maintain_order=True)
