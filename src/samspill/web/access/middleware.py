"""Asks each view's rule before the view runs, and refuses a view that declares none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

GUARDED_BY_THEMSELVES = ("accounts/", "api/", "language/")


class AccessMiddleware:
    """The one place where a view's rule is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        rule = getattr(view, "rule", None)
        if rule is not None:
            answer: HttpResponse | None = rule(request, kwargs)
            return answer
        match = request.resolver_match
        if match is not None and match.route.startswith(GUARDED_BY_THEMSELVES):
            return None
        raise ImproperlyConfigured(f"The view {view.__module__}.{view.__name__} declares no rule.")
