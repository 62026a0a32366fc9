"""A study's own data, for its members."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from samspill.web.access.permissions import Permission
from samspill.web.api.errors import Error
from samspill.web.api.guard import TokenRequired, in_study
from samspill.web.fieldwork.models import Collection, Respondent
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.studies.models import Unit

router = Router(tags=["study"], auth=TokenRequired())
FAULTS = {400: Error, 401: Error, 403: Error, 404: Error, 422: Error}


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


class VersionOut(Schema):
    """A version of an instrument; ``definition`` is Samspill's TOML."""

    instrument: str
    number: int
    digest: str
    frozen: bool
    definition: str


class CollectionOut(Schema):
    """A data collection."""

    collection: str
    title: dict[str, str]
    wave: str
    instrument: str
    version: int
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None
    respondents: int
    submitted: int


class RespondentOut(Schema):
    """A respondent and how far it has come. Addresses and links are not given out."""

    unit: str
    side: str
    started: bool
    submitted_at: datetime.datetime | None
    refused: bool
    ineligible: str


@router.get("/studies/{study}/units", response={200: list[UnitOut], **FAULTS})
def units(
    request: HttpRequest, study: str, offset: int = 0, limit: int = 500
) -> list[dict[str, Any]]:
    """The units of the study, in pages of at most 1,000."""
    found = in_study(request, study, Permission.READ_STUDY).study
    chosen = Unit.objects.filter(study=found).prefetch_related("names", "values__attribute")
    return [_unit(unit) for unit in chosen[max(offset, 0) :][: min(max(limit, 1), 1000)]]


@router.get("/studies/{study}/units/{unit}", response={200: UnitOut, **FAULTS})
def unit(request: HttpRequest, study: str, unit: str) -> dict[str, Any]:
    """One unit."""
    found = in_study(request, study, Permission.READ_STUDY).study
    return _unit(get_object_or_404(Unit, study=found, identifier=unit))


@router.get("/studies/{study}/instruments", response={200: list[VersionOut], **FAULTS})
def instruments(request: HttpRequest, study: str) -> list[dict[str, Any]]:
    """Every version of every instrument."""
    found = in_study(request, study, Permission.READ_STUDY).study
    versions = InstrumentVersion.objects.filter(instrument__study=found)
    return [
        {
            "instrument": version.instrument.identifier,
            "number": version.number,
            "digest": version.digest,
            "frozen": version.frozen_at is not None,
            "definition": version.definition,
        }
        for version in versions.select_related("instrument")
    ]


@router.get("/studies/{study}/collections", response={200: list[CollectionOut], **FAULTS})
def collections(request: HttpRequest, study: str) -> list[dict[str, Any]]:
    """The study's collections and how many have answered."""
    found = in_study(request, study, Permission.READ_FIELDWORK).study
    return [
        {
            "collection": collection.identifier,
            "title": collection.title,
            "wave": collection.wave.identifier,
            "instrument": collection.version.instrument.identifier,
            "version": collection.version.number,
            "opens_at": collection.opens_at,
            "closes_at": collection.closes_at,
            "respondents": collection.respondents.count(),
            "submitted": collection.respondents.exclude(response__submitted_at=None).count(),
        }
        for collection in Collection.objects.filter(study=found).select_related(
            "wave", "version__instrument"
        )
    ]


@router.get(
    "/studies/{study}/collections/{collection}/respondents",
    response={200: list[RespondentOut], **FAULTS},
)
def respondents(request: HttpRequest, study: str, collection: str) -> list[dict[str, Any]]:
    """The respondents of a collection."""
    found = in_study(request, study, Permission.READ_FIELDWORK).study
    chosen = get_object_or_404(Collection, study=found, identifier=collection)
    return [
        _respondent(respondent)
        for respondent in chosen.respondents.select_related("unit", "response")
    ]


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


def _respondent(respondent: Respondent) -> dict[str, Any]:
    response = getattr(respondent, "response", None)
    return {
        "unit": respondent.unit.identifier,
        "side": respondent.side,
        "started": response is not None,
        "submitted_at": response.submitted_at if response else None,
        "refused": respondent.refused_at is not None,
        "ineligible": respondent.ineligible,
    }
