"""One's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.web.access.rules import signed_in


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I sign in."""
    return render(request, "accounts/me.html")
