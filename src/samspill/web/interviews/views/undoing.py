"""Undo and redo, from any page of the workspace."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.accounts.models import User
from samspill.web.interviews.changes import redo as redo_change
from samspill.web.interviews.changes import undo as undo_change
from samspill.web.interviews.models import Change
from samspill.web.interviews.wording import deed
from samspill.web.studies.models import Study

Reversal = Callable[..., Change]


@requires(Permission.CODE_TEXT)
@require_POST
def undo(request: StudyRequest, study: str) -> HttpResponse:
    """Take back what the user did last."""
    return _answer(request, undo_change, _("Undone: %(deed)s%(place)s."))


@requires(Permission.CODE_TEXT)
@require_POST
def redo(request: StudyRequest, study: str) -> HttpResponse:
    """Do again what the user undid last."""
    return _answer(request, redo_change, _("Done again: %(deed)s%(place)s."))


def _answer(request: StudyRequest, reversal: Reversal, sentence: str) -> HttpResponse:
    """JSON to the page of a text, else a way back with a message."""
    as_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        told = sentence % _reversed(reversal, request.user, request.study)
    except SamspillError as error:
        if as_json:
            return JsonResponse({"message": str(error)}, status=409)
        messages.error(request, str(error))
    else:
        if as_json:
            return JsonResponse({"message": told})
        messages.success(request, told)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return redirect("interviews:overview", request.study.slug)
    return redirect(back)


def _reversed(reversal: Reversal, user: User, study: Study) -> dict[str, str]:
    made = reversal(actor=user, study=study)
    source = study.sources.filter(guid=made.source).first() if made.source else None
    place = _(" in “%(name)s”") % {"name": source.name} if source else ""
    return {"deed": deed(made.reverses.action if made.reverses else ""), "place": place}
