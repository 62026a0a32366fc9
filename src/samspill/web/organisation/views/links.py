"""Personal links of an organisation, made and withdrawn by the coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.models import Organisation
from samspill.web.organisation.actions.keys import make_link, withdraw_link
from samspill.web.organisation.forms import LinkForm
from samspill.web.organisation.letters import send_link
from samspill.web.organisation.models import Link


@at_desk(DeskPermission.MANAGE_POSITIONS)
def links(request: DeskRequest, municipality: str, organisation: str) -> HttpResponse:
    """Who can come to the organisation's page, by account or by link?"""
    found = _organisation(request, organisation)
    initial = {"email": found.email, "language": get_language()}
    form = LinkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        link, token = make_link(
            actor=request.user, organisation=found, email=given["email"], days=given["days"]
        )
        send_link(link, token, given["language"])
        messages.success(request, _("The link is sent to %(email)s.") % {"email": link.email})
        return redirect("organisation:links", municipality, organisation)
    context = {
        "group": "organisations",
        "organisation": found,
        "form": form,
        "links": found.links.all(),
        "positions": found.positions.select_related("user"),
        "now": timezone.now(),
    }
    return render(request, "organisation/links.html", context)


@at_desk(DeskPermission.MANAGE_POSITIONS)
@require_POST
def withdraw(request: DeskRequest, municipality: str, organisation: str, link: int) -> HttpResponse:
    """Withdraw a link; it stops at once."""
    found = get_object_or_404(
        Link.objects.select_related("organisation__municipality"),
        organisation=_organisation(request, organisation),
        pk=link,
    )
    withdraw_link(actor=request.user, link=found)
    messages.success(request, _("The link does not work any more."))
    return redirect("organisation:links", municipality, organisation)


def _organisation(request: DeskRequest, identifier: str) -> Organisation:
    found = Organisation.objects.select_related("municipality")
    return get_object_or_404(found, municipality=request.municipality, identifier=identifier)
