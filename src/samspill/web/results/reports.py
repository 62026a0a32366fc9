"""The report of a published study as files, each built once for an edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from samspill.presentation.report.build import FORMATS
from samspill.web.accounts.models import User
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import start
from samspill.web.results.published import Edition
from samspill.web.results.rendering import program
from samspill.web.studies.models import Study

REPORT = "results.report"
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that has been built; ``language`` and ``form`` name it."""

    language: str
    form: str
    size: int


def path_of(edition: Edition, language: str, form: str, earlier: Sequence[Edition] = ()) -> Path:
    """Where the report stands once built: the same for the same study, program and earlier
    waves."""
    names = [each.digest[:20] for each in (edition, *earlier)]
    folder = "-".join([*names, program()[:20]])
    return Path(settings.MEDIA_ROOT) / "reports" / folder / f"report-{language}.{form}"


def built(edition: Edition, earlier: Sequence[Edition] = ()) -> list[ReportFile]:
    """The reports that can be read now."""
    found = []
    for language, _name in settings.LANGUAGES:
        for form in FORMATS:
            path = path_of(edition, language, form, earlier)
            if path.is_file():
                found.append(ReportFile(language, form, path.stat().st_size))
    return found


def filename(study: Study, language: str, form: str) -> str:
    return f"{study.slug}-report-{language}.{form}"


def ask_for_report(*, owner: User | None, study: Study, language: str, form: str) -> Job:
    """Have a report built, or follow the work of one who has asked for the same."""
    asked = {"study": study.slug, "report_language": language, "form": form}
    under_way = Job.objects.filter(
        kind=REPORT, arguments=asked, owner=owner, state__in=("waiting", "running")
    ).first()
    if under_way is not None:
        return under_way
    return start(
        REPORT,
        owner=owner,
        language=translation.get_language() or "nb",
        back=reverse("results:report", args=[study.slug]),
        **asked,
    )
