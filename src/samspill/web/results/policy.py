"""The page on volunteer policy: every comparison, on a chosen scale, with a chosen correction."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.analysis.silence import conditions
from samspill.language import format_number, format_p, format_percent, translator
from samspill.presentation.figures.effects import (
    LEVEL,
    Correction,
    Scale,
    effects_figure,
)
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.registry import SPECS
from samspill.presentation.figures.svg import size
from samspill.presentation.tables.conditions import condition_sentence
from samspill.presentation.tables.source import POLICY, LacksAnswers
from samspill.presentation.tables.words import listed
from samspill.web.results import words
from samspill.web.results.explorer_page import difference_written, origin_query
from samspill.web.results.missing.beside import (
    weighted_difference,
    weighted_odds_ratio,
    weighting_note,
)
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, withheld

SPEC = next(spec for spec in SPECS if spec.number == "policy_effects")
Sort = Literal["field", "p", "difference"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """What the reader has chosen to see."""

    scale: Scale = "points"
    correction: Correction = "bh"
    sort: Sort = "field"

    @property
    def query(self) -> str:
        """The choice of the figure, as the query of an address."""
        return f"scale={self.scale}&correction={self.correction}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row of the table, as written; ``origin_*`` are queries of the page of each share."""

    indicator: str
    label: str
    field: str
    without: str
    without_share: str
    with_policy: str
    with_share: str
    estimate: str
    interval: str
    p: str
    fisher: str
    corrected: str
    printed: str
    remains: bool
    provenance: str
    origin_without: str
    origin_with: str
    weighted: str = ""


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """``comparisons`` is empty where the study compares nothing by policy."""

    lead: tuple[str, ...] = ()
    basis: str = ""
    comparisons: tuple[Comparison, ...] = ()
    marks_printed: bool = False
    alt: str = ""
    note: str = ""
    warning: str = ""
    width: int = 0
    height: int = 0
    withheld: int = 0
    conditions: tuple[tuple[str, str], ...] = ()
    weighting: str = ""

    @property
    def weighted(self) -> bool:
        """Whether any comparison has a weighted number."""
        return any(row.weighted for row in self.comparisons)


def read_policy_choice(given: Mapping[str, str]) -> PolicyChoice:
    """The choice that an address asks for; what it does not say, or cannot, is the usual."""
    usual = PolicyChoice()
    scale, correction, sort = (given.get(name, "") for name in ("scale", "correction", "sort"))
    return PolicyChoice(
        scale if scale in get_args(Scale) else usual.scale,  # type: ignore[arg-type]
        correction if correction in get_args(Correction) else usual.correction,  # type: ignore[arg-type]
        sort if sort in get_args(Sort) else usual.sort,  # type: ignore[arg-type]
    )


def policy_figure(edition: Edition, choice: PolicyChoice) -> Figure | None:
    """The figure of a choice, or None where there is nothing to compare or to show."""
    try:
        return effects_figure(
            edition.analysis,
            SPEC,
            words.language(),
            scale=choice.scale,
            correction=choice.correction,
            hidden=hidden_pairs(edition),
        )
    except LacksAnswers:
        return None


def policy_page(edition: Edition, choice: PolicyChoice) -> PolicyPage:
    """Everything on the page, in the page's language."""
    figure = policy_figure(edition, choice)
    if figure is None:
        return PolicyPage(withheld=len(hidden_pairs(edition)))
    rows = figure.data.to_dicts()
    width, height = size(figure.to_svg())
    return PolicyPage(
        lead=_lead(rows, _marks_printed(figure.data)),
        basis=_basis(edition, rows),
        comparisons=tuple(
            _comparison(row, choice, edition.analysis.groups(POLICY))
            for row in _sorted(rows, choice.sort)
        ),
        marks_printed=_marks_printed(figure.data),
        alt=figure.alt,
        note=f"{figure.subtitle} {figure.note}",
        warning=figure.warning,
        width=round(width),
        height=round(height),
        withheld=rows[0]["tests"] - len(rows),
        conditions=_conditions(edition, rows),
        weighting=weighting_note(edition.analysis),
    )


