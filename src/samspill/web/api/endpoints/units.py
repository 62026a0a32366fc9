"""A study's units and waves."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.api.content import NO_ZERO, Day, InLanguages, Line, Real, Whole
from samspill.web.api.errors import FAULTS
from samspill.web.api.frame import UnitContent, frame_rows
from samspill.web.api.guard import TokenRequired
from samspill.web.studies.actions import add_wave, import_frame
from samspill.web.studies.models import Unit, Wave

router = Router(tags=["study"])
MOST_UNITS = 50_000

Name = Annotated[str, StringConstraints(max_length=64, pattern=NO_ZERO)]
Type = Literal["nominal", "ordinal", "number"]


class NameOut(Schema):
    """Code and name of a unit through a time."""

    code: str
    name: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None


class ValueOut(Schema):
    """The value of an attribute through a time."""

    attribute: str
    value: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None


class UnitOut(Schema):
    """A unit with all it has been called and all that holds of it."""

    unit: str
    names: list[NameOut]
    values: list[ValueOut]


class UnitIn(Schema):
    """A unit. ``code`` and ``name`` are given for all units or for none; an attribute left out is
    not changed. What is given holds from ``valid_from``; without it, it corrects what is known."""

    unit: Name
    code: Name = ""
    name: Line = ""
    valid_from: Day | None = None
    values: dict[Name, Line | Whole | Real] = {}  # noqa: RUF012


class UnitsIn(Schema):
    """Units to be there. ``types`` are those of attributes that the study lacks (else
    ``nominal``). Units left out stay; with ``gone_on`` they cease on that day."""

    units: Annotated[list[UnitIn], Field(min_length=1, max_length=MOST_UNITS)]
    types: dict[Name, Type] = {}  # noqa: RUF012
    gone_on: Day | None = None


class Imported(Schema):
    """How many units are new, have changed and have ceased."""

    new: int
    changed: int
    ceased: int


class WaveOut(Schema):
    """One round of the study; its units are described as of ``reference_date``."""

    wave: str
    title: dict[str, str]
    reference_date: datetime.date


class WaveIn(Schema):
    """A new wave."""

    wave: Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
    title: InLanguages
    reference_date: Day


@router.get(
    "/studies/{study}/units",
    response={200: list[UnitOut], **FAULTS},
    auth=TokenRequired(Permission.READ_STUDY),
)
def units(
    request: StudyRequest,
    study: str,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> list[dict[str, Any]]:
    """The units of the study, in pages of at most 1,000."""
    chosen = Unit.objects.filter(study=request.study).prefetch_related("names", "values__attribute")
    return [_unit(unit) for unit in chosen[offset : offset + limit]]


@router.put(
    "/studies/{study}/units",
    response={200: Imported, **FAULTS},
    auth=TokenRequired(Permission.EDIT_UNITS),
)
def put_units(request: StudyRequest, study: str, content: UnitsIn) -> Any:
    """Bring the study's units in step with those sent: all of them, or none where one has a fault.
    Sent again, it changes nothing."""
    sent = [
        UnitContent(
            each.unit,
            each.code,
            each.name,
            each.valid_from,
            {name: str(value) for name, value in each.values.items()},
        )
        for each in content.units
    ]
    mapping, rows = frame_rows(request.study, sent, content.types)
    return import_frame(
        actor=request.user,
        study=request.study,
        mapping=mapping,
        rows=rows,
        gone_on=content.gone_on,
    )


@router.get(
    "/studies/{study}/units/{unit}",
    response={200: UnitOut, **FAULTS},
    auth=TokenRequired(Permission.READ_STUDY),
)
def unit(request: StudyRequest, study: str, unit: str) -> dict[str, Any]:
    """One unit."""
    return _unit(get_object_or_404(Unit, study=request.study, identifier=unit))


@router.get(
    "/studies/{study}/waves",
    response={200: list[WaveOut], **FAULTS},
    auth=TokenRequired(Permission.READ_STUDY),
)
def waves(request: StudyRequest, study: str) -> list[dict[str, Any]]:
    """The study's waves, in order of time."""
    return [_wave(wave) for wave in request.study.waves.all()]


@router.post(
    "/studies/{study}/waves",
    response={201: WaveOut, **FAULTS},
    auth=TokenRequired(Permission.EDIT_STUDY),
)
def post_wave(request: StudyRequest, study: str, content: WaveIn) -> Any:
    """Add a wave."""
    wave = add_wave(
        actor=request.user,
        study=request.study,
        identifier=content.wave,
        title=content.title.words,
        reference_date=content.reference_date,
    )
    return Status(201, _wave(wave))


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "unit": unit.identifier,
        "names": list(unit.names.all()),
        "values": [
            {
                "attribute": value.attribute.identifier,
                "value": value.value,
                "valid_from": value.valid_from,
                "valid_to": value.valid_to,
            }
            for value in unit.values.all()
        ],
    }


def _wave(wave: Wave) -> dict[str, Any]:
    return {
        "wave": wave.identifier,
        "title": wave.title,
        "reference_date": wave.reference_date,
    }
