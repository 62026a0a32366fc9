"""Needs as anyone sees them: only the columns that are shown to anyone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import formats

from samspill.web.municipality.words import concept_name
from samspill.web.volunteering.capacity import Standing


@dataclass(frozen=True, slots=True)
class PublicNeed:
    """What is told of a need; what is not shown to anyone is empty."""

    title: str
    who: str
    field: str
    field_name: str
    description: str
    place: str
    times: str
    languages: str
    left: int | None
    open_until: str


def shown_to_anyone(standing: Standing) -> PublicNeed:
    """A need with what is hidden left out, also the name of an organisation that is hidden."""
    need = standing.need
    shown = set(need.public)
    holder = need.organisation or need.municipal_unit
    column = "organisation" if need.organisation else "municipal_unit"
    named = holder is not None and column in shown and "name" in holder.public

    def text(name: str) -> str:
        return str(getattr(need, name)) if name in shown else ""

    until = need.open_until if "open_until" in shown else None
    return PublicNeed(
        title=text("title"),
        who=str(holder) if named else "",
        field=text("field"),
        field_name=concept_name("fields", need.field) if text("field") else "",
        description=text("description"),
        place=text("place"),
        times=text("times"),
        languages=text("languages"),
        left=standing.left if "wanted" in shown else None,
        open_until=formats.date_format(until, "SHORT_DATE_FORMAT") if until else "",
    )
