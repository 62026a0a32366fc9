"""The codes: the tree, one code with its passages, and what can be done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.qualitative import Project
from samspill.qualitative.codebook import shipped_codebook
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.codes import (
    DESCRIBED,
    add_code,
    edit_code,
    merge_codes,
    move_code,
    remove_code,
    split_code,
)
from samspill.web.interviews.forms import CodeForm, code_choices
from samspill.web.interviews.models import Code, Coding
from samspill.web.interviews.project import take_in
from samspill.web.interviews.tree import counted_codes

ON_A_PAGE = 50
NEW_COLOUR = "#1d5b8f"


@requires(Permission.CODE_TEXT)
def codes(request: StudyRequest, study: str) -> HttpResponse:
    """What the study codes with, and how much each code has."""
    context = {"here": "codes", "branches": counted_codes(request.study)}
    return render(request, "interviews/codes.html", context)


@requires(Permission.CODE_TEXT)
@require_POST
def ship(request: StudyRequest, study: str) -> HttpResponse:
    """Take in the codes that come with Samspill; those that are here already stay as they are."""
    language = get_language() or "nb"
    shipped = Project(name=_("The codes of the founding study"), codes=shipped_codebook(language))
    taken = take_in(actor=request.user, study=request.study, project=shipped)
    said = ngettext("%(n)s code is added.", "%(n)s codes are added.", taken.codes)
    messages.success(request, said % {"n": taken.codes})
    return redirect("interviews:codes", study)


@requires(Permission.CODE_TEXT)
def new(request: StudyRequest, study: str) -> HttpResponse:
    """Add a code."""
    given = {"colour": NEW_COLOUR, "codable": True, "parent": request.GET.get("under", "")}
    form = CodeForm(request.POST or None, study=request.study, initial=given)
    if request.method == "POST" and form.is_valid():
        code = add_code(
            actor=request.user,
            study=request.study,
            parent=form.parent_in(request.study),
            **{name: form.cleaned_data[name] for name in DESCRIBED},
        )
        messages.success(request, _("“%(code)s” is added.") % {"code": code.name})
        return redirect("interviews:codes", study)
    return render(request, "interviews/new_code.html", {"here": "codes", "form": form})


@requires(Permission.CODE_TEXT)
def code(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """What a code means, and what has been coded with it."""
    found = get_object_or_404(request.study.codes, guid=guid)
    form = CodeForm(request.POST or None, study=request.study, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = get_object_or_404(request.study.codes, guid=guid)
        parent = form.parent_in(request.study)
        try:
            if parent != kept.parent:
                move_code(actor=request.user, code=kept, parent=parent)
            described = {name: form.cleaned_data[name] for name in DESCRIBED}
            edit_code(actor=request.user, code=kept, **described)
        except SamspillError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The code is saved."))
            return redirect("interviews:code", study, guid)
    codings = Coding.objects.filter(code=found).select_related("source", "coder")
    page = Paginator(codings.order_by("source__order", "start"), ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "here": "codes",
        "code": get_object_or_404(request.study.codes, guid=guid),
        "form": form,
        "page": shown,
        "passages": [(coding, _words(coding)) for coding in shown],
        "total": codings.count(),
        "others": [c for c in code_choices(request.study, codable=True) if c[0] != found.pk],
    }
    return render(request, "interviews/code.html", context)


@requires(Permission.CODE_TEXT)
@require_POST
def merge(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Merge a code into another."""
    found = get_object_or_404(request.study.codes, guid=guid)
    into = get_object_or_404(request.study.codes, pk=_key(request.POST.get("into")))
    name = found.name

    def do() -> str:
        merge_codes(actor=request.user, code=found, into=into)
        words = {"code": name, "into": into.name}
        return _("“%(code)s” is merged into “%(into)s”. It can be undone.") % words

    return _done(request, do, found, after=into)


@requires(Permission.CODE_TEXT)
@require_POST
def split(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Give chosen passages of a code a new code."""
    found = get_object_or_404(request.study.codes, guid=guid)
    chosen = [_key(key) for key in request.POST.getlist("coding")]
    name = request.POST.get("name", "").strip()[:200]

    def do() -> str:
        if not name:
            raise SamspillError(_("The new code has no name."), _("Write one, and split again."))
        codings = list(Coding.objects.filter(source__study=request.study, pk__in=chosen))
        split_code(actor=request.user, code=found, name=name, codings=codings)
        said = ngettext(
            "“%(code)s” has %(n)s passage. It can be undone.",
            "“%(code)s” has %(n)s passages. It can be undone.",
            len(codings),
        )
        return said % {"code": name, "n": len(codings)}

    return _done(request, do, found, after=found)


@requires(Permission.CODE_TEXT)
@require_POST
def remove(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Take a code away that nothing is coded with."""
    found = get_object_or_404(request.study.codes, guid=guid)
    name = found.name

    def do() -> str:
        remove_code(actor=request.user, code=found)
        return _("“%(code)s” is removed. It can be undone.") % {"code": name}

    return _done(request, do, found, after=None)


@requires(Permission.CODE_TEXT)
@require_POST
def move(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Put a code one place up or down among its siblings."""
    found = get_object_or_404(request.study.codes, guid=guid)
    siblings = list(request.study.codes.filter(parent=found.parent_id).order_by("order", "pk"))
    place = siblings.index(found)
    if request.POST.get("to") == "up" and place > 0:
        move_code(actor=request.user, code=found, parent=found.parent, before=siblings[place - 1])
    elif request.POST.get("to") == "down" and place < len(siblings) - 1:
        after = siblings[place + 2] if place + 2 < len(siblings) else None
        move_code(actor=request.user, code=found, parent=found.parent, before=after)
    return HttpResponseRedirect(f"{reverse('interviews:codes', args=[study])}#code-{found.pk}")


def _done(request: StudyRequest, do: Any, code: Code, *, after: Code | None) -> HttpResponse:
    """Do it and say so at ``after``'s page, or say at the code's own why it was not done."""
    guid = code.guid
    try:
        messages.success(request, do())
    except SamspillError as error:
        messages.error(request, str(error))
        return redirect("interviews:code", request.study.slug, guid)
    if after is None:
        return redirect("interviews:codes", request.study.slug)
    return redirect("interviews:code", request.study.slug, after.guid)


def _words(coding: Coding) -> str:
    return coding.source.text[coding.start : coding.end]


def _key(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 18 else 0
