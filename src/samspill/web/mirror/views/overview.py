"""How do we stand, field by field, and beside others?"""

from __future__ import annotations

from collections import defaultdict

from django.http import Http404, HttpResponse

from samspill import vocabulary
from samspill.typology import TYPOLOGIES, Placement, register_rules
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.mirror.advising import shown
from samspill.web.mirror.drawings import drawn
from samspill.web.mirror.links import Link, links
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.reference import reference
from samspill.web.mirror.standing import (
    FIELDS,
    STUDIED,
    group_names,
    lines,
    standings,
    status_name,
)
from samspill.web.mirror.standing import (
    placement as placement_of,
)
from samspill.web.mirror.views.common import page
from samspill.web.mirror.words import field_name, percent, said, share_interval, type_name
from samspill.web.municipality.words import concept_name, language

STRONGEST = 3


@at_desk(DeskPermission.READ_REGISTER)
def overview(request: DeskRequest, municipality: str) -> HttpResponse:
    """All fields in short, the figures, and what stands out most."""
    mirror = Mirror(request.municipality)
    others = reference(mirror)
    found = standings(mirror, others)
    studied = [one for one in found if one.field in STUDIED]
    signals = mirror.signals
    context = {
        "standings": found,
        "in_use": sum(one.in_use for one in studied),
        "known": sum(one.known for one in studied),
        "fields": len(studied),
        "reference": others,
        "signals": [shown(mirror, one) for one in signals[:STRONGEST]],
        "signal_count": len(signals),
        "figures": [f for n in ("forms", *TYPOLOGIES) if (f := drawn(mirror, n)) is not None],
    }
    return page(request, "mirror/overview.html", "overview", context)


@at_desk(DeskPermission.READ_REGISTER)
def field(request: DeskRequest, municipality: str, field: str) -> HttpResponse:
    """Forms, support and coordination in one field, each beside others."""
    if field not in FIELDS:
        raise Http404
    mirror = Mirror(request.municipality)
    others = reference(mirror)
    parts = lines(mirror, others, field)
    words = vocabulary.load()
    context = {
        "field": field,
        "field_label": field_name(field),
        "standing": next(one for one in standings(mirror, others) if one.field == field),
        "parts_of_field": [
            (words.schemes[name].label(language()), rows) for name, rows in parts.items()
        ],
        "groups": group_names(others),
        "reference": others,
        "others": [(name, field_name(name)) for name in FIELDS if name != field],
    }
    return page(request, "mirror/field.html", "overview", context)


@at_desk(DeskPermission.READ_REGISTER)
def placement(request: DeskRequest, municipality: str, field: str, typology: str) -> HttpResponse:
    """Where the entries place a field, how sure that is, and which entries they are."""
    if field not in FIELDS or typology not in TYPOLOGIES:
        raise Http404
    mirror = Mirror(request.municipality)
    found = placement_of(mirror, typology, field)
    context = {
        "field": field,
        "field_label": field_name(field),
        "typology_label": vocabulary.load().schemes[typology].label(language()),
        "found": found,
        "status": status_name(found),
        "type": type_name(typology, found.ideal_type) if found else "",
        "probability": percent(found.probability) if found else "",
        "axes": _axes(found) if found else [],
        "candidates": _candidates(found, typology) if found else [],
        "evidence": _evidence(mirror, found) if found else [],
    }
    return page(request, "mirror/placement.html", "overview", context)


def _axes(found: Placement) -> list[dict[str, object]]:
    axes = {axis.identifier: axis for axis in vocabulary.load().schemes[found.typology].axes}
    rows = []
    for name, axis in axes.items():
        row = found.position(name)
        first, second = axis.narrower
        rows.append(
            {
                "axis": axis.label(language()),
                "first_pole": first.label(language()),
                "second_pole": second.label(language()),
                "first": row["first"],
                "second": row["second"],
                "share": percent(row["share"]),
                "interval": share_interval(row["low"], row["high"]),
                "sources": row["sources"],
                "note": said(row["note"]),
            }
        )
    return rows


def _candidates(found: Placement, typology: str) -> list[tuple[str, str]]:
    return [
        (type_name(typology, row["ideal_type"]) or "", percent(row["probability"]))
        for row in found.candidates.to_dicts()
        if row["ideal_type"]
    ]


def _evidence(mirror: Mirror, found: Placement) -> list[tuple[str, str, list[Link]]]:
    """The entries by the rule that makes them speak, with the pole or type they speak for."""
    rules = {one.rule.identifier: one for one in register_rules()}
    pieces: dict[str, list[str]] = defaultdict(list)
    for row in found.evidence.select("evidence", "entry").iter_rows():
        pieces[row[0]].append(row[1])
    return [
        (
            rules[name].label[language()],
            concept_name(found.typology, rules[name].rule.ideal_type)
            if rules[name].rule.ideal_type
            else _pole(found.typology, rules[name].rule.axis, rules[name].rule.pole),
            links(mirror, entries),
        )
        for name, entries in pieces.items()
    ]


def _pole(typology: str, axis: str, pole: str) -> str:
    axes = vocabulary.load().schemes[typology].axes
    held = next(one for one in axes if one.identifier == axis)
    return next(one.label(language()) for one in held.narrower if one.identifier == pole)
