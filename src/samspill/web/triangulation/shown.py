"""A joint display as pages show it: words, marks, and where each side can be seen."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.qualitative import Tables
from samspill.qualitative.queries import conditions, quotes
from samspill.triangulation import JointDisplay, Position, Row
from samspill.triangulation.display import CLOSED
from samspill.triangulation.memo import CLOSE, Decision, Reason, in_language
from samspill.triangulation.position import NOT_ASKED, NOT_BROUGHT, NOT_MEASURED, SILENT
from samspill.triangulation.themes import (
    INTERVIEWS,
    MUNICIPALITY,
    ORGANISATION,
    REGISTER,
    SURVEY,
    Theme,
)
from samspill.triangulation.words import MARKS, Words
from samspill.web.interviews.models import KnownName
from samspill.web.studies.models import Study
from samspill.web.triangulation.gathering import Gathered

WHOLE = "all"
"""A theme of the unit as a whole, in an address."""
QUOTED = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A comparison in the overview; ``told`` is what a screen reader says of it."""

    field: str
    mark: str
    state: str
    word: str
    standing: str
    unsettled: bool
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """A theme in the overview, with a cell for each column of fields, None where not compared."""

    theme: str
    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Number:
    label: str
    value: str
    said: str
    address: str


@dataclass(frozen=True, slots=True)
class Side:
    """One source of a comparison; ``missing`` says why it does not speak, ``bring`` how it can."""

    column: str
    label: str
    sentence: str
    numbers: tuple[Number, ...] = ()
    quotes: tuple[tuple[str, str, bool], ...] = ()
    statement: str = ""
    origin: str = ""
    missing: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be seen, with its address where it is a page."""

    label: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    direction: str
    text: str
    by: str
    source: Place


@dataclass(frozen=True, slots=True)
class ShownReason:
    id: str
    kind: str
    text: str
    by: str
    source: Place
    general: bool
    evidence: tuple[ShownEvidence, ...] = field(default=())


def columns_of(display: JointDisplay) -> tuple[str, ...]:
    """The fields of the overview's columns, in the vocabulary's order."""
    found = dict.fromkeys(f for row in display.rows for f in row.theme.fields() if f)
    order = next((row.theme.fields() for row in display.rows if row.theme.per_field), ())
    return tuple(f for f in order if f in found)


def lines(display: JointDisplay, words: Words) -> tuple[Line, ...]:
    """The overview: a line for each theme; one of the unit as a whole fills all columns."""
    fields = columns_of(display)
    themes: dict[str, Theme] = {row.theme.identifier: row.theme for row in display.rows}
    at = {(row.theme.identifier, row.field): row for row in display.rows}
    from samspill.triangulation import themes as shipped

    order = [theme.identifier for theme in shipped() if theme.identifier in themes]
    made = []
    for name in order:
        theme = themes[name]
        places = fields if theme.per_field else ("",)
        cells = tuple(cell(at[name, f], words) if (name, f) in at else None for f in places)
        made.append(Line(name, theme.label(words.language), cells))
    return tuple(made)


def cell(row: Row, words: Words) -> Cell:
    word, standing = words.assessment(row.holds), words.standing(row.standing)
    told = f"{words.place(row)}: {word}{f', {standing.lower()}' if standing else ''}"
    return Cell(
        row.field or WHOLE, MARKS[row.holds], row.holds, word, standing, row.unsettled, told
    )


def sides(
    row: Row, found: Gathered, words: Words, study: Study, tables: Tables | None, *, member: bool
) -> tuple[Side, ...]:
    """What each source says, with its numbers, quotes and links."""
    return tuple(_side(row, p, found, words, study, tables, member) for p in row.positions)


def _side(
    row: Row, position: Position, found: Gathered, words: Words, study: Study,
    tables: Tables | None, member: bool,
) -> Side:  # fmt: skip
    theme, column = row.theme, position.column
    spoken = column in (MUNICIPALITY, ORGANISATION)
    numbers = tuple(
        Number(
            theme.item(m.item).label(words.language),
            words.number(theme, position, m),
            words.verdict(theme.item(m.item), position.verdicts[m.item])
            if m.item in position.verdicts
            else "",
            _origin(found, study, position, theme, m.item, row.field) if column == SURVEY else "",
        )
        for m in position.measures
    )
    statement = next(
        (
            in_language(s.texts, words.language)
            for s in found.memos.statements
            if (s.theme, s.column) == (theme.identifier, column) and s.field in ("", row.field)
        ),
        "",
    )
    return Side(
        column,
        words.column(column),
        words.says(theme, position),
        numbers,
        _quotes(row, position, study, tables, words.language) if spoken and tables else (),
        statement if position.stated else "",
        _told_origin(position, found, words),
        "" if position.speaks else _why(position, member=member),
        _links(position, row, study, tables) if member else (),
    )


def _told_origin(position: Position, found: Gathered, words: Words) -> str:
    if position.stated:
        kind, _sep, number = position.where.partition(" ")
        place = words.t("chapter {number}", number=number) if kind == "chapter" else position.where
        told = _("Written down, and not counted here.")
        if position.elsewhere:
            told += " " + _("It is said of all fields together.")
        return f"{told} {place[:1].upper()}{place[1:]}." if place else told
    if position.column == REGISTER and found.register is not None:
        on = date_format(found.register.on, "SHORT_DATE_FORMAT")
        told = _("%(name)s, as of %(on)s.") % {"name": found.register.name, "on": on}
        return told + (" " + _("Invented.") if found.register.invented else "")
    known = {
        "observed": _("Answers as they were given."),
        "invented": _("Invented."),
        "reconstructed exactly": _("Counts reconstructed exactly from print."),
        "consistent with what is printed": _("Counts that agree with what is printed."),
    }
    return " ".join(known.get(p, p) for p in position.provenance.split("; ") if p)


def _why(position: Position, *, member: bool) -> str:
    """Why a source does not speak, and what a member can do; empty where its sentence says it."""
    spoken = position.column in (MUNICIPALITY, ORGANISATION, INTERVIEWS)
    column = "" if spoken else position.column
    if position.state == NOT_BROUGHT and not member:
        return _("It is not among what has been shared, or there is none.")
    told = {
        (NOT_BROUGHT, ""): _("The study has no texts of this side."),
        (NOT_BROUGHT, SURVEY): _("Nobody has answered a collection of the study yet."),
        (NOT_BROUGHT, REGISTER): _("No municipality's register has been brought to the study."),
        (NOT_MEASURED, ""): _(
            "None of the study's codes speaks of it: code for it, or write down what is said."
        ),
        (NOT_MEASURED, SURVEY): _("The questionnaire has no question about it."),
        (NOT_MEASURED, REGISTER): _(
            "The register holds no table about it, or one that is not in use."
        ),
        (NOT_ASKED, ""): _(
            "There is no interview of this side in this field: silence is not read from it."
        ),
        (SILENT, ""): _("They were asked, and none brings it up."),
    }
    return told.get((position.state, column), "")


def _origin(
    found: Gathered, study: Study, position: Position, theme: Theme, item: str, place: str
) -> str:
    known = theme.item(item).indicators
    if not found.published or not known:
        return ""
    query = urlencode({"field": place}) if place else ""
    address = reverse("results:origin", args=[study.slug, known[0]])
    return f"{address}?{query}" if query else address


def _links(
    position: Position, row: Row, study: Study, tables: Tables | None
) -> tuple[tuple[str, str], ...]:
    """Where a member goes on: the passages behind, or how the source is brought in."""
    if position.column in (MUNICIPALITY, ORGANISATION):
        if tables is None or position.state == NOT_BROUGHT:
            return ((_("Add texts"), reverse("interviews:add_texts", args=[study.slug])),)
        if position.state == NOT_MEASURED:
            return ((_("Codes"), reverse("interviews:codes", args=[study.slug])),)
        base = reverse("interviews:passages", args=[study.slug])
        side = {"side": position.column, **({"field": row.field} if row.field else {})}
        rows = tables.codes.filter(pl.col("concept").is_in(position.where.split(";")))
        return tuple(
            (name, f"{base}?{urlencode({'code': code, **side})}")
            for code, name in rows.select("code", "name").iter_rows()
        )
    if position.column == SURVEY and position.state == NOT_BROUGHT:
        return ((_("Fieldwork"), reverse("fieldwork:overview", args=[study.slug])),)
    if position.column == REGISTER and position.state == NOT_BROUGHT:
        return ((_("Bring a register"), reverse("sources:register", args=[study.slug])),)
    return ()


def _quotes(
    row: Row, position: Position, study: Study, tables: Tables, language: str
) -> tuple[tuple[str, str, bool], ...]:
    """A few quotes fit for print: never the unit, nobody who is not to be quoted."""
    concepts = position.where.split(";")
    codes = tables.codes.filter(pl.col("concept").is_in(concepts))["code"].to_list()
    if not codes:
        return ()
    wanted = conditions.code(*codes) & conditions.side(position.column)
    if row.field:
        wanted = wanted & conditions.field(row.field)
    names = list(KnownName.objects.filter(study=study).values_list("text", flat=True))
    found = quotes(tables, wanted, language=language, known_names=names, longest=240)
    shown = found.frame.filter(~pl.col("named")).unique("speaker", maintain_order=True)
    rows = shown.head(QUOTED).select("quote", "speaker", "invented").iter_rows()
    return tuple((quote, speaker, invented) for quote, speaker, invented in rows)


def reasons(row: Row, found: Gathered, words: Words, study: Study) -> tuple[ShownReason, ...]:
    """The possible reasons with their evidence; ``general`` are of all fields."""
    own = {r.id for r in found.memos.reasons.get((row.theme.identifier, row.field), ())}
    return tuple(_reason(r, words, study, general=r.id not in own) for r in row.memo.reasons)


def _reason(reason: Reason, words: Words, study: Study, *, general: bool) -> ShownReason:
    return ShownReason(
        reason.id,
        words.reason(reason.kind),
        in_language(reason.texts, words.language),
        words.by(reason.by),
        _source(reason.source, words, study),
        general,
        tuple(
            ShownEvidence(
                words.direction(e.direction),
                in_language(e.texts, words.language),
                words.by(e.by),
                _source(e.source, words, study),
            )
            for e in reason.evidence
        ),
    )


def _source(source: str, words: Words, study: Study) -> Place:
    """Where something can be seen: a chapter, a page of the study, or what was written."""
    kind, _sep, number = source.partition(" ")
    if kind == "chapter" and number:
        return Place(words.t("chapter {number}", number=number))
    name, _sep, query = source.partition("?")
    page, _sep, _about = name.partition("/")
    pages = {
        "explorer": ("results:explorer", _("the numbers")),
        "cases": ("results:cases", _("the cases")),
        "methods": ("results:method", _("the method")),
        "instrument": ("instruments:overview", _("the questionnaire")),
    }
    if page not in pages:
        return Place("" if page == "register" else source)
    address, label = pages[page]
    if page == "instrument":
        return Place(label)
    return Place(label, reverse(address, args=[study.slug]) + (f"?{query}" if query else ""))


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision; ``role`` is that of the one who made it in the study as it is now, empty of who
    is no member, and ``holds`` says whether it is of what is said now."""

    what: str
    text: str
    by: str
    role: str
    date: datetime.date | None
    holds: bool


