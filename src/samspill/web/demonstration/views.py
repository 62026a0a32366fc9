"""Signing in as one of the demonstration's people, on this machine alone."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from samspill.web.access.rules import anyone
from samspill.web.accounts.models import User
from samspill.web.demonstration.people import PEOPLE

LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]"}


@anyone
@require_POST
def sign_in(request: HttpRequest, who: str) -> HttpResponse:
    """Sign in without a password. There is no such page outside the demonstration, nor for anyone
    who comes from another machine or through a proxy."""
    if who not in PEOPLE or not settings.DEMO or not _from_this_machine(request):
        raise Http404
    person = PEOPLE[who]
    user = get_object_or_404(User, email=person.email, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(person.next_page)


def _from_this_machine(request: HttpRequest) -> bool:
    forwarded = any(
        name in request.META
        for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
    )
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if forwarded or host not in LOCAL_NAMES:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
