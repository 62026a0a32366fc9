"""How a municipality stands, field by field, beside others."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from samspill import vocabulary
from samspill.register.mirror.profile import COUNTRY
from samspill.typology import TYPOLOGIES, Placement
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.reference import Reference
from samspill.web.mirror.words import (
    DASH,
    field_name,
    number,
    percent,
    said,
    share_interval,
    type_name,
    value_name,
    variable_name,
)
from samspill.web.municipality.words import language

SCHEMES = ("forms", "economic_relations", "coordination")
_CONCEPTS = vocabulary.load().fields.concepts
FIELDS = tuple(one.identifier for one in _CONCEPTS if one.attributes.get("named_in_report", True))
"""The fields that have a name, so that an entry can be about them."""
STUDIED = tuple(one.identifier for one in _CONCEPTS if one.attributes["in_depth"])
"""The fields that the founding study went into."""


@dataclass(frozen=True, slots=True)
class Others:
    """A share of others as written; ``note`` says why there is none."""

    share: str
    interval: str
    n: str
    note: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in a field: the municipality's own answer, and each group of others."""

    variable: str
    label: str
    own: str
    value: str
    entries: int
    reason: str
    others: tuple[Others, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a field is placed in a typology, as written."""

    typology: str
    label: str
    status: str
    name: str
    probability: str
    pieces: int
    sources: int


@dataclass(frozen=True, slots=True)
class FieldStanding:
    """A field in short: how many of the forms are in use, of those known, and of others the mean
    of the shares of the forms; ``relations`` is the category of their number."""

    field: str
    label: str
    in_use: int
    known: int
    others: float | None
    others_written: str
    n: str
    relations: str
    coordination: tuple[str, ...]
    placed: tuple[Placed, ...]

    @property
    def share(self) -> float:
        return self.in_use / self.known if self.known else 0.0


def standings(mirror: Mirror, others: Reference | None) -> list[FieldStanding]:
    """Every field, in the vocabulary's order."""
    return [_standing(mirror, others, field) for field in FIELDS]


def lines(mirror: Mirror, others: Reference | None, field: str) -> dict[str, list[Line]]:
    """The indicators of a field by scheme: forms, support, coordination."""
    words = vocabulary.load()
    return {
        scheme: [_line(mirror, others, name, field) for name in words.schemes[scheme]]
        for scheme in SCHEMES
    }


def group_names(others: Reference | None) -> list[str]:
    """The headings of the groups of others, the country first."""
    if others is None:
        return []
    return [_("The country"), *(_group_name(*group) for group in others.groups)]


def _group_name(attribute: str, value: str) -> str:
    if attribute == "has_policy":
        return _("With a policy") if value == "yes" else _("Without a policy")
    return value


def state(mirror: Mirror, variable: str, field: str) -> dict[str, object]:
    """What the register answers to a question in a field; empty where it is not asked."""
    about = (pl.col("variable") == variable) & (pl.col("field") == field)
    found = mirror.answers.states.filter(about)
    return found.row(0, named=True) if found.height else {}


def _line(mirror: Mirror, others: Reference | None, variable: str, field: str) -> Line:
    own = state(mirror, variable, field)
    attributes = [COUNTRY, *(a for a, _v in others.groups)] if others else []
    value = str(own.get("value") or "")
    return Line(
        variable,
        variable_name(variable),
        value_name(variable, value),
        value,
        int(str(own.get("entries", 0))),
        said(str(own.get("reason") or "")),
        tuple(_others(others, variable, field, a) for a in attributes if others),
    )


def _others(others: Reference, variable: str, field: str, attribute: str) -> Others:
    row = others.row(variable, field, attribute)
    if not row:
        return Others(DASH, "", "", _("not asked in the study"), None)
    share, low, high = (_number(row[name]) for name in ("share", "low", "high"))
    return Others(
        percent(share), share_interval(low, high), str(row["n"]), said(str(row["note"])), share
    )


def _number(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _standing(mirror: Mirror, others: Reference | None, field: str) -> FieldStanding:
    words = vocabulary.load()
    own = [_line(mirror, others, name, field) for name in words.forms]
    shares = [line.others[0].value for line in own if line.others]
    known = [share for share in shares if share is not None]
    mean = sum(known) / len(known) if len(known) == len(own) else None
    relations = str(state(mirror, "number_of_relations", field).get("value") or "")
    return FieldStanding(
        field,
        field_name(field),
        sum(line.value == "1" for line in own),
        sum(line.value != "" for line in own),
        mean,
        number(len(own) * mean, 1) if mean is not None else DASH,
        own[0].others[0].n if mean is not None else "",
        value_name("number_of_relations", relations) if relations else DASH,
        tuple(
            variable_name(name)
            for name in words.coordination
            if state(mirror, name, field).get("value") == "1"
        ),
        tuple(_placed(mirror, typology, field) for typology in TYPOLOGIES),
    )


def placement(mirror: Mirror, typology: str, field: str) -> Placement | None:
    """Where a field is placed; None where no entry speaks of it."""
    return next((p for p in mirror.placements(typology) if p.field == field), None)


def _placed(mirror: Mirror, typology: str, field: str) -> Placed:
    label = vocabulary.load().schemes[typology].label(language())
    found = placement(mirror, typology, field)
    if found is None:
        return Placed(typology, label, "not_enough_evidence", status_name(None), DASH, 0, 0)
    sources = found.evidence["source"].n_unique()
    return Placed(
        typology,
        label,
        found.status,
        type_name(typology, found.ideal_type) or status_name(found),
        percent(found.probability),
        found.evidence.height,
        sources,
    )


def status_name(found: Placement | None) -> str:
    """What a placement came to where it is no ideal type."""
    return {
        "placed": _("placed"),
        "not_found": _("outside the types"),
        "undecided": _("undecided"),
        "not_enough_evidence": _("not enough evidence"),
    }[found.status if found else "not_enough_evidence"]
