"""The edition of a study that its results are read from, opened once in each process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from samspill.analysis import StudyAnalysis, open_study
from samspill.errors import SamspillError
from samspill.study import shipped_studies
from samspill.web.results.models import Publication
from samspill.web.studies.models import Study

OPEN_AT_ONCE = 8
_opening = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """A published study, opened. ``digest`` is its seal: the SHA-256 of ``datapackage.json``, which
    holds the digest of every table."""

    analysis: StudyAnalysis
    digest: str


def edition(study: Study) -> Edition | None:
    """What results are shown of: the newest publication that is not withdrawn, or None.

    Raises SamspillError where its folder is gone or differs from what was published.
    """
    publication = study.publications.filter(withdrawn_at=None).first()
    return None if publication is None else edition_of(publication)


def edition_of(publication: Publication) -> Edition:
    """A publication, opened.

    Raises SamspillError where its folder is gone or differs from what was published.
    """
    folder = folder_of(publication)
    digest = seal(folder)
    if publication.digest and publication.folder not in shipped_studies():
        digest = publication.digest
    with _opening:
        return _opened(folder, digest)


def opened(study: Study) -> StudyAnalysis:
    """The study as published, opened for questions.

    Raises SamspillError where nothing is published, or the folder differs from what was.
    """
    found = edition(study)
    if found is None:
        raise SamspillError(
            f"No results of '{study.slug}' have been published.", "Publish the study first."
        )
    return found.analysis


def folder_of(publication: Publication) -> Path:
    """The folder that was published: of a study that comes with Samspill, or one under the
    installation's data. Raises SamspillError where there is none."""
    shipped = shipped_studies()
    if publication.folder in shipped:
        return shipped[publication.folder]
    data = Path(settings.DATA).resolve()
    folder = (data / publication.folder).resolve()
    if not folder.is_relative_to(data) or not folder.is_dir():
        raise SamspillError(
            f"The published folder '{publication.folder}' is not there.",
            "Put it back, or publish the study anew.",
        )
    return folder


def seal(folder: Path) -> str:
    """SHA-256 of the folder's ``datapackage.json``, in hexadecimal digits."""
    try:
        return hashlib.sha256((folder / "datapackage.json").read_bytes()).hexdigest()
    except OSError as error:
        raise SamspillError(
            f"The study folder '{folder.name}' has no datapackage.json that can be read.",
            "Put it back, or publish the study anew.",
        ) from error


@lru_cache(maxsize=OPEN_AT_ONCE)
def _opened(folder: Path, digest: str) -> Edition:
    analysis = open_study(folder)
    if seal(folder) != digest or analysis.changed_files:
        raise SamspillError(
            f"The study folder '{folder.name}' was changed after it was published.",
            "Put back what was published, or publish the study anew.",
        )
    return Edition(analysis, digest)
