"""Long work with results: drafts, reports, and making pages ready."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.analysis import require_safe
from samspill.errors import SamspillError
from samspill.presentation import build_report
from samspill.web.fieldwork.models import Collection
from samspill.web.jobs.running import Work, kind
from samspill.web.results.change.waves import published_waves, waves_of
from samspill.web.results.drafts import examined, find_draft, leave_out, prepare
from samspill.web.results.published import edition
from samspill.web.results.reports import REPORT, filename, path_of
from samspill.web.results.warming import warm
from samspill.web.studies.models import Study


@kind(REPORT)
def report(work: Work, *, study: str, report_language: str, form: str) -> None:
    """Build the report in one language and format, unless it has been built."""
    published = Study.objects.get(slug=study)
    found = edition(published)
    if found is None:
        raise SamspillError(
            _("The results are no longer published."), _("Publish them, and ask again.")
        )
    editions = published_waves(published)
    path = path_of(found, report_language, form, editions[:-1])
    if not path.is_file():
        for each in editions:
            require_safe(each.analysis)
        (made,) = build_report(
            found.analysis,
            report_language,
            [form],
            work.folder,
            work.progress,
            waves=waves_of(published, editions),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        made.replace(path)
    work.finish(path, filename(published, report_language, form))


@kind("results.prepare")
def prepare_draft(work: Work, *, collection: int) -> None:
    """Write a collection as a draft, and examine what it would make public."""
    chosen = Collection.objects.select_related("study").get(pk=collection)
    work.progress(0, 2, _("Writing the study folder"))
    draft = prepare(chosen)
    work.progress(1, 2, _("Examining what can be told from it"))
    examined(draft)
    _tell(work, _("The draft is ready to be looked at."))


@kind("results.leave_out")
def leave_answers_out(work: Work, *, study: str, draft: str) -> None:
    """Make a draft without the answers that would be given away."""
    owned = Study.objects.get(slug=study)
    found = find_draft(owned, draft)
    if found is None:
        raise SamspillError(_("This draft is gone."), _("Make it anew."))
    work.progress(0, 2, _("Leaving answers out"))
    new = leave_out(owned, found)
    work.progress(1, 2, _("Examining what can be told from it"))
    examined(new)
    _tell(work, _("The draft is ready to be looked at."))


@kind("results.warm")
def warm_pages(work: Work, *, study: str) -> None:
    """Make the pages of a study that has been published ready."""
    work.progress(0, 1, _("Computing the pages"))
    warm(Study.objects.get(slug=study))
    _tell(work, _("The pages are ready."))


def _tell(work: Work, message: str) -> None:
    work.job.message = message
    work.job.save(update_fields=["message"])