def _conditions(edition: Edition, rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """What the differences that remain rest on: the place of each, and a sentence."""
    t = translator(words.language())
    standing = sorted((r for r in rows if r["p_bh"] < LEVEL), key=lambda row: row["p"])
    told = [
        (
            _place(row),
            condition_sentence(conditions(edition.analysis, row["indicator"], row["field"]), t),
        )
        for row in standing
    ]
    return tuple((place, sentence) for place, sentence in told if sentence)


def hidden_pairs(edition: Edition) -> frozenset[tuple[str, str]]:
    """The (indicator, field) whose counts by policy are not to be shown."""
    analysis = edition.analysis
    if POLICY not in analysis.study.units.columns:
        return frozenset()
    found = withheld(edition, POLICY)
    if not found:
        return frozenset()
    return frozenset(
        (name, field)
        for name in analysis.definitions
        for field in analysis.all_fields
        if is_withheld(found, name, field)
    )


def _marks_printed(data: pl.DataFrame) -> bool:
    return data["printed_stars"].drop_nulls().len() > 0


def _sorted(rows: Sequence[Row], sort: Sort) -> list[Row]:
    if sort == "p":
        return sorted(rows, key=lambda row: row["p"])
    if sort == "difference":
        return sorted(rows, key=lambda row: -abs(row["value"]))
    return list(rows)


def _lead(rows: Sequence[Row], printed: bool) -> tuple[str, ...]:
    marked = [row for row in rows if row["marked"]]
    panels = [row["panel"] for row in marked]
    told: Row = {"n": len(marked), "k": len(rows)}
    if not marked:
        first = _("None of the %(k)s differences is below the 5 per cent level.") % told
    else:
        most = max(dict.fromkeys(panels), key=panels.count)
        told |= {"most": panels.count(most), "field": words.quoted(most)}
        first = (
            _(
                "%(n)s of the %(k)s comparisons are marked as significant in print, most of them "
                "(%(most)s) in %(field)s."
            )
            if printed
            else _(
                "%(n)s of the %(k)s differences are below the 5 per cent level when each is taken "
                "alone, most of them (%(most)s) in %(field)s."
            )
        ) % told
    return (
        first,
        _left(rows, "p_bh"),
        _left(rows, "p_holm"),
        _("The survey cannot tell what came first."),
    )


def _left(rows: Sequence[Row], corrected: str) -> str:
    """What a correction leaves, by name."""
    standing = sorted((r for r in rows if r[corrected] < LEVEL), key=lambda row: row["p"])
    told = {
        "k": rows[0]["tests"],
        "n": len(standing),
        "names": listed([_place(row) for row in standing], translator(words.language())),
    }
    if corrected == "p_bh":
        if not standing:
            return _("When all %(k)s tests are counted, none remains.") % told
        return (
            ngettext(
                "When all %(k)s tests are counted by Benjamini and Hochberg's method, %(n)s "
                "remains: %(names)s.",
                "When all %(k)s tests are counted by Benjamini and Hochberg's method, %(n)s "
                "remain: %(names)s.",
                len(standing),
            )
            % told
        )
    if not standing:
        return _("Holm's stricter method leaves none.")
    return _("Holm's stricter method leaves %(n)s: %(names)s.") % told


def _place(row: Row) -> str:
    return _("%(indicator)s in %(field)s") % {
        "indicator": words.quoted(row["row"]),
        "field": words.quoted(row["panel"]),
    }


def _basis(edition: Edition, rows: Sequence[Row]) -> str:
    analysis = edition.analysis
    return _(
        "%(answered)s of %(all)s units answered; at most %(without)s without and %(with)s with a "
        "policy."
    ) % {
        "answered": format_number(analysis.respondents, 0, words.language()),
        "all": format_number(analysis.study.population_size, 0, words.language()),
        "without": max(row["n_reference"] for row in rows),
        "with": max(row["n_comparison"] for row in rows),
    }


def _comparison(row: Row, choice: PolicyChoice, groups: tuple[str, ...]) -> Comparison:
    language = words.language()
    low, high = (_estimate(row[end], choice.scale) for end in ("from", "to"))
    of = _("%(count)s of %(n)s")
    return Comparison(
        indicator=row["indicator"],
        label=row["row"],
        field=row["panel"],
        without=of % {"count": row["count_reference"], "n": row["n_reference"]},
        without_share=format_percent(row["share_reference"], 1, language),
        with_policy=of % {"count": row["count_comparison"], "n": row["n_comparison"]},
        with_share=format_percent(row["share_comparison"], 1, language),
        estimate=_estimate(row["value"], choice.scale),
        interval=words.interval(low, high),
        p=format_p(row["p"], language),
        fisher=format_p(row["p_fisher"], language),
        corrected=""
        if choice.correction == "none"
        else format_p(row[f"p_{choice.correction}"], language),
        printed=row["printed_stars"] or "",
        remains=row["survives"],
        provenance=words.provenance(row["provenance"]),
        origin_without=origin_query(row["field"], POLICY, groups[0], ""),
        origin_with=origin_query(row["field"], POLICY, groups[1], ""),
        weighted=weighted_difference(row) if choice.scale == "points" else weighted_odds_ratio(row),
    )


def _estimate(value: float, scale: Scale) -> str:
    if scale == "points":
        return difference_written("share", value)
    return format_number(math.exp(value), 2, words.language())
