"""What others need and offer, and how an organisation answers with what it has or needs."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.register.labels import choice_label
from samspill.web.municipality.models import Need, Offer
from samspill.web.municipality.words import concept_name, language
from samspill.web.organisation.actions.exchanging import (
    add_need,
    add_offer,
    answer_need,
    answer_offer,
    close_need,
    withdraw_offer,
)
from samspill.web.organisation.addresses import own_address
from samspill.web.organisation.exchange import open_needs, open_offers, own_matches
from samspill.web.organisation.forms import AnswerForm, NeedForAnOfferForm, NeedForm, OfferForm
from samspill.web.organisation.own import fields_of
from samspill.web.organisation.published import published_needs
from samspill.web.organisation.reading import public_content, register_with
from samspill.web.organisation.rules import OwnRequest, actor, for_own_page, provenance


@for_own_page
def needs(request: OwnRequest, **address: str) -> HttpResponse:
    """What can we help with, and who can help us?"""
    today = timezone.localdate()
    me = request.organisation
    register = register_with(request.municipality, ("organisations", "relations"))
    fields = fields_of(register, me.identifier)
    matches = list(own_matches(me))
    answered = {match.need.identifier for match in matches if match.organisation_id == me.pk}
    shown = public_content(request.municipality, ("needs", "organisations", "municipal_units"))
    open_now = [
        need for need in published_needs(shown, today) if need.organisation != me.identifier
    ]
    open_now.sort(key=lambda need: need.field not in fields)
    offers = [
        (offer, _fields(offer))
        for offer in open_offers(request.municipality, today).exclude(organisation=me)
    ]
    context = {
        "group": "needs",
        "needs": [(need, need.identifier in answered) for need in open_now],
        "in_our_fields": sum(need.field in fields for need in open_now),
        "offers": offers,
        "own_needs": _own_needs(request),
        "own_offers": [
            (offer, _fields(offer)) for offer in me.offers.filter(status="waiting").order_by("pk")
        ],
        "matches": [(match, choice_label(match.outcome, language())) for match in matches],
        "today": today,
    }
    return render(request, "organisation/needs.html", context)


@for_own_page
def new_need(request: OwnRequest, **address: str) -> HttpResponse:
    """Say what the organisation needs."""
    form = NeedForm(request.POST or None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        add_need(
            actor=actor(request),
            organisation=request.organisation,
            values=form.values(),
            provenance=provenance(request),
        )
        said = _("The need is noted. Others see it when the municipality has published it.")
        messages.success(request, said)
        return redirect(own_address(request, "needs"))
    return _form(request, form, _("What do you need help with?"))


@for_own_page
@require_POST
def close(request: OwnRequest, *, need: str, **address: str) -> HttpResponse:
    """Say that a need is met."""
    own = request.organisation.needs.select_related("municipality")
    found = get_object_or_404(own, identifier=need, closed_on=None)
    close_need(actor=actor(request), need=found)
    messages.success(request, _("The need is closed."))
    return redirect(own_address(request, "needs"))


@for_own_page
def new_offer(request: OwnRequest, **address: str) -> HttpResponse:
    """Offer what the organisation has."""
    form = OfferForm(request.POST or None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        add_offer(
            actor=actor(request),
            organisation=request.organisation,
            values=form.values(),
            provenance=provenance(request),
        )
        messages.success(request, _("The offer is open to others now."))
        return redirect(own_address(request, "needs"))
    return _form(request, form, _("What can you offer others?"))


@for_own_page
@require_POST
def withdraw(request: OwnRequest, *, offer: str, **address: str) -> HttpResponse:
    """Take an offer back."""
    own = request.organisation.offers.select_related("municipality")
    found = get_object_or_404(own, identifier=offer, status="waiting")
    withdraw_offer(actor=actor(request), offer=found)
    messages.success(request, _("The offer is taken back."))
    return redirect(own_address(request, "needs"))


@for_own_page
def answer_to_need(request: OwnRequest, *, need: str, **address: str) -> HttpResponse:
    """Answer a need with an offer."""
    today = timezone.localdate()
    open_now = open_needs(request.municipality, today).exclude(organisation=request.organisation)
    found: Need = get_object_or_404(open_now, identifier=need)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_need(
                actor=actor(request),
                organisation=request.organisation,
                need=found,
                offered=form.cleaned_data["offered"],
                provenance=provenance(request),
            )
        except SamspillError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your offer is noted, and can be seen by the one in need."))
            return redirect(own_address(request, "needs"))
    return _form(request, form, _("Can you help with “%(need)s”?") % {"need": found})


@for_own_page
def answer_to_offer(request: OwnRequest, *, offer: str, **address: str) -> HttpResponse:
    """Answer an offer with a need."""
    today = timezone.localdate()
    open_now = open_offers(request.municipality, today).exclude(organisation=request.organisation)
    found: Offer = get_object_or_404(open_now, identifier=offer)
    own = _own_needs(request)
    form = NeedForAnOfferForm(request.POST or None, needs=own)
    if request.method == "POST" and form.is_valid():
        chosen = next((n for n in own if n.identifier == form.cleaned_data["need"]), None)
        try:
            answer_offer(
                actor=actor(request),
                organisation=request.organisation,
                offer=found,
                need=chosen,
                title=form.cleaned_data["title"],
                provenance=provenance(request),
            )
        except SamspillError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your need is noted beside the offer."))
            return redirect(own_address(request, "needs"))
    return _form(
        request, form, _("What do you need of this: “%(offer)s”?") % {"offer": found.description}
    )


def _own_needs(request: OwnRequest) -> list[Need]:
    found = request.organisation.needs.filter(closed_on=None).select_related("municipality")
    return list(found.order_by("pk"))


def _fields(offer: Offer) -> str:
    return ", ".join(concept_name("fields", name) for name in offer.fields)


def _form(request: OwnRequest, form: forms.Form, question: str) -> HttpResponse:
    context = {
        "group": "needs",
        "form": form,
        "question": question,
        "back": own_address(request, "needs"),
    }
    return render(request, "organisation/form.html", context)
