"""Who is asked: the list, adding by hand or from a file, and each respondent's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.fieldwork.actions.respondents import (
    add_all_units,
    add_respondent,
    change_respondent,
    mark_ineligible,
    mark_refused,
    renew_link,
    take_in_respondents,
)
from samspill.web.fieldwork.forms import (
    IneligibleForm,
    ParticularsForm,
    RespondentForm,
    RosterForm,
    SearchForm,
)
from samspill.web.fieldwork.messages.composing import addressee, unit_name
from samspill.web.fieldwork.messages.recipients import with_history
from samspill.web.fieldwork.models import PURPOSES, Respondent
from samspill.web.fieldwork.roster import Fault, read_roster
from samspill.web.fieldwork.standing import STANDINGS, standing
from samspill.web.fieldwork.views.finding import collection_of, respondent_of

PER_PAGE = 100
TEMPLATE = "unit;email;name;language\r\n"


@dataclass(frozen=True, slots=True)
class Row:
    """A respondent as the list shows it."""

    respondent: Respondent
    unit: str
    asked: str
    standing: str

    @property
    def label(self) -> str:
        return str(STANDINGS[self.standing])


@requires(Permission.READ_FIELDWORK)
def respondents(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Who is asked, and how each stands."""
    found = collection_of(request, collection)
    everyone = with_history(found.respondents.order_by("unit__identifier", "side", "pk"))
    rows = [Row(r, unit_name(r), addressee(r), standing(r)) for r in everyone]
    counts = {key: sum(row.standing == key for row in rows) for key in STANDINGS}
    met = [(key, label) for key, label in STANDINGS.items() if counts[key]]
    form = SearchForm(request.GET or None, standings=met)
    shown = rows
    if form.is_valid():
        see_addresses = Permission.RUN_FIELDWORK in request.permissions
        shown = _filtered(rows, see_addresses=see_addresses, **form.cleaned_data)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "collection": found,
        "form": form,
        "total": len(rows),
        "counts": [(label, counts[key]) for key, label in met],
        "found": len(shown),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "address": query.urlencode(),
        "two_sided": len(found.sides) > 1 or any(r.respondent.side != "municipality" for r in rows),
    }
    return render(request, "fieldwork/respondents.html", context)


def _filtered(rows: list[Row], *, search: str, standing: str, see_addresses: bool) -> list[Row]:
    wanted = search.casefold()
    return [
        row
        for row in rows
        if standing in ("", row.standing)
        and (
            wanted in f"{row.respondent.unit.identifier} {row.unit} {row.asked}".casefold()
            or (see_addresses and wanted in row.respondent.email.casefold())
        )
    ]


@requires(Permission.RUN_FIELDWORK)
@require_POST
def add_units(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Ask every unit of the wave."""
    number = add_all_units(actor=request.user, collection=collection_of(request, collection))
    told = ngettext("%(n)s unit is now asked too.", "%(n)s units are now asked too.", number)
    messages.success(request, told % {"n": number})
    return redirect("fieldwork:respondents", study, collection)


@requires(Permission.RUN_FIELDWORK)
def add(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Ask one more."""
    found = collection_of(request, collection)
    form = RespondentForm(request.POST or None, collection=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_respondent(actor=request.user, collection=found, entry=form.entry())
        except SamspillError as error:
            form.add_error("unit", str(error))
        else:
            messages.success(request, _("The respondent is added."))
            return redirect("fieldwork:respondent", study, collection, made.pk)
    return render(request, "fieldwork/add.html", {"collection": found, "form": form})


@requires(Permission.RUN_FIELDWORK)
def take_in(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Take addresses in from a file, all or none."""
    found = collection_of(request, collection)
    form = RosterForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            roster = read_roster(found, upload.read(), upload.name)
        except SamspillError as error:
            form.add_error("file", str(error))
        else:
            faults = roster.faults
            if not faults:
                came = take_in_respondents(
                    actor=request.user, collection=found, entries=roster.entries
                )
                told = _("%(added)s added, %(changed)s changed, %(unchanged)s unchanged.")
                messages.success(
                    request,
                    told
                    % {
                        "added": came.added,
                        "changed": came.changed,
                        "unchanged": came.unchanged,
                    },
                )
                return redirect("fieldwork:respondents", study, collection)
    context = {"collection": found, "form": form, "faults": faults[:200], "all": len(faults)}
    return render(request, "fieldwork/take_in_respondents.html", context)


@requires(Permission.RUN_FIELDWORK)
def template(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """A file to fill in, with a row for each respondent."""
    found = collection_of(request, collection)
    lines = [f"{r.unit.identifier};;;" for r in found.respondents.select_related("unit")]
    content = TEMPLATE + "".join(f"{line}\r\n" for line in dict.fromkeys(lines))
    return HttpResponse(
        content.encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.identifier}.csv"'},
    )


@requires(Permission.RUN_FIELDWORK)
def respondent(request: StudyRequest, study: str, collection: str, key: int) -> HttpResponse:
    """Where one respondent is reached, what it has been sent, and what it has said."""
    found = respondent_of(request, collection, key)
    given = {n: getattr(found, n) for n in ("email", "name", "language")}
    form = ParticularsForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        change_respondent(actor=request.user, respondent=found, **form.cleaned_data)
        messages.success(request, _("The respondent is saved."))
        return redirect("fieldwork:respondent", study, collection, key)
    return render(request, "fieldwork/respondent.html", _page(found, form))


def _page(found: Respondent, form: ParticularsForm) -> dict[str, Any]:
    return {
        "collection": found.collection,
        "respondent": found,
        "response": getattr(found, "response", None),
        "asked": addressee(found),
        "unit": unit_name(found),
        "standing": STANDINGS[standing(found)],
        "link": settings.ADDRESS + reverse("answering:start", args=[found.token]),
        "form": form,
        "ineligible": IneligibleForm(initial={"reason": found.ineligible}),
        "log": found.messages.select_related("email").order_by("-created_at", "-pk"),
        "purposes": PURPOSES.items(),
    }


@requires(Permission.RUN_FIELDWORK)
@require_POST
def new_link(request: StudyRequest, study: str, collection: str, key: int) -> HttpResponse:
    """Give a respondent another link."""
    renew_link(actor=request.user, respondent=respondent_of(request, collection, key))
    messages.success(request, _("There is a new link. The old one opens nothing any more."))
    return redirect("fieldwork:respondent", study, collection, key)


@requires(Permission.RUN_FIELDWORK)
@require_POST
def refusal(request: StudyRequest, study: str, collection: str, key: int) -> HttpResponse:
    """Write down that a respondent will not take part, or take it back."""
    mark_refused(
        actor=request.user,
        respondent=respondent_of(request, collection, key),
        refused=request.POST.get("refused") == "1",
    )
    return redirect("fieldwork:respondent", study, collection, key)


@requires(Permission.RUN_FIELDWORK)
@require_POST
def eligibility(request: StudyRequest, study: str, collection: str, key: int) -> HttpResponse:
    """Write down why a respondent does not belong, or take it back."""
    form = IneligibleForm(request.POST)
    if form.is_valid():
        mark_ineligible(
            actor=request.user,
            respondent=respondent_of(request, collection, key),
            reason=form.cleaned_data["reason"],
        )
    else:
        messages.error(request, _("The reason is too long. Write it shorter."))
    return redirect("fieldwork:respondent", study, collection, key)
