"""The overview: the findings in a page, and the fields at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.language import format_percent
from samspill.presentation import figure, headline_findings
from samspill.presentation.tables.source import LacksAnswers
from samspill.web.results import words
from samspill.web.results.checking import checked
from samspill.web.results.explorer_page import origin_query
from samspill.web.results.missing.beside import weighted_alone, weighting_note
from samspill.web.results.pictures import Picture, picture_of
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, withheld

PROCESS = "4.11"
AT_A_GLANCE = ("has_relation", "coordination_position", "coordination_body", "meeting_point")


@dataclass(frozen=True, slots=True)
class Cell:
    """A share, as written, with the address of where it comes from after the indicator."""

    indicator: str
    share: str
    base: str
    origin: str
    weighted: str = ""


@dataclass(frozen=True, slots=True)
class FieldRow:
    field: str
    label: str
    cells: tuple[Cell, ...]
    most_common: str


@dataclass(frozen=True, slots=True)
class Overview:
    """``findings`` are whole sentences; ``columns`` are labels of ``AT_A_GLANCE``;
    ``weighting`` says which numbers stand in sentences, empty without weights."""

    lead: str
    findings: tuple[str, ...]
    provenance: str
    columns: tuple[str, ...]
    rows: tuple[FieldRow, ...]
    others: tuple[tuple[str, str], ...]
    process: Picture | None
    weighting: str
    has_cases: bool
    has_barriers: bool
    has_printed: bool


def overview_of(edition: Edition) -> Overview:
    """Everything on the overview, in the page's language."""
    analysis, language = edition.analysis, words.language()
    lead, *findings = headline_findings(analysis, language)
    columns = tuple(name for name in AT_A_GLANCE if name in analysis.definitions)
    fields = analysis.fields or analysis.all_fields
    return Overview(
        lead=lead,
        findings=tuple(findings),
        provenance=words.provenance(analysis.provenance.weakest()),
        columns=tuple(analysis.label(name, language) for name in columns),
        rows=tuple(_row(edition, field, columns) for field in fields),
        others=tuple(
            (f, analysis.label(f, language)) for f in analysis.all_fields if f not in fields
        ),
        process=picture(analysis, PROCESS),
        weighting=weighting_note(analysis),
        has_cases=analysis.study.cases is not None,
        has_barriers=any(name.startswith("barrier_") for name in analysis.definitions),
        has_printed=bool(checked(edition).rows),
    )


def picture(analysis: StudyAnalysis, number: str) -> Picture | None:
    """A numbered figure's words and measures, or None where the study cannot fill it."""
    try:
        drawn = figure(analysis, number, words.language())
    except LacksAnswers:
        return None
    return picture_of(drawn, number)


def _row(edition: Edition, field: str, columns: tuple[str, ...]) -> FieldRow:
    analysis = edition.analysis
    return FieldRow(
        field=field,
        label=analysis.label(field, words.language()),
        cells=tuple(_cell(edition, name, field) for name in columns),
        most_common=_most_common(edition, field),
    )


def _cell(edition: Edition, indicator: str, field: str) -> Cell:
    analysis = edition.analysis
    if field not in analysis.asked([indicator], None):
        return Cell(indicator, "–", "", "")
    if is_withheld(withheld(edition), indicator, field):
        return Cell(indicator, _("not shown"), "", "")
    row = analysis.shares(indicator, fields=[field]).frame.row(0, named=True)
    return Cell(
        indicator,
        format_percent(row["share"], 0, words.language()),
        _("%(count)s of %(n)s") % {"count": row["count"], "n": row["n"]},
        origin_query(field, "", "", ""),
        weighted_alone(row),
    )


def _most_common(edition: Edition, field: str) -> str:
    """The most common form in the field with its share; empty where none was asked about."""
    analysis, hidden = edition.analysis, withheld(edition)
    names = [
        name
        for name in analysis.labels.vocabulary.forms
        if name in analysis.definitions
        and field in analysis.asked([name], None)
        and not is_withheld(hidden, name, field)
    ]
    if not names:
        return ""
    rows = analysis.shares(names, fields=[field]).frame.to_dicts()
    top = max(rows, key=lambda row: row["share"] or 0)
    label = analysis.labels.short_label(top["indicator"], words.language())
    beside = weighted_alone(top)
    share = format_percent(top["share"], 0, words.language())
    return f"{label} ({share}; {beside})" if beside else f"{label} ({share})"
