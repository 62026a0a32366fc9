"""Who asks, and whether they may: tokens, and the permissions of the pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja.security import HttpBearer

from samspill.web.access.permissions import Permission
from samspill.web.access.rules import permissions_in
from samspill.web.api.actions import digest_of
from samspill.web.api.models import Token
from samspill.web.studies.models import Study


def token_of(request: HttpRequest) -> Token | None:
    """The valid token that a request carries, if any."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    token = (
        Token.objects.select_related("user", "study")
        .filter(digest=digest_of(secret.strip()), expires_at__gt=timezone.now())
        .first()
    )
    return token if token is not None and token.user.is_active else None


class TokenRequired(HttpBearer):
    """A token of a user for one study: ``Authorization: Bearer samspill_…``.

    An operation says with it which permission it takes in the study of its address, and is then
    given a ``StudyRequest``. Where the token is for another study, or its user is no member any
    more, there is nothing (404); where the user's role lacks the permission it is refused (403).
    """

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = token_of(request)
        if found is None:
            return None
        Token.objects.filter(pk=found.pk).update(used_at=timezone.now())
        if found.study.slug != _address(request)["study"]:
            raise Http404
        held = permissions_in(found.user, found.study)
        if not held:
            raise Http404
        if self.permission not in held:
            raise PermissionDenied
        request.user = found.user
        request.study, request.permissions = found.study, held  # type: ignore[attr-defined]
        return found


class PublishedOrToken(TokenRequired):
    """As ``TokenRequired``; a published study takes no token, and one that is not published is
    there for tokens alone."""

    def __call__(self, request: HttpRequest) -> Study | Token:
        study = get_object_or_404(Study, slug=_address(request)["study"])
        if study.published_at is not None:
            request.study, request.permissions = study, frozenset()  # type: ignore[attr-defined]
            return study
        token: Token | None = super().__call__(request)
        if token is None:
            raise Http404
        return token


def _address(request: HttpRequest) -> dict[str, Any]:
    """The parts of the address that vary. No name of anything holds the character zero."""
    match = request.resolver_match
    parts = match.kwargs if match is not None else {}
    if any("\0" in str(part) for part in parts.values()):
        raise Http404
    return parts
