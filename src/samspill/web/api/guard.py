"""Who asks, and whether they may: tokens, and the permissions of the pages."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja.security import HttpBearer

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
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
    """A token of a user for one study: ``Authorization: Bearer samspill_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = token_of(request)
        if found is not None:
            Token.objects.filter(pk=found.pk).update(used_at=timezone.now())
            request.user = found.user
        return found


def in_study(request: HttpRequest, slug: str, permission: Permission) -> StudyRequest:
    """The request as one in a study, where the token is for that study and its user may.

    Raises Http404 where the token is for another study, PermissionDenied where the user may not.
    """
    token: Token = request.auth  # type: ignore[attr-defined]
    if token.study.slug != slug:
        raise Http404
    return _entered(request, token.study, token, permission)


def published_or_in_study(request: HttpRequest, slug: str) -> StudyRequest:
    """As ``in_study`` for reading results; a published study takes no token."""
    study = get_object_or_404(Study, slug=slug)
    token = token_of(request)
    if study.published_at is not None:
        request.study, request.permissions = study, frozenset()  # type: ignore[attr-defined]
        return request  # type: ignore[return-value]
    if token is None or token.study_id != study.pk:
        raise Http404
    return _entered(request, study, token, Permission.READ_RESULTS)


def _entered(
    request: HttpRequest, study: Study, token: Token, permission: Permission
) -> StudyRequest:
    user = token.user if token.user.is_active else AnonymousUser()
    held = permissions_in(user, study)
    if not held:
        raise Http404
    if permission not in held:
        raise PermissionDenied
    request.user = user
    request.study, request.permissions = study, held  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]
