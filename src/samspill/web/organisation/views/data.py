"""What is known of an organisation: corrected, confirmed, proposed, and taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.register import TABLES
from samspill.web.audit.recording import record
from samspill.web.municipality.actions.entries import subject_of
from samspill.web.municipality.models import Contact
from samspill.web.municipality.words import column_name, language, table_name
from samspill.web.organisation.actions.corrections import (
    DECIDED,
    NATIONAL,
    OWN,
    OWN_CONTACT,
    add_contact,
    change_contact,
    confirm,
    correct,
    leave,
    propose,
)
from samspill.web.organisation.addresses import own_address
from samspill.web.organisation.files import archive
from samspill.web.organisation.forms import OwnForm, ProposalForm
from samspill.web.organisation.grid import Cell, cell, grid
from samspill.web.organisation.reading import seen_by
from samspill.web.organisation.rules import OwnRequest, actor, for_own_page, provenance


@for_own_page
def data(request: OwnRequest, **address: str) -> HttpResponse:
    """Is what is known of us right?"""
    own, _shown = seen_by(request.organisation)
    row = own.by_identifier("organisations")[request.organisation.identifier]
    table = TABLES["organisations"]

    def facts(names: tuple[str, ...]) -> list[tuple[str, Cell, bool]]:
        return [
            (
                column_name("organisations", name),
                cell(own, "organisations", table.column(name), row),
                name in request.organisation.public,
            )
            for name in names
            if name in OWN or row[name] not in (None, ())
        ]

    people = [r for r in own.rows("contacts") if r["side"] == "organisation" and not r["left_on"]]
    context = {
        "group": "data",
        "own": facts(OWN),
        "decided": facts(DECIDED),
        "national": facts(NATIONAL),
        "people": grid(
            own,
            "contacts",
            OWN_CONTACT,
            people,
            table_name("contacts"),
            lambda name, identifier: (
                own_address(request, "contact", identifier) if name == "contacts" else ""
            ),
        ),
        "rows": sum(len(rows) for rows in own.tables.values()),
    }
    return render(request, "organisation/data.html", context)


@for_own_page
def correct_own(request: OwnRequest, **address: str) -> HttpResponse:
    """Correct what the organisation knows best."""
    form = OwnForm(request.POST or None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        changed = correct(
            actor=actor(request),
            organisation=request.organisation,
            provenance=provenance(request),
            **form.given(),
        )
        said = _("The changes are saved.") if changed else _("Nothing was different.")
        messages.success(request, said)
        return redirect(own_address(request, "data"))
    return _form(request, form, _("What should be known of you?"))


@for_own_page
@require_POST
def confirm_own(request: OwnRequest, **address: str) -> HttpResponse:
    """Say that what is known is right."""
    confirm(actor=actor(request), organisation=request.organisation)
    messages.success(request, _("Thank you: it is noted that this is right today."))
    return redirect(own_address(request, "data"))


@for_own_page
def propose_change(request: OwnRequest, **address: str) -> HttpResponse:
    """Propose a change of what the municipality decides."""
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        propose(
            actor=actor(request),
            organisation=request.organisation,
            subject=form.subject,
            provenance=provenance(request),
        )
        messages.success(request, _("The municipality has got your proposal."))
        return redirect(own_address(request, "data"))
    return _form(request, form, _("What should the municipality change?"))


@for_own_page
def new_contact(request: OwnRequest, **address: str) -> HttpResponse:
    """Add someone who speaks for the organisation."""
    form = OwnForm(request.POST or None, organisation=request.organisation, of_a_contact=True)
    if request.method == "POST" and form.is_valid():
        add_contact(
            actor=actor(request),
            organisation=request.organisation,
            provenance=provenance(request),
            **form.given(),
        )
        messages.success(request, _("The contact is added."))
        return redirect(own_address(request, "data"))
    return _form(request, form, _("Who can be called?"))


@for_own_page
def contact(request: OwnRequest, *, contact: str, **address: str) -> HttpResponse:
    """Change what is known of someone who speaks for the organisation."""
    found = _contact(request, contact)
    form = OwnForm(
        request.POST or None, organisation=request.organisation, contact=found, of_a_contact=True
    )
    if request.method == "POST" and form.is_valid():
        change_contact(
            actor=actor(request), contact=found, provenance=provenance(request), **form.given()
        )
        messages.success(request, _("The changes are saved."))
        return redirect(own_address(request, "data"))
    leaving = own_address(request, "contact_left", contact)
    return _form(request, form, _("Who can be called?"), leaving)


@for_own_page
@require_POST
def contact_left(request: OwnRequest, *, contact: str, **address: str) -> HttpResponse:
    """Say that someone does not speak for the organisation any more."""
    found = _contact(request, contact)
    leave(actor=actor(request), contact=found, provenance=provenance(request))
    messages.success(request, _("%(name)s is not shown any more.") % {"name": found})
    return redirect(own_address(request, "data"))


@for_own_page
def take_out(request: OwnRequest, **address: str) -> HttpResponse:
    """All rows that name the organisation, as files. That they were taken out stands in the log."""
    own, _shown = seen_by(request.organisation)
    about = _("What %(municipality)s's register says of %(organisation)s.") % {
        "municipality": request.municipality,
        "organisation": request.organisation,
    }
    if own.invented:
        about += " " + _("The data are invented, for demonstration.")
    record(
        actor=actor(request),
        action="organisation.take_out",
        subject=subject_of(request.organisation),
        municipality=request.municipality.code,
    )
    answer = HttpResponse(archive(own, about, language()), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{request.organisation.identifier}.zip"'
    return answer


def _contact(request: OwnRequest, identifier: str) -> Contact:
    found = request.organisation.contacts.select_related("municipality")
    return get_object_or_404(found, identifier=identifier, side="organisation", left_on=None)


def _form(
    request: OwnRequest, form: OwnForm | ProposalForm, question: str, leaving: str = ""
) -> HttpResponse:
    context = {
        "group": "data",
        "form": form,
        "question": question,
        "back": own_address(request, "data"),
        "leaving": leaving,
    }
    return render(request, "organisation/form.html", context)
