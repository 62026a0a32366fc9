"""One version of a questionnaire: what it asks, changing it, freezing it, comparing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.errors import SamspillError
from samspill.instrument import Instrument as Definition
from samspill.instrument import parse_instrument
from samspill.language import languages
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.instruments import actions
from samspill.web.instruments.comparison import compared
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.faults import faults_of
from samspill.web.instruments.forms import DefinitionForm, UploadForm
from samspill.web.instruments.outline import outline, tongue
from samspill.web.instruments.saving import changeable, save
from samspill.web.instruments.uploading import read_upload
from samspill.web.instruments.views.finding import version_of


@requires(Permission.READ_STUDY)
def version(request: StudyRequest, study: str, instrument: str, number: int) -> HttpResponse:
    """What a version asks: pages, questions and rules, in all languages."""
    found = version_of(request, instrument, number)
    others = list(found.instrument.versions.exclude(pk=found.pk))
    before = next((other for other in others if other.number < number), None)
    language = get_language() or ""
    context = {
        "chosen": found,
        "outline": outline(definition(found), language),
        "others": others,
        "newest": all(other.number < number for other in others),
        "before": before,
        "comparison": compared(definition(before), definition(found), language) if before else None,
    }
    return render(request, "instruments/version.html", context)


@requires(Permission.READ_STUDY)
def compare(
    request: StudyRequest, study: str, instrument: str, number: int, earlier: int
) -> HttpResponse:
    """Variable by variable, what stays comparable from an earlier version to this one."""
    found = version_of(request, instrument, number)
    before = version_of(request, instrument, earlier)
    context = {
        "chosen": found,
        "before": before,
        "comparison": compared(definition(before), definition(found), get_language() or ""),
    }
    return render(request, "instruments/compare.html", context)


@requires(Permission.EDIT_INSTRUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StudyRequest, study: str, instrument: str, number: int) -> HttpResponse:
    """Change a draft, or make the next version of the newest one when that is frozen."""
    found = version_of(request, instrument, number)
    if not changeable(found):
        raise Http404
    initial = {"definition": found.definition, "base": found.digest}
    text, upload = DefinitionForm(initial=initial), UploadForm(initial={"language": get_language()})
    context: dict[str, object] = {"chosen": found}
    if request.method == "POST" and "definition" in request.POST:
        text = DefinitionForm(request.POST)
    elif request.method == "POST":
        upload = UploadForm(request.POST, request.FILES)
    bound = text if text.is_bound else upload
    if bound.is_bound and bound.is_valid():
        try:
            content = _content(bound)
            saved = save(request.user, found, content, bound.cleaned_data.get("base", ""))
        except SamspillError as error:
            context["faults"] = faults_of(error)
            if text.is_bound:
                given = {"definition": text.cleaned_data["definition"], "base": found.digest}
                text = DefinitionForm(initial=given)
        else:
            messages.success(request, _("Version %(number)s is saved.") % {"number": saved.number})
            return redirect("instruments:version", study, instrument, saved.number)
    own = definition(found).languages
    codes = [*own, *(code for code in languages() if code not in own)]
    context |= {"text": text, "upload": upload, "writable": [tongue(code) for code in codes]}
    return render(request, "instruments/change.html", context)


def _content(form: DefinitionForm | UploadForm) -> Definition:
    if isinstance(form, UploadForm):
        return read_upload(form.cleaned_data["file"], form.cleaned_data["language"])
    return parse_instrument(form.cleaned_data["definition"])


@requires(Permission.EDIT_INSTRUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: StudyRequest, study: str, instrument: str, number: int) -> HttpResponse:
    """Ask (GET) and freeze (POST)."""
    found = version_of(request, instrument, number)
    if request.method == "POST":
        actions.freeze_version(actor=request.user, version=found)
        messages.success(request, _("Version %(number)s is frozen.") % {"number": number})
        return redirect("instruments:version", study, instrument, number)
    return render(request, "instruments/freeze.html", {"chosen": found})


@requires(Permission.EDIT_INSTRUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: StudyRequest, study: str, instrument: str, number: int) -> HttpResponse:
    """Ask (GET) and take a draft away (POST)."""
    found = version_of(request, instrument, number)
    if request.method == "POST":
        try:
            actions.remove_draft(actor=request.user, version=found)
        except SamspillError as error:
            messages.error(request, str(error))
            return redirect("instruments:version", study, instrument, number)
        messages.success(request, _("The draft is removed."))
        return redirect("instruments:overview", study)
    return render(request, "instruments/remove.html", {"chosen": found})
