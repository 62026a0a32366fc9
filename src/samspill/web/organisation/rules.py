"""Who comes to an organisation's page: whoever speaks for it, by account or by personal link, and
whoever edits the register that it stands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import OrganisationRequest
from samspill.web.access.rules import (
    NOTHING_AT_THE_DESK,
    ForOrganisation,
    permissions_at,
    represents,
    takes,
)
from samspill.web.municipality.models import Organisation
from samspill.web.organisation.links import link_by
from samspill.web.organisation.models import Link

View: TypeAlias = Callable[..., HttpResponse]
GONE = 410


class OwnRequest(OrganisationRequest):
    """On an organisation's page; ``link`` is the personal link that led there, if one did."""

    link: Link | None


@dataclass(frozen=True, slots=True)
class ForOwnPage:
    """As ``ForOrganisation``; a path with ``<str:token>`` takes a personal link instead, which
    gives the organisation's pages and no permission at the desk."""

    def __call__(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        token = kwargs.get("token")
        request.link = None  # type: ignore[attr-defined]
        if token is None:
            return ForOrganisation()(request, kwargs)
        link = link_by(token)
        if link is None:
            return kept_private(render(request, "organisation/gone.html", status=GONE))
        request.link = link  # type: ignore[attr-defined]
        request.organisation = link.organisation  # type: ignore[attr-defined]
        request.municipality = link.organisation.municipality  # type: ignore[attr-defined]
        request.permissions = NOTHING_AT_THE_DESK  # type: ignore[attr-defined]
        return None


def for_own_page(view: View) -> View:
    """The view stands on an organisation's page. What it answers is kept nowhere."""

    @wraps(view)
    def answered(request: OwnRequest, **address: str) -> HttpResponse:
        return kept_private(view(request, **address))

    return takes(ForOwnPage())(answered)


def kept_private(answer: HttpResponse) -> HttpResponse:
    """An answer that no cache keeps and no search engine lists."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def provenance(request: OwnRequest) -> str:
    """Who says what is said at the page: the organisation, or the municipality for it."""
    by_itself = request.link is not None or represents(request.user, request.organisation)
    return "organisation" if by_itself else "municipality"


def actor(request: OwnRequest) -> AbstractBaseUser | str:
    """Who the log says it was: the user, or the number of the link."""
    return str(request.link) if request.link is not None else request.user


def may_follow(user: Any, organisation: Organisation) -> bool:
    """Whether a user still may see an organisation's page."""
    return represents(user, organisation) or (
        DeskPermission.EDIT_REGISTER in permissions_at(user, organisation.municipality)
    )