def decisions(row: Row, words: Words, study: Study) -> list[ShownDecision]:
    """What people decided, the latest first."""
    roles = _roles(study)
    return [_decision(d, row, words, roles) for d in reversed(row.memo.decisions)]


def _decision(made: Decision, row: Row, words: Words, roles: Mapping[str, str]) -> ShownDecision:
    return ShownDecision(
        words.decision(made.kind)
        + (f": {words.assessment(made.value).lower()}" if made.value else ""),
        in_language(made.texts, words.language),
        words.by(made.by),
        roles.get(made.id, ""),
        datetime.date.fromisoformat(made.date) if made.date else None,
        made.fingerprint == row.fingerprint,
    )


def _roles(study: Study) -> dict[str, str]:
    """The role of whom each decision made in the application is of, by the decision's identity."""
    held = {each.user_id: str(each.get_role_display()) for each in study.memberships.all()}
    made = study.source_decisions.values_list("guid", "user_id")
    return {str(guid): held.get(user, "") for guid, user in made}


def summed(rows: Sequence[Row], words: Words) -> list[dict[str, Any]]:
    """Comparisons as a list: where, how they stand, and on what."""
    return [
        {
            "theme": row.theme.identifier,
            "field": row.field or WHOLE,
            "place": words.place(row),
            "mark": MARKS[row.holds],
            "standing": words.standing(row.standing),
            "on": next(
                (words.relation(row.theme, r) for r in row.resting if r.state == row.assessment), ""
            ),
            "margin": words.margin(row),
            "reasons": len(row.memo.reasons),
        }
        for row in rows
    ]


def closed(display: JointDisplay, words: Words, study: Study) -> list[dict[str, Any]]:
    """The contradictions that somebody has closed for what is said now, each with the
    ``decision``: why, by whom, and when."""
    rows, roles = [row for row in display.rows if row.standing == CLOSED], _roles(study)
    made = [(row, row.memo.latest(CLOSE)) for row in rows]
    return [
        {**told, "decision": _decision(decision, row, words, roles)}
        for told, (row, decision) in zip(summed(rows, words), made, strict=True)
        if decision is not None
    ]
