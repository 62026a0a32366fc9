"""A study's questionnaires and their versions."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.api.content import Language
from samspill.web.api.errors import FAULTS
from samspill.web.api.guard import TokenRequired
from samspill.web.instruments.actions import add_instrument, freeze_version
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.instruments.saving import save
from samspill.web.instruments.uploading import read_upload

router = Router(tags=["study"])
MOST_VERSIONS = 10_000


class VersionOut(Schema):
    """A version of an instrument; ``definition`` is Samspill's TOML."""

    instrument: str
    number: int
    digest: str
    frozen: bool
    definition: str


@router.get(
    "/studies/{study}/instruments",
    response={200: list[VersionOut], **FAULTS},
    auth=TokenRequired(Permission.READ_STUDY),
)
def instruments(request: StudyRequest, study: str) -> list[dict[str, Any]]:
    """Every version of every instrument."""
    versions = InstrumentVersion.objects.filter(instrument__study=request.study)
    return [_version(version) for version in versions.select_related("instrument")]


@router.post(
    "/studies/{study}/instruments",
    response={201: VersionOut, **FAULTS},
    auth=TokenRequired(Permission.EDIT_INSTRUMENTS),
)
def post_instrument(
    request: StudyRequest,
    study: str,
    file: File[UploadedFile],
    language: Form[Language] = "nb",
) -> Any:
    """Add a questionnaire from a file: XLSForm (.xlsx), LimeSurvey (.lss) or Samspill's format
    (.toml). Its first version is a draft. Texts without language are in ``language``."""
    content = read_upload(file, language)
    version = add_instrument(actor=request.user, study=request.study, content=content)
    return Status(201, _version(version))


@router.post(
    "/studies/{study}/instruments/{instrument}/versions",
    response={201: VersionOut, **FAULTS},
    auth=TokenRequired(Permission.EDIT_INSTRUMENTS),
)
def post_version(
    request: StudyRequest,
    study: str,
    instrument: str,
    file: File[UploadedFile],
    language: Form[Language] = "nb",
) -> Any:
    """Put a file's questionnaire in the place of the draft; where the newest version is frozen,
    it becomes the next one."""
    found = get_object_or_404(request.study.instruments, identifier=instrument)
    content = read_upload(file, language)
    saved = save(request.user, found.versions.order_by("-number")[:1].get(), content, "")
    saved.refresh_from_db()
    return Status(201, _version(saved))


@router.post(
    "/studies/{study}/instruments/{instrument}/versions/{number}/freeze",
    response={200: VersionOut, **FAULTS},
    auth=TokenRequired(Permission.EDIT_INSTRUMENTS),
)
def freeze(request: StudyRequest, study: str, instrument: str, number: int) -> Any:
    """Freeze a version: it never changes again. A second time does nothing."""
    if not 0 < number < MOST_VERSIONS:
        raise Http404
    version = get_object_or_404(
        InstrumentVersion,
        instrument__study=request.study,
        instrument__identifier=instrument,
        number=number,
    )
    freeze_version(actor=request.user, version=version)
    version.refresh_from_db()
    return _version(version)


def _version(version: InstrumentVersion) -> dict[str, Any]:
    return {
        "instrument": version.instrument.identifier,
        "number": version.number,
        "digest": version.digest,
        "frozen": version.frozen_at is not None,
        "definition": version.definition,
    }
