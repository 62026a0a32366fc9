"""The kinds of work of the design, found by the worker."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.web.design.actions import keep_found
from samspill.web.design.choosing import choose, stored
from samspill.web.design.frames import stored_frame
from samspill.web.design.models import CaseSelection
from samspill.web.jobs.running import Work, kind


@kind("design.choose")
def choose_cases(work: Work, *, selection: int) -> None:
    """Choose what was asked for."""
    asked = CaseSelection.objects.select_related("study").get(pk=selection)
    work.progress(0, 2, _("Choosing the cases"))
    found = choose(asked.study, asked.asked, stored_frame(asked.frame))
    keep_found(actor=asked.created_by, selection=asked, found=stored(found))
    work.progress(2, 2, _("The cases are chosen. Go back to see them, each with its reason."))
