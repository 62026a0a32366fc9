"""Pages for respondents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.web.access.rules import signed_in


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The questionnaires that are sent to the reader's own address."""
    return render(request, "answering/mine.html")
