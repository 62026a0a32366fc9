"""A case × code table for statistics, and themes beside what the survey counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.choice import Sources
from samspill.qualitative.queries.columns import dimension_names
from samspill.qualitative.queries.matrix import matrix
from samspill.statistics.intervals import require_level, wilson
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

CaseValue = Literal["presence", "codings", "sources", "characters"]
SURVEY = ("n", "share")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CaseTable(Result):
    """One row a case, one column a code.

    ``frame``: the columns that tell cases apart (null where not known), ``sources`` (that the case
    has) and a column for each code: 0 or 1 (``presence``), or how many ``codings``, ``sources`` or
    ``characters``. A case without a source is not in it: what nobody was asked is not 0.
    ``codes``: ``column`` (of the frame), ``code`` (identity), ``name``, ``concept``.
    """

    codes: pl.DataFrame
    cases: tuple[str, ...]
    value: CaseValue

    @property
    def heading(self) -> str:
        return f"{' × '.join(self.cases)} by code: {self.value}"

    def long(self) -> pl.DataFrame:
        """One row a case and code: the cases' columns, ``sources``, ``code``, ``name``,
        ``value``."""
        long = self.frame.unpivot(
            self.codes["column"].to_list(),
            index=[*self.cases, "sources"],
            variable_name="column",
            value_name="value",
        )
        named = long.join(self.codes, on="column", how="left", maintain_order="left")
        return named.select(*self.cases, "sources", "code", "name", "value")


def case_table(
    tables: Tables,
    cases: str | Sequence[str] = "unit",
    codes: str | Sequence[str] = "code",
    *,
    value: CaseValue = "presence",
    coders: Sequence[str] | str | None = None,
    with_descendants: bool = True,
    sources: Sources = None,
) -> CaseTable:
    """Cases by code, to be joined with survey answers and put through ``statistics``.

    ``cases`` are what tells them apart: ``unit``, ``source``, ``("unit", "side")``,
    ``("unit", "field")`` … A source with two fields is in the cases of both.

    Raises SamspillError for an unknown attribute, code or value.
    """
    if value not in get_args(CaseValue):
        raise SamspillError(
            Message("A case table does not hold “{value}”.", value=value),
            Message("Choose one of {known}.", known=", ".join(get_args(CaseValue))),
        )
    names = dimension_names(tables, cases)
    if not names:
        raise SamspillError("Nothing tells the cases apart.", "Name an attribute, such as unit.")
    counted = matrix(
        tables,
        codes,
        names,
        measure="characters" if value == "characters" else "codings",
        coders=coders,
        with_descendants=with_descendants,
        sources=sources,
    )
    shown = (pl.col("sources") > 0).cast(pl.Int64) if value == "presence" else pl.col(value)
    heads = _column_names(counted.frame.select("code", "name").unique(maintain_order=True), tables)
    cells = counted.frame.filter(pl.col("n") > 0).join(
        heads, on=["code", "name"], how="left", nulls_equal=True, maintain_order="left"
    )
    long = cells.select(*names, pl.col("n").alias("sources"), "column", shown.alias("value"))
    wide = long.pivot("column", index=[*names, "sources"], values="value")
    return CaseTable(wide, heads.select("column", "code", "name", "concept"), names, value)


def _column_names(codes: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """A column name for each code, told apart where two codes have one name."""
    known = tables.codes.select("code", "concept")
    joined = codes.join(known, on="code", how="left", maintain_order="left")
    taken: dict[str, int] = {}
    columns = []
    for name in joined["name"]:
        plain = re.sub(r"\W+", "_", name.casefold()).strip("_") or "code"
        taken[plain] = taken.get(plain, 0) + 1
        columns.append(plain if taken[plain] == 1 else f"{plain}_{taken[plain]}")
    return joined.with_columns(pl.Series("column", columns, pl.String))


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class JointDisplay(Result):
    """Themes beside what the survey counts.

    ``frame``: the columns of ``on``, ``theme`` (name), ``cases`` (with a source), ``with_theme``,
    ``theme_share``, ``theme_low``, ``theme_high`` (Wilson), then of the survey ``indicator``,
    ``survey_n``, ``survey_share``, ``survey_low``, ``survey_high`` (null where the survey has no
    such share, or the interviews no such case).
    """

    @property
    def heading(self) -> str:
        return "What is said, beside what is counted"


def joint_display(
    table: CaseTable,
    shares: pl.DataFrame,
    pairs: Mapping[str, str],
    *,
    on: str = "field",
    level: float = 0.95,
) -> JointDisplay:
    """Lay the share of cases that bring up a theme beside a share of the survey, value by value.

    ``shares`` has ``indicator``, ``n``, ``share``, the column ``on`` and, where known, ``low`` and
    ``high``, as the shares of an analysis have; ``pairs`` says which theme (a column of the case
    table, or a code's name) goes with which indicator. Both have their own n: units asked and units
    interviewed are different samples, and the two shares are not to be subtracted.

    Raises SamspillError where the case table is not told apart by ``on``, or a theme, column or
    indicator is missing.
    """
    require_level(level)
    if on not in table.cases:
        raise SamspillError(
            Message("The cases are not told apart by {on}.", on=on),
            Message("Make them with {on} among cases=.", on=on),
        )
    missing = [name for name in ("indicator", on, *SURVEY) if name not in shares.columns]
    if missing:
        raise SamspillError(
            Message("The survey's shares have no column {what}.", what=missing[0]),
            Message("Give a frame with indicator, {on}, n and share.", on=on),
        )
    rows = [
        _theme(table, theme, indicator, shares, on, level) for theme, indicator in pairs.items()
    ]
    if not rows:
        raise SamspillError("No theme is paired.", "Say which theme goes with which indicator.")
    return JointDisplay(pl.concat(rows))


def _theme(
    table: CaseTable, theme: str, indicator: str, shares: pl.DataFrame, on: str, level: float
) -> pl.DataFrame:
    found = table.codes.filter((pl.col("column") == theme) | (pl.col("name") == theme))
    if found.height != 1:
        raise SamspillError(
            Message(
                "{n} columns of the case table are “{theme}”.",
                n=found.height,
                theme=theme,
            ),
            Message("Choose among: {known}.", known=", ".join(table.codes["column"])),
        )
    if indicator not in shares["indicator"]:
        raise SamspillError(
            Message("The survey's shares have no indicator “{indicator}”.", indicator=indicator),
            Message("They have: {known}.", known=", ".join(shares["indicator"].unique().sort())),
        )
    present = (pl.col(found["column"].item()) > 0).cast(pl.Int64)
    said = table.frame.group_by(on, maintain_order=True).agg(
        cases=pl.len().cast(pl.Int64), with_theme=present.sum()
    )
    share = (said["with_theme"] / said["cases"]).to_numpy()
    low, high = wilson(share, 1 / said["cases"].to_numpy(), level)
    said = said.with_columns(
        theme=pl.lit(found["name"].item()),
        theme_share=pl.Series(share),
        theme_low=pl.Series(low),
        theme_high=pl.Series(high),
    )
    limits = [
        pl.col(name).alias(f"survey_{name}")
        if name in shares.columns
        else pl.lit(None, pl.Float64).alias(f"survey_{name}")
        for name in ("low", "high")
    ]
    counted = shares.filter(pl.col("indicator") == indicator).select(
        on,
        "indicator",
        pl.col("n").alias("survey_n"),
        pl.col("share").alias("survey_share"),
        *limits,
    )
    joined = said.join(counted, on=on, how="full", coalesce=True, maintain_order="left_right")
    return joined.with_columns(
        pl.col("theme").fill_null(found["name"].item()),
        pl.col("indicator").fill_null(indicator),
        pl.col("cases", "with_theme").fill_null(0),
    ).select(
        on,
        "theme",
        "cases",
        "with_theme",
        *[f"theme_{part}" for part in ("share", "low", "high")],
        "indicator",
        *[f"survey_{part}" for part in ("n", "share", "low", "high")],
    )
