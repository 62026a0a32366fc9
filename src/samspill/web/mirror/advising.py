"""Measures against what the mirror shows, and the way from one into the plan."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from samspill.advice import Advice, Measure, load
from samspill.advice.references import citation_reference
from samspill.register.labels import column_label, table_label
from samspill.register.mirror import Signal
from samspill.web.mirror.links import Link, links
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.words import barrier_name, field_name, percent, said, share_interval
from samspill.web.municipality.words import language


@dataclass(frozen=True, slots=True)
class Advised:
    """A measure as written. ``plan`` is where it is made a measure of the plan."""

    identifier: str
    grade: str
    grade_meaning: str
    title: str
    action: str
    known: str
    sign: str
    seen_in: str
    fields: str
    facts: str
    references: list[str]
    plan: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A signal as written: what is seen, the barrier it is linked to, and the entries behind."""

    identifier: str
    sentence: str
    barrier: str
    barrier_label: str
    share: str
    interval: str
    note: str
    fields: str
    entries: list[Link]


def shown(mirror: Mirror, signal: Signal) -> Shown:
    """A signal in words, with the entries behind it."""
    return Shown(
        signal.identifier,
        signal.sentence(language()),
        signal.barrier.removeprefix("barriers/"),
        barrier_name(signal.barrier),
        percent(signal.share),
        share_interval(signal.low, signal.high),
        said(signal.note),
        ", ".join(field_name(field) for field in signal.fields),
        links(mirror, signal.entries),
    )


def measures_for(code: str, barrier: str, field: str) -> list[Advised]:
    """The measures linked to a barrier, best evidence first, in the words of the page."""
    advice = load()
    found = advice.for_barrier(barrier, field or None)
    return [_advised(advice, one, code, advice.barrier(barrier), field) for one in found]


def all_barriers() -> list[tuple[str, str]]:
    """Every barrier, its path and what it is called."""
    return [(one.identifier, one.label(language())) for one in load().vocabulary.barriers.concepts]


def _advised(advice: Advice, measure: Measure, code: str, barrier: str, field: str) -> Advised:
    spoken = language()
    scales = advice.scales
    facts = (
        scales[name][term].labels[spoken]
        for name, term in (
            ("cost", measure.cost),
            ("effort", measure.effort),
            ("owner", measure.owner),
        )
    )
    return Advised(
        measure.identifier,
        measure.grade,
        scales["grade"][measure.grade].definitions[spoken],
        measure.titles[spoken],
        measure.actions[spoken],
        measure.known[spoken],
        measure.signs[spoken],
        ", ".join(
            f"{table_label(c.table, spoken)}: {column_label(c.table, c.column, spoken)}"
            for c in measure.seen_in
        ),
        ", ".join(field_name(one) for one in measure.fields),
        " · ".join(facts),
        [citation_reference(one, spoken) for one in measure.citations],
        _plan(code, measure, barrier, field),
    )


def _plan(code: str, measure: Measure, barrier: str, field: str) -> str:
    """The plan's page for a new measure; where there is none, the register's."""
    given = {"advice": measure.identifier, "barrier": barrier.partition("/")[0]}
    if field:
        given["field"] = field
    try:
        address = reverse("planning:new_measure", args=(code,))
    except NoReverseMatch:
        address = reverse("municipality:add", args=(code, "measures"))
        given |= {"title": measure.titles[language()], "description": measure.actions[language()]}
    return f"{address}?{urlencode(given)}"
