"""The Content-Security-Policy, which is the same for every page."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ContentSecurityPolicyMiddleware:
    """Sends the policy of the settings with every answer; django-csp writes it, once.

    Django's own pages for looking for faults (DEBUG) have style and script inline, so they go out
    without.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not (settings.DEBUG and answer.status_code in {404, 500}):
            answer.headers.setdefault(HEADER, self.policy)
        return answer
