"""The process map: for all, for one field, for units with or without a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.language import format_number, format_percent
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.process import centre, heaviest, process_map
from samspill.presentation.figures.svg import size
from samspill.presentation.tables.source import POLICY, LacksAnswers, splits_by_policy
from samspill.presentation.tables.weighted import sentences_are_weighted
from samspill.web.results import words
from samspill.web.results.explorer_page import origin_query
from samspill.web.results.missing.beside import weighting_note
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, withheld
from samspill.web.results.written import Written, written


@dataclass(frozen=True, slots=True)
class ProcessChoice:
    """``field`` is empty for all fields studied in depth together, ``group`` for all units."""

    field: str = ""
    group: str = ""

    @property
    def query(self) -> str:
        given = {"field": self.field, "group": self.group}
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class ProcessPage:
    """``fields`` and ``groups`` can be chosen, each with its label. ``table`` is None where the
    study cannot fill the map, or may not show it."""

    fields: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    lead: str
    table: Written | None = None
    alt: str = ""
    note: str = ""
    warning: str = ""
    width: int = 0
    height: int = 0
    weighting: str = ""


def read_process_choice(given: Mapping[str, str], edition: Edition) -> ProcessChoice:
    """The choice that an address asks for; what the study does not have is left out."""
    field, group = given.get("field", ""), given.get("group", "")
    groups = edition.analysis.groups(POLICY) if splits_by_policy(edition.analysis) else ()
    return ProcessChoice(
        field if field in edition.analysis.fields else "", group if group in groups else ""
    )


def process_figure(edition: Edition, choice: ProcessChoice) -> Figure | None:
    """The map of a choice, or None where there is none to show."""
    try:
        found = process_map(
            edition.analysis,
            words.language(),
            field=choice.field or None,
            group=(POLICY, choice.group) if choice.group else None,
        )
    except SamspillError:
        return None
    hidden = withheld(edition, POLICY if choice.group else "")
    fields = [choice.field] if choice.field else list(edition.analysis.fields)
    small = any(
        is_withheld(hidden, name, field) for name in found.data["indicator"] for field in fields
    )
    return None if small else found


def process_page(edition: Edition, choice: ProcessChoice, study: str) -> ProcessPage:
    """Everything on the page, in the page's language; ``study`` is the slug of its addresses."""
    analysis = edition.analysis
    figure = process_figure(edition, choice)
    fields = tuple((name, analysis.label(name, words.language())) for name in analysis.fields)
    groups = tuple(
        (name, analysis.labels.category(POLICY, name, words.language()))
        for name in (analysis.groups(POLICY) if splits_by_policy(analysis) else ())
    )
    if figure is None:
        return ProcessPage(fields, groups, _nothing(edition))
    width, height = size(figure.to_svg())
    return ProcessPage(
        fields,
        groups,
        _lead(figure.data, weighted=sentences_are_weighted(analysis.study)),
        table=replace(
            written(figure.table, [_address(row, choice, study) for row in figure.data.to_dicts()]),
            note="",
        ),
        alt=figure.alt,
        note=f"{figure.subtitle} {figure.note}",
        warning=figure.warning,
        width=round(width),
        height=round(height),
        weighting=weighting_note(analysis),
    )


def _nothing(edition: Edition) -> str:
    try:
        process_map(edition.analysis, words.language())
    except LacksAnswers:
        return _(
            "The study has not asked about every phase, its forms and its economic relations. "
            "Where it has, they stand here along the way from policy to activity."
        )
    return _("These numbers are not shown: they would tell what fewer than five units answered.")


def _lead(data: pl.DataFrame, *, weighted: bool) -> str:
    share = "share_weighted" if weighted and "share_weighted" in data.columns else "share"
    top = data.filter(pl.col("kind") == "phase", pl.col("phase") == heaviest(data, share))
    told = {
        "phase": words.quoted(top["row"][0]),
        "share": format_percent(top[share][0], 0, words.language()),
        "count": top["count"][0],
        "n": top["n"][0],
        "centre": format_number(centre(data, share), 2, words.language()),
    }
    if share == "share_weighted":
        return (
            _(
                "In %(phase)s: %(share)s have at least one of its forms (%(count)s of %(n)s "
                "answers before weighting). The centre of gravity is %(centre)s, where 0 is policy "
                "development and 1 is activity."
            )
            % told
        )
    return (
        _(
            "In %(phase)s: %(share)s have at least one of its forms (%(count)s of %(n)s answers). "
            "The centre of gravity is %(centre)s, where 0 is policy development and 1 is activity."
        )
        % told
    )


def _address(row: dict[str, Any], choice: ProcessChoice, study: str) -> str:
    """Where the number of a row comes from; over several fields, each field's in the explorer."""
    split = POLICY if choice.group else ""
    if choice.field:
        query = origin_query(choice.field, split, choice.group, "")
        return f"{reverse('results:origin', args=[study, row['indicator']])}?{query}"
    query = urlencode({"indicator": row["indicator"], **({"split": split} if split else {})})
    return f"{reverse('results:explorer', args=[study])}?{query}"
