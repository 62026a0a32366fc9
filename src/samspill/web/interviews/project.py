"""The material of a study as the library knows it, and material of the library's taken in.

``tables_of`` comes straight from the database and is kept until something changes, since every
question begins with it.
"""

from __future__ import annotations

import datetime
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import models, transaction
from django.utils import timezone

from samspill import qualitative as q
from samspill.qualitative.tables import CODINGS, Tables
from samspill.web.accounts.models import User
from samspill.web.audit.models import Event
from samspill.web.audit.recording import record
from samspill.web.interviews.changes import changing, last_number
from samspill.web.interviews.coders import initials_of
from samspill.web.interviews.models import Code, Coder, Coding, Memo, Source
from samspill.web.studies.models import AttributeValue, Study, in_language

KEPT = 8
_tables: OrderedDict[int, tuple[tuple[datetime.datetime, int, int], Tables]] = OrderedDict()


def project_of(study: Study) -> q.Project:
    """All of a study's material. Sources have their unit's attributes beside their own."""
    return q.Project(
        name=in_language(study.title) or study.slug,
        coders=tuple(q.Coder(str(c.guid), c.name, c.initials) for c in study.coders.order_by("pk")),
        codes=_codes(study),
        sources=_sources(study),
        codings=tuple(q.Coding(*row) for row in _coding_rows(study)),
        memos=tuple(
            q.Memo(
                guid=str(memo.guid),
                text=memo.text,
                title=memo.title,
                about=tuple(memo.about),
                coder=str(memo.coder.guid) if memo.coder else "",
                created=memo.created_at.isoformat(),
            )
            for memo in study.memos.select_related("coder").order_by("pk")
        ),
        guid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"samspill:{study.slug}")),
    )


def tables_of(study: Study) -> Tables:
    """The material as frames; read again only when the material or the study's units change."""
    latest = Event.objects.filter(study=study.slug).aggregate(latest=models.Max("pk"))["latest"]
    state = (study.created_at, last_number(study), latest or 0)
    kept = _tables.get(study.pk)
    if kept is not None and kept[0] == state:
        _tables.move_to_end(study.pk)
        return kept[1]
    made = q.Project(name=study.slug, codes=_codes(study), sources=_sources(study)).tables()
    rows = [
        (g, s, start, end, c, who or None) for g, s, start, end, c, who, _ in _coding_rows(study)
    ]
    tables = Tables(made.sources, made.codes, pl.DataFrame(rows, schema=CODINGS, orient="row"))
    _tables[study.pk] = (state, tables)
    while len(_tables) > KEPT:
        _tables.popitem(last=False)
    return tables


def _coding_rows(study: Study) -> list[tuple[str, str, int, int, str, str, str]]:
    sources = {key: str(guid) for key, guid in study.sources.values_list("pk", "guid")}
    codes = {key: str(guid) for key, guid in study.codes.values_list("pk", "guid")}
    coders = {key: str(guid) for key, guid in study.coders.values_list("pk", "guid")}
    found = Coding.objects.filter(source__study=study).order_by(
        "source__order", "source", "start", "end", "pk"
    )
    rows = found.values_list("guid", "source", "start", "end", "code", "coder", "created_at")
    return [
        (str(guid), sources[s], start, end, codes[c], coders.get(w, ""), created.isoformat())
        for guid, s, start, end, c, w, created in rows.iterator(chunk_size=5000)
    ]


def _codes(study: Study) -> tuple[q.Code, ...]:
    codes = list(study.codes.order_by("order", "pk"))
    guids = {code.pk: str(code.guid) for code in codes}
    return tuple(
        q.Code(
            guid=guids[code.pk],
            name=code.name,
            parent=guids[code.parent_id] if code.parent_id else None,
            colour=code.colour,
            codable=code.codable,
            definition=code.definition,
            inclusion=code.inclusion,
            exclusion=code.exclusion,
            example=code.example,
            concept=code.concept,
        )
        for code in codes
    )


def _sources(study: Study) -> tuple[q.Source, ...]:
    known = _unit_attributes(study)
    return tuple(
        library_source(source, known.get(source.unit_id or 0))
        for source in study.sources.select_related("unit").order_by("order", "pk")
    )


def library_source(source: Source, attributes: Mapping[str, Any] | None = None) -> q.Source:
    """One source as the library knows it; ``attributes`` are those of its unit."""
    return q.Source(
        guid=str(source.guid),
        name=source.name,
        text=source.text,
        kind=source.kind,
        unit=source.unit.identifier if source.unit else "",
        side=source.side,
        fields=tuple(source.fields),
        role=source.role,
        date=source.date.isoformat() if source.date else "",
        language=source.language,
        consent=source.consent,
        speakers=tuple(source.speakers),
        times=tuple(q.TimePoint(*time) for time in source.times),
        attributes={**(attributes or {}), **source.attributes},
        invented=source.invented,
    )


