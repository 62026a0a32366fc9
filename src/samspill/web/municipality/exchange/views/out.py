"""Taking the register out: all of it, or a table as its list shows it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.errors import InvalidInput
from samspill.register import TABLES
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.audit.recording import record
from samspill.web.municipality.exchange import taking_out
from samspill.web.municipality.exchange.forms import FileForm
from samspill.web.municipality.exchange.previews import problems_in_words
from samspill.web.municipality.exchange.publishing import TYPES
from samspill.web.municipality.exchange.waiting import FILE, REGISTERS, waiting
from samspill.web.municipality.finding import entries
from samspill.web.municipality.listing import ListForm, chosen
from samspill.web.municipality.views.listing import readable_table
from samspill.web.municipality.words import language, table_name

GROUP = "exchange"


@at_desk(DeskPermission.EXCHANGE_REGISTER)
def exchange(request: DeskRequest, municipality: str) -> HttpResponse:
    """What can be taken out and in."""
    return home(request, FileForm())


def home(request: DeskRequest, form: FileForm) -> HttpResponse:
    """The page with a form for the file that is to be taken in."""
    tables = [(t, table_name(t), entries(request.municipality, t).count()) for t in TABLES]
    context = {
        "group": GROUP,
        "form": form,
        "tables": tables,
        "filled": sum(bool(count) for _t, _n, count in tables),
        "total": sum(count for _t, _n, count in tables),
        "file_waits": waiting(request.municipality, request.user.pk, FILE),
        "registers_wait": waiting(request.municipality, request.user.pk, REGISTERS),
    }
    return render(request, "municipality/exchange/exchange.html", context)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
def take_out(request: DeskRequest, municipality: str, form: str) -> HttpResponse:
    """The whole register, as a folder (``zip``) or a workbook (``xlsx``)."""
    desk = request.municipality
    try:
        content = (
            taking_out.folder(desk) if form == "zip" else taking_out.workbook(desk, language())
        )
    except InvalidInput as error:
        context = {"group": GROUP, "problems": problems_in_words(error)}
        return render(request, "municipality/exchange/unsound.html", context, status=409)
    return _file(request, "register", form, content)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
def take_out_table(request: DeskRequest, municipality: str, table: str, form: str) -> HttpResponse:
    """The rows of a table that fit what the address looks for, as its list does."""
    if form not in taking_out.FORMS:
        raise Http404
    declared = readable_table(request, table)
    desk = request.municipality
    asked = ListForm(request.GET, table=declared, municipality=desk)
    wanted = {entry.identifier for entry in chosen(desk, declared, asked, timezone.localdate())}
    content = taking_out.table(desk, table, form, language(), wanted)
    return _file(request, table, form, content)


def _file(request: DeskRequest, what: str, ending: str, content: bytes) -> HttpResponse:
    record(
        actor=request.user,
        action="municipality.take_out",
        subject=f"{what}.{ending}",
        municipality=request.municipality.code,
    )
    answer = HttpResponse(content, content_type=TYPES.get(f".{ending}", "application/zip"))
    name = taking_out.file_name(request.municipality, what, ending)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
