"""Taking a file in: it is read, looked over, and taken in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.errors import InvalidInput, SamspillError
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.actions.intake import planned, take_in
from samspill.web.municipality.exchange.forms import FileForm
from samspill.web.municipality.exchange.previews import lines_of_file, problems_in_words
from samspill.web.municipality.exchange.taking_in import read
from samspill.web.municipality.exchange.views.out import GROUP, home
from samspill.web.municipality.exchange.waiting import FILE, keep, waiting
from samspill.web.municipality.models import Upload
from samspill.web.pages.faults import told

ON_A_PAGE = 100


@at_desk(DeskPermission.EXCHANGE_REGISTER)
@require_POST
def bring(request: DeskRequest, municipality: str) -> HttpResponse:
    """Keep a file, in order to look over what it would change."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return home(request, form)
    file = form.cleaned_data["file"]
    choices = {"table": form.cleaned_data["table"]}
    keep(request.municipality, request.user.pk, FILE, file.name, file.read(), choices)
    return redirect("municipality:preview_file", municipality)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
def preview(request: DeskRequest, municipality: str) -> HttpResponse:
    """What the file would change, or what is wrong in it; nothing is changed yet."""
    kept = waiting(request.municipality, request.user.pk, FILE)
    return _none(request) if kept is None else _preview(request, kept)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
@require_POST
def confirm(request: DeskRequest, municipality: str) -> HttpResponse:
    """Take in what the preview showed. Sent twice, it is done once."""
    kept = waiting(request.municipality, request.user.pk, FILE)
    if kept is None:
        return _none(request)
    try:
        rows = read(request.municipality, kept.filename, bytes(kept.content), _table(kept)).tables
        done = take_in(
            actor=request.user,
            municipality=request.municipality,
            rows=rows,
            expected=request.POST.get("expected", "-"),
        )
    except InvalidInput:
        return _preview(request, kept)
    except SamspillError as error:
        return _preview(request, kept, told(error))
    kept.delete()
    new = sum(len(found) for found in done.new.values())
    changed = sum(len(found) for found in done.changed.values())
    parts = [
        ngettext("%(n)s entry is new.", "%(n)s entries are new.", new) % {"n": new},
        ngettext("%(n)s entry is changed.", "%(n)s entries are changed.", changed) % {"n": changed},
    ]
    messages.success(request, " ".join(parts))
    return redirect("municipality:exchange", municipality)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
@require_POST
def cancel(request: DeskRequest, municipality: str) -> HttpResponse:
    """Throw the file away."""
    kept = waiting(request.municipality, request.user.pk, FILE)
    if kept is not None:
        kept.delete()
    messages.info(request, _("Nothing is taken in, and the file is removed."))
    return redirect("municipality:exchange", municipality)


def _preview(request: DeskRequest, kept: Upload, refused: str = "") -> HttpResponse:
    context: dict[str, object] = {"group": GROUP, "upload": kept, "refused": refused}
    try:
        rows = read(request.municipality, kept.filename, bytes(kept.content), _table(kept)).tables
    except InvalidInput as error:
        context |= {"problems": problems_in_words(error), "count": len(error.problems)}
    except SamspillError as error:
        context |= {"refused": told(error), "hopeless": True}
    else:
        plan = planned(request.municipality, rows)
        lines = lines_of_file(request.municipality, plan, rows)
        context |= {
            "plan": plan,
            "rows": sum(len(found) for found in rows.values()),
            "new": sum(len(found) for found in plan.new.values()),
            "changed": sum(len(found) for found in plan.changed.values()),
            "page": Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page")),
        }
    return render(request, "municipality/exchange/preview.html", context)


def _table(kept: Upload) -> str:
    return str(kept.choices.get("table", ""))


def _none(request: DeskRequest) -> HttpResponse:
    messages.info(request, _("No file waits here: it is taken in already, or removed."))
    return redirect("municipality:exchange", request.municipality.code)