def _unit_attributes(study: Study) -> dict[int, dict[str, str]]:
    values = (
        AttributeValue.objects.valid_on(timezone.localdate())
        .filter(unit__study=study, unit__sources__isnull=False)
        .distinct()
        .order_by("attribute__identifier")
        .values_list("unit", "attribute__identifier", "value")
    )
    known: dict[int, dict[str, str]] = {}
    for unit, attribute, value in values:
        known.setdefault(unit, {})[attribute] = value
    return known


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How much of a project was new, and units that the study does not have (kept as the
    attribute ``unit`` of their sources)."""

    sources: int
    codes: int
    codings: int
    memos: int
    coders: int
    unknown_units: tuple[str, ...] = ()


@transaction.atomic
def take_in(*, actor: User, study: Study, project: q.Project) -> TakenIn:
    """Add what a project holds and the study does not, told apart by identity; what the study has
    already is left as it is. It can be undone as one change."""
    units = dict(study.units.values_list("identifier", "pk"))
    unknown: set[str] = set()
    with changing(actor=actor, study=study, action="take_in") as change:
        coders = _new(study, Coder, project.coders)
        change.add(*(_coder(study, c) for c in coders))
        codes = _new(study, Code, project.codes)
        _add_codes(change, study, codes)
        sources = _new(study, Source, project.sources)
        first = (study.sources.aggregate(last=models.Max("order"))["last"] or 0) + 1
        rows = [_source(study, s, first + place, units, unknown) for place, s in enumerate(sources)]
        change.add(*rows)
        codings = _add_codings(change, study, project)
        memos = _new(study, Memo, project.memos)
        who = _keys(study, Coder)
        change.add(*(_memo(study, m, who) for m in memos))
    counts = TakenIn(
        sources=len(sources),
        codes=len(codes),
        codings=codings,
        memos=len(memos),
        coders=len(coders),
        unknown_units=tuple(sorted(unknown)),
    )
    new = {n: getattr(counts, n) for n in ("sources", "codes", "codings", "memos", "coders")}
    record(
        actor=actor,
        action="interviews.take_in",
        subject=project.name[:200],
        study=study.slug,
        new=new,
    )
    return counts


def _keys(study: Study, model: type[models.Model]) -> dict[str, int]:
    rows = model._default_manager.filter(study=study).values_list("guid", "pk")
    return {str(guid): key for guid, key in rows}


def _new(study: Study, model: type[models.Model], items: Any) -> list[Any]:
    held = _keys(study, model)
    return [item for item in {item.guid: item for item in items}.values() if item.guid not in held]


def _coder(study: Study, coder: q.Coder) -> Coder:
    return Coder(
        study=study,
        guid=uuid.UUID(coder.guid),
        name=coder.name[:200],
        initials=(coder.initials or initials_of(coder.name))[:8],
    )


def _add_codes(change: Any, study: Study, codes: list[q.Code]) -> None:
    """Level by level, so that each stands under its parent; a parent that is nowhere is none."""
    keys = _keys(study, Code)
    coming = {code.guid for code in codes}
    place: dict[str | None, int] = {}
    orders = {}
    for code in codes:
        orders[code.guid] = place[code.parent] = place.get(code.parent, -1) + 1
    top = study.codes.filter(parent=None).count()
    waiting = codes
    while waiting:
        ready = [c for c in waiting if c.parent not in coming]
        if not ready:
            ready = waiting
        made = []
        for code in ready:
            parent = keys.get(code.parent or "")
            made.append(
                Code(
                    study=study,
                    guid=uuid.UUID(code.guid),
                    name=code.name[:200],
                    parent_id=parent,
                    order=orders[code.guid] + (0 if parent else top),
                    colour=code.colour,
                    codable=code.codable,
                    definition=code.definition,
                    inclusion=code.inclusion,
                    exclusion=code.exclusion,
                    example=code.example,
                    concept=code.concept,
                )
            )
        change.add(*made)
        keys.update({str(row.guid): row.pk for row in made})
        done = {code.guid for code in ready}
        coming -= done
        waiting = [code for code in waiting if code.guid not in done]


def _source(
    study: Study, source: q.Source, order: int, units: Mapping[str, int], unknown: set[str]
) -> Source:
    attributes = dict(source.attributes)
    if source.unit and source.unit not in units:
        unknown.add(source.unit)
        attributes["unit"] = source.unit
    return Source(
        study=study,
        guid=uuid.UUID(source.guid),
        name=source.name[:200],
        kind=source.kind,
        unit_id=units.get(source.unit),
        side=source.side,
        fields=list(source.fields),
        role=source.role[:200],
        date=_date(source.date),
        language=source.language[:10],
        consent=source.consent,
        speakers=list(source.speakers),
        times=[[t.position, t.milliseconds] for t in source.times],
        attributes=attributes,
        invented=source.invented,
        text=source.text.replace("\x00", "\ufffd"),
        order=order,
    )


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _moment(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return timezone.now()
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _add_codings(change: Any, study: Study, project: q.Project) -> int:
    sources, codes, coders = (_keys(study, model) for model in (Source, Code, Coder))
    held = Coding.objects.filter(source__study=study).values_list("guid", flat=True)
    present = {str(guid) for guid in held}
    new = {
        c.guid: c
        for c in project.codings
        if c.guid not in present and c.source in sources and c.code in codes
    }
    change.add(
        *(
            Coding(
                guid=uuid.UUID(c.guid),
                source_id=sources[c.source],
                start=c.start,
                end=c.end,
                code_id=codes[c.code],
                coder_id=coders.get(c.coder),
                created_at=_moment(c.created),
            )
            for c in new.values()
        )
    )
    return len(new)


def _memo(study: Study, memo: q.Memo, coders: Mapping[str, int]) -> Memo:
    return Memo(
        study=study,
        guid=uuid.UUID(memo.guid),
        title=memo.title[:200],
        text=memo.text,
        about=list(memo.about),
        coder_id=coders.get(memo.coder),
        created_at=_moment(memo.created),
        changed_at=_moment(memo.created),
    )
