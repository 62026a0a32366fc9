"""A study's collections: what each needs next, making one, opening and closing it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.fieldwork.actions.collections import (
    close_collection,
    create_collection,
    edit_collection,
    open_collection,
    reopen_collection,
)
from samspill.web.fieldwork.forms import CollectionForm, NewCollectionForm, ReopeningForm
from samspill.web.fieldwork.models import Collection, Message
from samspill.web.fieldwork.nextsteps import Next, next_of
from samspill.web.fieldwork.views.finding import collection_of
from samspill.web.instruments.models import InstrumentVersion


@dataclass(frozen=True, slots=True)
class Row:
    """A collection, how many are asked and have answered, and what it needs."""

    collection: Collection
    asked: int
    sent: int
    next: Next


@requires(Permission.READ_FIELDWORK)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """Which collections there are, and what each needs next."""
    found = request.study.collections.select_related("wave", "version__instrument").annotate(
        asked=Count("respondents", filter=Q(respondents__ineligible="")),
        sent=Count("respondents", filter=Q(respondents__response__submitted_at__isnull=False)),
    )
    rows = [Row(c, c.asked, c.sent, next_of(c)) for c in found]
    context = {
        "rows": rows,
        "open": sum(row.collection.state == Collection.OPEN for row in rows),
        "lacking": _lacking(request),
    }
    return render(request, "fieldwork/overview.html", context)


def _lacking(request: StudyRequest) -> list[tuple[str, str]]:
    """What the study lacks before there can be a collection, with where to get it."""
    slug, lacking = request.study.slug, []
    if not request.study.units.exists():
        lacking.append((_("The study has no units."), reverse("studies:units", args=[slug])))
    if not request.study.waves.exists():
        lacking.append((_("The study has no wave."), reverse("studies:waves", args=[slug])))
    if not InstrumentVersion.objects.filter(instrument__study=request.study).exists():
        address = reverse("instruments:overview", args=[slug])
        lacking.append((_("The study has no questionnaire."), address))
    return lacking


@requires(Permission.RUN_FIELDWORK)
def new(request: StudyRequest, study: str) -> HttpResponse:
    """Prepare a collection."""
    form = NewCollectionForm(
        request.POST or None, study=request.study, initial={"sides": ["municipality"]}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_collection(actor=request.user, study=request.study, **form.content())
        except SamspillError as error:
            form.add_error("identifier", str(error))
        else:
            messages.success(request, _("The collection is prepared. Nobody has been asked yet."))
            return redirect("fieldwork:collection", study, made.identifier)
    context = {"form": form, "lacking": _lacking(request)}
    return render(request, "fieldwork/new.html", context)


@requires(Permission.READ_FIELDWORK)
def collection(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """How far a collection has come, and what is next."""
    found = collection_of(request, collection)
    asked = found.respondents.filter(ineligible="")
    sent = Message.objects.filter(respondent__collection=found, state=Message.SENT)
    context = {
        "collection": found,
        "next": next_of(found),
        "asked": asked.count(),
        "answered": asked.filter(response__submitted_at__isnull=False).count(),
        "begun": asked.filter(response__submitted_at=None, response__isnull=False).count(),
        "addresses": asked.exclude(email="").count(),
        "messages_sent": sent.count(),
        "sides": [str(label) for key, label in Collection.SIDES.items() if key in found.sides],
        "reopening": ReopeningForm(),
    }
    return render(request, "fieldwork/collection.html", context)


@requires(Permission.RUN_FIELDWORK)
def edit(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Change what a collection is called, its closing day and its contact."""
    found = collection_of(request, collection)
    given = {n: getattr(found, n) for n in ("title", "closes_at", "contact_name", "contact_email")}
    form = CollectionForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            edit_collection(actor=request.user, collection=found, **form.content())
        except SamspillError as error:
            form.add_error("closes_at", str(error))
        else:
            messages.success(request, _("The collection is saved."))
            return redirect("fieldwork:collection", study, collection)
    return render(request, "fieldwork/edit.html", {"form": form, "collection": found})


@requires(Permission.RUN_FIELDWORK)
@require_POST
def set_open(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Open a collection."""
    try:
        open_collection(actor=request.user, collection=collection_of(request, collection))
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The collection is open, and its questionnaire is frozen."))
    return redirect("fieldwork:collection", study, collection)


@requires(Permission.RUN_FIELDWORK)
def set_closed(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Close a collection, once that has been confirmed."""
    found = collection_of(request, collection)
    if request.method != "POST":
        begun = found.respondents.filter(
            response__isnull=False, response__submitted_at=None
        ).count()
        return render(request, "fieldwork/close.html", {"collection": found, "begun": begun})
    try:
        close_collection(actor=request.user, collection=found)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The collection is closed."))
    return redirect("fieldwork:collection", study, collection)


@requires(Permission.RUN_FIELDWORK)
@require_POST
def reopen(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Open a closed collection again."""
    form = ReopeningForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That is no day. Choose one, or leave it out."))
        return redirect("fieldwork:collection", study, collection)
    try:
        reopen_collection(
            actor=request.user,
            collection=collection_of(request, collection),
            closes_at=form.cleaned_data["closes_at"],
        )
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The collection is open again."))
    return redirect("fieldwork:collection", study, collection)
