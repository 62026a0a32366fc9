"""What has been changed in the material, by whom, and taking one's own changes back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.changes import next_redo, next_undo, redo, undo
from samspill.web.interviews.models import Change, Source
from samspill.web.interviews.wording import deed

ON_A_PAGE = 50


@requires(Permission.CODE_TEXT)
def history(request: StudyRequest, study: str) -> HttpResponse:
    """Every change, the latest first."""
    changes = Change.objects.filter(study=request.study).order_by("-number")
    page = Paginator(changes.defer("rows"), ON_A_PAGE).get_page(request.GET.get("page"))
    wanted = {change.source for change in page if change.source}
    held = Source.objects.filter(study=request.study, guid__in=wanted)
    texts = dict(held.values_list("guid", "name"))
    back, forth = next_undo(request.study, request.user), next_redo(request.study, request.user)
    context = {
        "here": "history",
        "page": page,
        "rows": [(c, deed(c.action), c.source, texts.get(c.source, "")) for c in page],
        "undo": deed(back.action) if back else "",
        "redo": deed(forth.action) if forth else "",
    }
    return render(request, "interviews/history.html", context)


@requires(Permission.CODE_TEXT)
@require_POST
def undo_latest(request: StudyRequest, study: str) -> HttpResponse:
    """Take back one's own latest change."""
    return _reverse(request, undo, _("The change is undone."))


@requires(Permission.CODE_TEXT)
@require_POST
def redo_latest(request: StudyRequest, study: str) -> HttpResponse:
    """Do again what one undid last."""
    return _reverse(request, redo, _("The change is done again."))


def _reverse(request: StudyRequest, act: Callable[..., Change], said: str) -> HttpResponse:
    try:
        act(actor=request.user, study=request.study)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("interviews:history", request.study.slug)
