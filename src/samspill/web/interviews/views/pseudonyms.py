"""Names out of the texts: the key, suggestions, what would be replaced, doing it, what is left."""

from __future__ import annotations

from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from samspill.errors import InvalidInput, SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.pseudonyms import (
    add_names,
    edit_name,
    propose_pseudonyms,
    pseudonymise,
    read_key,
    remove_name,
    require_key,
    restore_names,
)
from samspill.web.interviews.hiding import (
    faults_of_key,
    key_of,
    left_in,
    names_of,
    replacements,
    sources_by,
    suggestions,
    words_after,
    words_before,
)
from samspill.web.interviews.intake.names import LARGEST, read_names
from samspill.web.interviews.intake.saying import told_replaced, told_restored
from samspill.web.interviews.intake.work import REPLACE, RESTORE, ask_for, is_long, under_way
from samspill.web.interviews.models import KnownName
from samspill.web.pages.faults import told, told_problems, told_text
from samspill.web.studies.frame.writing import as_csv

SHOWN = 300
SUGGESTED = 200
FAULTS_SHOWN = 20


class NameForm(forms.ModelForm[KnownName]):
    """A name that must not stand in a text, and what stands instead."""

    class Meta:
        model = KnownName
        fields = ("text", "kind", "pseudonym")
        labels = {  # noqa: RUF012
            "text": gettext_lazy("Name"),
            "kind": gettext_lazy("Kind of name"),
            "pseudonym": gettext_lazy("Pseudonym"),
        }
        help_texts = {  # noqa: RUF012
            "text": gettext_lazy("In full; a person's first and last name are found alone too."),
            "pseudonym": gettext_lazy("May be left open, and proposed for you."),
        }


