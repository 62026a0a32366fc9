"""The numbered figures and tables of a study as files."""

from __future__ import annotations

from dataclasses import dataclass

from samspill.presentation import figure, figure_numbers, table, table_numbers
from samspill.presentation.figures import Figure
from samspill.presentation.figures.case_places import NUMBER as CASE_PLACES
from samspill.presentation.figures.case_places import case_places_figure
from samspill.presentation.tables import Table
from samspill.presentation.tables.source import INVENTED, LacksAnswers
from samspill.web.results import words
from samspill.web.results.published import Edition
from samspill.web.results.withholding import gives_away

UNNUMBERED = ("policy_effects", "silence", CASE_PLACES)


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure or table that can be downloaded; ``numbered`` where print gave it its number."""

    number: str
    title: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class Offer:
    figures: tuple[Offered, ...]
    tables: tuple[Offered, ...]


def offer(edition: Edition) -> Offer:
    """What the study can fill, and may show, in the page's language."""
    figures = [numbered_figure(edition, number) for number in (*figure_numbers(), CASE_PLACES)]
    tables = [numbered_table(edition, number) for number in table_numbers()]
    return Offer(
        tuple(_offered(found) for found in figures if found is not None),
        tuple(_offered(found) for found in tables if found is not None),
    )


def numbered_figure(edition: Edition, number: str) -> Figure | None:
    """The figure of this number, or None where there is none to show: the study lacks the
    answers, or the figure would give units away."""
    if number == CASE_PLACES:
        return places_of_cases(edition)
    if number not in figure_numbers():
        return None
    try:
        found = figure(edition.analysis, number, words.language())
    except LacksAnswers:
        return None
    return None if gives_away(edition, found.data) else found


def places_of_cases(edition: Edition) -> Figure | None:
    """Where the study's cases stand among its units, or None where it has no such cases."""
    study = edition.analysis.study
    if study.cases is None or study.cases.is_empty():
        return None
    invented = INVENTED in study.provenance["provenance"]
    try:
        return case_places_figure(
            study.cases,
            words.language(),
            study.units,
            provenance=INVENTED if invented else "observed",
        )
    except LacksAnswers:
        return None


def numbered_table(edition: Edition, number: str) -> Table | None:
    """The table of this number, or None where the study lacks the answers."""
    if number not in table_numbers():
        return None
    try:
        return table(edition.analysis, number, words.language())
    except LacksAnswers:
        return None


def _offered(found: Figure | Table) -> Offered:
    return Offered(found.number, found.title, found.number not in UNNUMBERED)
