"""What is written from the pages: reasons, evidence, statements, decisions, a register, sharing."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from uuid import UUID

import polars as pl
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.triangulation import Row
from samspill.triangulation.counts import checked
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.pages.faults import told
from samspill.web.triangulation import actions
from samspill.web.triangulation.forms import (
    DecisionForm,
    EvidenceForm,
    ReasonForm,
    RegisterForm,
    StatementForm,
)
from samspill.web.triangulation.gathering import gathered
from samspill.web.triangulation.shown import WHOLE
from samspill.web.triangulation.views.comparison import page, row_of

Given: TypeAlias = dict[str, Any]
FORMS: Mapping[type[Form], str] = {
    ReasonForm: "reason_form",
    EvidenceForm: "evidence_form",
    StatementForm: "statement_form",
    DecisionForm: "decision_form",
}


@requires(Permission.CODE_TEXT)
@require_POST
def reason(request: StudyRequest, study: str, theme: str, field: str) -> HttpResponse:
    """Write down a possible reason."""
    row = row_of(gathered(request.study), theme, field)

    def keep(given: Given) -> None:
        place = "" if given.pop("general") else row.field
        actions.add_reason(
            actor=request.user, study=request.study, theme=theme, field=place, **given
        )

    form = ReasonForm(request.POST, auto_id="reason_%s")
    return _kept(request, row, form, keep, _("The reason is written down."))


@requires(Permission.CODE_TEXT)
@require_POST
def evidence(request: StudyRequest, study: str, theme: str, field: str) -> HttpResponse:
    """Say what speaks for or against a reason."""
    row = row_of(gathered(request.study), theme, field)

    def keep(given: Given) -> None:
        about = given.pop("about")
        own = request.study.reasons.filter(guid=about).first() if _is_uuid(about) else None
        actions.add_evidence(
            actor=request.user,
            study=request.study,
            reason=own,
            about="" if own else about,
            **given,
        )

    known = [(r.id, r.id) for r in row.memo.reasons]
    form = EvidenceForm(request.POST, known=known, auto_id="evidence_%s")
    return _kept(request, row, form, keep, _("The evidence is written down."))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@requires(Permission.CODE_TEXT)
@require_POST
def statement(request: StudyRequest, study: str, theme: str, field: str) -> HttpResponse:
    """Write down what a source says."""
    row = row_of(gathered(request.study), theme, field)
    form = StatementForm(request.POST, theme=row.theme, auto_id="statement_%s")

    def keep(given: Given) -> None:
        actions.add_statement(
            actor=request.user,
            study=request.study,
            theme=theme,
            field=row.field,
            column=given["column"],
            says=form.says(),
            text=given["text"],
            source=given["source"],
        )

    return _kept(request, row, form, keep, _("What the source says is written down."))


@requires(Permission.CODE_TEXT)
@require_POST
def decision(request: StudyRequest, study: str, theme: str, field: str) -> HttpResponse:
    """Close, open again, overrule or withdraw, for a reason."""
    row = row_of(gathered(request.study), theme, field)

    def keep(given: Given) -> None:
        if given["seen"] != row.fingerprint:
            raise SamspillError(
                _("What is said has changed since the page was shown."),
                _("Read it anew, and decide from what it says now."),
            )
        kind, _sep, value = given["kind"].partition(":")
        actions.decide(
            actor=request.user,
            study=request.study,
            row=row,
            kind=kind,
            value=value,
            text=given["text"],
        )

    form = DecisionForm(request.POST, row=row, auto_id="decision_%s")
    return _kept(request, row, form, keep, _("The decision is kept with its reason."))


def _kept(
    request: StudyRequest, row: Row, form: Form, keep: Callable[[Given], None], done: str
) -> HttpResponse:
    """``keep`` what the form of a comparison holds and say that it is ``done``; or the page with
    what is wrong, and the form as it was filled in."""
    theme, field = row.theme.identifier, row.field or WHOLE
    if form.is_valid():
        try:
            keep(dict(form.cleaned_data))
        except SamspillError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, done)
            return redirect("sources:comparison", request.study.slug, theme, field)
    return page(request, theme, field, 400, **{FORMS[type(form)]: form})


@requires(Permission.CODE_TEXT)
@require_POST
def remove_reason(request: StudyRequest, study: str, reason: UUID) -> HttpResponse:
    """Take a reason and its evidence away."""
    found = get_object_or_404(request.study.reasons, guid=reason)
    actions.remove_reason(actor=request.user, reason=found)
    messages.success(request, _("The reason is taken away; the log keeps what it said."))
    return redirect("sources:overview", study)


@requires(Permission.CODE_TEXT)
@require_POST
def remove_statement(request: StudyRequest, study: str, statement: UUID) -> HttpResponse:
    """Take a statement away."""
    found = get_object_or_404(request.study.source_statements, guid=statement)
    actions.remove_statement(actor=request.user, statement=found)
    messages.success(request, _("The statement is taken away; the log keeps what it said."))
    return redirect("sources:overview", study)


@requires(Permission.EDIT_SOURCES)
def register(request: StudyRequest, study: str) -> HttpResponse:
    """Which register are the other sources laid beside?"""
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            raw = pl.read_csv(io.BytesIO(given["file"].read()), infer_schema=False)
            counts = checked(raw)
            actions.bring_register(
                actor=request.user,
                study=request.study,
                name=given["name"],
                on=given["on"],
                counts=counts,
                invented=given["invented"],
            )
        except SamspillError as error:
            form.add_error("file", told(error))
        except pl.exceptions.PolarsError:
            form.add_error("file", _("This is no CSV file. Give one that Samspill has written."))
        else:
            messages.success(request, _("The register is laid beside the other sources."))
            return redirect("sources:overview", study)
    held = request.study.register_counts.filter(removed_at=None).last()
    context = {"form": form, "held": held}
    status = 400 if form.errors else 200
    return render(request, "triangulation/register.html", context, status=status)


@requires(Permission.EDIT_SOURCES)
@require_POST
def remove_register(request: StudyRequest, study: str) -> HttpResponse:
    """Compare with no register any more."""
    actions.remove_register(actor=request.user, study=request.study)
    messages.success(request, _("The register is no longer compared."))
    return redirect("sources:overview", study)


@requires(Permission.PUBLISH)
@require_POST
def sharing(request: StudyRequest, study: str) -> HttpResponse:
    """Let readers of the results see the whole comparison, or take it back."""
    if "withdraw" in request.POST:
        actions.withdraw(actor=request.user, study=request.study)
        messages.success(request, _("Readers see only what the published study says by itself."))
    else:
        actions.share(actor=request.user, study=request.study)
        messages.success(request, _("Readers of the results see the whole comparison."))
    return redirect("sources:overview", study)