class NamesFileForm(forms.Form):
    """Names in a file."""

    file = forms.FileField(
        label=gettext_lazy("File with names"),
        help_text=gettext_lazy(
            "CSV with a row for each name: the name, person, place or organisation, the pseudonym."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )


@requires(Permission.EDIT_SOURCES)
def names(request: StudyRequest, study: str) -> HttpResponse:
    """The pseudonyms, and the texts that names have been replaced in. The names behind are shown
    to those who may read the key."""
    return _page(request, NameForm(), NamesFileForm())


@requires(Permission.EDIT_SOURCES)
@require_POST
def add(request: StudyRequest, study: str) -> HttpResponse:
    """Add a name."""
    form = NameForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            added = add_names(
                actor=request.user,
                study=request.study,
                lines=[(given["text"], given["kind"], given["pseudonym"])],
            )
        except SamspillError as error:
            form.add_error("pseudonym", told(error))
        else:
            _tell_added(request, added)
            return redirect("interviews:pseudonyms", study)
    return _page(request, form, NamesFileForm())


@requires(Permission.EDIT_SOURCES)
@require_POST
def from_file(request: StudyRequest, study: str) -> HttpResponse:
    """Add the names of a file."""
    form = NamesFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            lines = read_names(form.cleaned_data["file"].read(LARGEST + 1))
            added = add_names(actor=request.user, study=request.study, lines=lines)
        except SamspillError as error:
            form.add_error("file", told(error))
        else:
            _tell_added(request, added)
            return redirect("interviews:pseudonyms", study)
    return _page(request, NameForm(), form)


@requires(Permission.EDIT_SOURCES)
def suggested(request: StudyRequest, study: str) -> HttpResponse:
    """Words that may be names, each with its reasons; those chosen become names of the key."""
    if request.method == "POST":
        chosen = request.POST.getlist("name")
        kinds = {name: request.POST.get(f"kind-{name}", "person") for name in chosen}
        lines = [(n, k if k in KnownName.KINDS else "person", "") for n, k in kinds.items()]
        _tell_added(request, add_names(actor=request.user, study=request.study, lines=lines))
        return redirect("interviews:pseudonyms", study)
    found = suggestions(request.study)
    texts = {str(guid): text for guid, text in request.study.sources.values_list("guid", "text")}
    rows = [
        {
            "name": one.name,
            "kind": one.kind,
            "count": one.count,
            "sources": one.sources,
            "reasons": [told_text(reason) for reason in one.reasons],
            "example": _example(texts, one.examples),
        }
        for one in found[:SUGGESTED]
    ]
    context = {
        "here": "pseudonyms",
        "rows": rows,
        "total": len(found),
        "kinds": KnownName.KINDS.items(),
    }
    return render(request, "interviews/suggested_names.html", context)


@requires(Permission.EDIT_SOURCES)
@require_POST
def propose(request: StudyRequest, study: str) -> HttpResponse:
    """Give names without a pseudonym one."""
    try:
        given = propose_pseudonyms(actor=request.user, study=request.study)
    except SamspillError as error:
        messages.error(request, told(error))
    else:
        said = ngettext(
            "%(n)s name has a pseudonym now.", "%(n)s names have pseudonyms now.", given
        )
        messages.success(request, said % {"n": given})
    return redirect("interviews:pseudonyms", study)


@requires(Permission.EDIT_SOURCES)
def preview(request: StudyRequest, study: str) -> HttpResponse:
    """Every replacement in chosen texts, in its context; nothing is changed yet."""
    sources = sources_by(request.study, request.GET.getlist("source"))
    fault = faults_of_key(request.study)
    found = list(replacements(sources, key_of(request.study))) if fault is None else []
    context = {
        "here": "pseudonyms",
        "sources": sources,
        "places": found[:SHOWN],
        "total": len(found),
        "fault": told(fault) if fault else "",
        "problems": told_problems(fault, FAULTS_SHOWN) if fault else (),
    }
    return render(request, "interviews/pseudonyms_preview.html", context)


@requires(Permission.EDIT_SOURCES)
@require_POST
def do(request: StudyRequest, study: str) -> HttpResponse:
    """Replace the names in chosen texts."""
    sources = sources_by(request.study, request.POST.getlist("source"))
    try:
        if is_long(sources):
            require_key(request.study)
            job = ask_for(REPLACE, actor=request.user, study=request.study, sources=sources)
            return redirect("jobs:job", job.identifier)
        replaced = pseudonymise(actor=request.user, study=request.study, sources=sources)
    except SamspillError as error:
        messages.error(request, told(error))
        for problem in (
            told_problems(error, FAULTS_SHOWN) if isinstance(error, InvalidInput) else ()
        ):
            messages.error(request, problem)
        return redirect("interviews:pseudonyms", study)
    messages.success(request, told_replaced(replaced))
    return redirect("interviews:names_left", study)


@requires(Permission.EDIT_SOURCES)
def left(request: StudyRequest, study: str) -> HttpResponse:
    """Where a known name stands, or may stand, in any text."""
    sources = list(request.study.sources.all())
    found = list(islice(left_in(sources, names_of(request.study)), SHOWN + 1))
    context = {
        "here": "pseudonyms",
        "places": [(place, told_text(place.reason)) for place in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "shown": SHOWN,
        "texts": len(sources),
        "names": request.study.known_names.count(),
    }
    return render(request, "interviews/names_left.html", context)


@requires(Permission.READ_KEY)
@require_POST
def key(request: StudyRequest, study: str) -> HttpResponse:
    """The key as a file; that it was taken out stands in the log."""
    rows = [("name", "kind", "pseudonym")]
    found = read_key(actor=request.user, study=request.study)
    rows += [(name.text, name.kind, name.pseudonym) for name in found]
    return HttpResponse(
        as_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{study}-key.csv"'},
    )


@requires(Permission.READ_KEY)
@require_POST
def restore(request: StudyRequest, study: str) -> HttpResponse:
    """Put the names back in chosen texts."""
    sources = sources_by(request.study, request.POST.getlist("source"))
    sources = [source for source in sources if source.pseudonymised]
    try:
        if is_long(sources):
            job = ask_for(RESTORE, actor=request.user, study=request.study, sources=sources)
            return redirect("jobs:job", job.identifier)
        done = restore_names(actor=request.user, study=request.study, sources=sources)
    except SamspillError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, told_restored(done))
    return redirect("interviews:pseudonyms", study)


@requires(Permission.READ_KEY)
def name(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Change a line of the key."""
    found = get_object_or_404(request.study.known_names, guid=guid)
    form = NameForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = get_object_or_404(request.study.known_names, guid=guid)
        try:
            edit_name(actor=request.user, name=kept, **form.cleaned_data)
        except SamspillError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("The name is saved."))
            return redirect("interviews:pseudonyms", study)
    context = {"here": "pseudonyms", "name": found, "form": form}
    return render(request, "interviews/known_name.html", context)


@requires(Permission.READ_KEY)
@require_POST
def remove(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Take a line out of the key."""
    found = get_object_or_404(request.study.known_names, guid=guid)
    try:
        remove_name(actor=request.user, name=found)
    except SamspillError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, _("The name is removed. It can be undone."))
    return redirect("interviews:pseudonyms", study)


def _page(request: StudyRequest, form: NameForm, file_form: NamesFileForm) -> HttpResponse:
    found = names_of(request.study)
    sources = request.study.sources.defer("text", "times").order_by("order", "pk")
    job = under_way(request.study)
    context = {
        "here": "pseudonyms",
        "form": form,
        "file_form": file_form,
        "names": found,
        "open": sum(not one.pseudonym for one in found),
        "sources": list(sources),
        "under_way": job is not None,
        "job": job if job and job.owner_id == request.user.pk else None,
        "hidden": sum(source.pseudonymised for source in sources),
    }
    return render(
        request,
        "interviews/pseudonyms.html",
        context,
        status=422 if form.errors or file_form.errors else 200,
    )


def _tell_added(request: StudyRequest, added: int) -> None:
    if not added:
        messages.info(request, _("The key has it already; nothing was added."))
        return
    said = ngettext("%(n)s name is added to the key.", "%(n)s names are added to the key.", added)
    messages.success(request, said % {"n": added})


def _example(texts: dict[str, str], examples: Any) -> tuple[str, str, str]:
    guid, start, end = examples[0]
    text = texts.get(guid, "")
    return words_before(text, start), text[start:end], words_after(text, end)
