"""What is known of a text, and taking it away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions import edit_source, remove_source
from samspill.web.interviews.forms import SourceForm


@requires(Permission.EDIT_SOURCES)
def about(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Change what is known of a text."""
    found = get_object_or_404(request.study.sources, guid=guid)
    locale = get_language() or "nb"
    form = SourceForm(request.POST or None, study=request.study, locale=locale, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = get_object_or_404(request.study.sources, guid=guid)
        edit_source(actor=request.user, source=kept, **form.known(request.study))
        messages.success(request, _("What is known of the text is saved."))
        return redirect("interviews:overview", study)
    kept = get_object_or_404(request.study.sources, guid=guid)
    context = {"here": "sources", "form": form, "source": kept, "codings": kept.codings.count()}
    return render(request, "interviews/about.html", context)


@requires(Permission.EDIT_SOURCES)
@require_POST
def remove(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Take a text away with what is coded in it."""
    found = get_object_or_404(request.study.sources, guid=guid)
    name = found.name
    remove_source(actor=request.user, source=found)
    messages.success(request, _("“%(name)s” is removed. It can be undone.") % {"name": name})
    return redirect("interviews:overview", study)
