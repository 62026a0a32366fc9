"""The pages about the site itself, and error pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspill.web.access.rules import anyone


@anyone
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@anyone
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored of whom, for how long, and why."""
    return render(request, "pages/privacy.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request, 400, _("The page could not understand this"), _("Go back and try again.")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        403,
        _("Your role does not allow this"),
        _("Ask an owner of the study for another role."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or you may have to sign in to see it."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(
        request,
        403,
        _("The form had been open too long"),
        _("Nothing was changed. Go back, load the page again and send it once more."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(
        request,
        500,
        _("Something went wrong here"),
        _("It has been logged. What you saved before is safe; try again in a moment."),
    )


def _error(request: HttpRequest, status: int, heading: str, explanation: str) -> HttpResponse:
    context = {"heading": heading, "explanation": explanation}
    return render(request, "error.html", context, status=status)
