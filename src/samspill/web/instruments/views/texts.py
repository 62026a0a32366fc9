"""Writing the texts of a questionnaire in one language, beside those of another."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.errors import SamspillError
from samspill.language import languages
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.faults import faults_of
from samspill.web.instruments.outline import tongue
from samspill.web.instruments.saving import changeable, save
from samspill.web.instruments.texts import in_language, text_groups
from samspill.web.instruments.views.finding import version_of


@requires(Permission.EDIT_INSTRUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def texts(
    request: StudyRequest, study: str, instrument: str, number: int, language: str
) -> HttpResponse:
    """Every text in a language, of a draft or for the next version of a frozen one."""
    found = version_of(request, instrument, number)
    content = definition(found)
    if language not in {*content.languages, *languages()} or not changeable(found):
        raise Http404
    beside = next((code for code in content.languages if code != language), "")
    context: dict[str, object] = {
        "chosen": found,
        "written": tongue(language),
        "beside": tongue(beside) if beside else None,
        "base": found.digest,
    }
    groups = text_groups(content, language, beside)
    if request.method == "POST":
        paths = [entry.path for group in groups for entry in group.entries]
        typed = {path: request.POST.get(path, "").replace("\r\n", "\n").strip() for path in paths}
        groups = text_groups(content, language, beside, typed)
        try:
            new = in_language(content, language, typed)
            saved = save(request.user, found, new, request.POST.get("base", ""))
        except SamspillError as error:
            context["faults"] = faults_of(error)
        else:
            messages.success(request, _("Version %(number)s is saved.") % {"number": saved.number})
            return redirect("instruments:version", study, instrument, saved.number)
    entries = [entry for group in groups for entry in group.entries]
    context |= {
        "groups": groups,
        "count": len(entries),
        "lacking": sum(not entry.text for entry in entries),
    }
    return render(request, "instruments/texts.html", context)
