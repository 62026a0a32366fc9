"""Addresses: an organisation's pages by account or by the link in use, and the public desk's."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from samspill.web.organisation.grid import Address


def own_address(request: HttpRequest, page: str, *rest: str) -> str:
    """The address of one of the organisation's pages, reached in the way that ``request`` was."""
    match = request.resolver_match
    if match is None:
        raise LookupError("The request has led to no page yet.")
    if "token" in match.kwargs:
        return reverse(f"organisation_link:{page}", args=(match.kwargs["token"], *rest))
    names = (match.kwargs["municipality"], match.kwargs["organisation"])
    return reverse(f"organisation:{page}", args=(*names, *rest))


def public_address(municipality: str) -> Address:
    """Where a row has a page at a municipality's public desk: organisations alone do."""

    def address(table: str, identifier: str) -> str:
        if table != "organisations":
            return ""
        return reverse("public_desk:organisation", args=(municipality, identifier))

    return address
