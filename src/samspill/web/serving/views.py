"""Whether the application is well, and the first administrator."""

from __future__ import annotations

from django.contrib.auth import login
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

import samspill
from samspill.errors import SamspillError
from samspill.web.access.rules import anyone
from samspill.web.serving import administrator
from samspill.web.serving.forms import AdministratorForm


@anyone
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down", "version": samspill.__version__}, status=503)
    return JsonResponse({"database": "ok", "version": samspill.__version__})


@anyone
@never_cache
@sensitive_post_parameters("password", "repeated")
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link chooses a password and runs the installation."""
    if not administrator.link_holds(token):
        return render(request, "serving/spent.html", status=404)
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("email", "name", "password")}
        try:
            user = administrator.become_administrator(**given)
        except SamspillError as error:
            form.add_error("email", str(error))
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("accounts:people")
    return render(request, "serving/first_administrator.html", {"form": form})
