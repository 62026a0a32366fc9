"""Choosing cases, a selection with its reasons, and the study's own cases."""

from __future__ import annotations

import csv
import io
from typing import Any

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.presentation import Column, Figure, coverage_figure, selected_table
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.design.actions import adopt_selection, ask_for_selection
from samspill.web.design.choosing import Found, covered, read
from samspill.web.design.forms import METHODS, QUOTAS, ChoosingForm, initial_of
from samspill.web.design.frames import frame_of, stored_frame, words_of_attributes
from samspill.web.design.models import CaseSelection
from samspill.web.interviews.asking.drawing import TYPES
from samspill.web.jobs.running import start
from samspill.web.pages.faults import told

SHOWN = 15
EARLIER = 10
INVENTED = "invented"


@requires(Permission.READ_STUDY)
def cases(request: StudyRequest, study: str) -> HttpResponse:
    """Which units are the study's cases, and how are others chosen?"""
    own = request.study.selections.filter(adopted_at__isnull=False).first()
    may_choose = Permission.EDIT_UNITS in request.permissions
    context: dict[str, Any] = {"here": "cases", "own": own}
    if own is not None:
        context |= _shown(request, own, read(own))
    units = frame_of(request.study)
    context |= {
        "units": len(units.units),
        "attributes": request.study.attributes.count(),
        "earlier": request.study.selections.exclude(found={})[:EARLIER],
    }
    if may_choose and units.units and context["attributes"]:
        form = ChoosingForm(
            request.POST or None, study=request.study, frame=units,
            initial=initial_of(own.asked, units.named) if own else None,
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            return _ask(request, form)
        context["form"] = form
        context["parts"] = _parts(form)
    return render(request, "design/cases.html", context)


@requires(Permission.READ_STUDY)
def selection(request: StudyRequest, study: str, selection: int) -> HttpResponse:
    """One selection: what was chosen and why, what it covers, what others would have added."""
    made = get_object_or_404(request.study.selections, pk=selection)
    context: dict[str, Any] = {"here": "cases", "selection": made}
    if made.found:
        context |= _shown(request, made, read(made))
    return render(request, "design/selection.html", context)


@requires(Permission.EDIT_UNITS)
@require_POST
def adopt(request: StudyRequest, study: str, selection: int) -> HttpResponse:
    """Make a selection the study's cases."""
    made = get_object_or_404(request.study.selections, pk=selection)
    try:
        adopt_selection(actor=request.user, selection=made)
    except SamspillError as error:
        messages.error(request, told(error))
        return redirect("design:selection", study, selection)
    messages.success(request, _("These are now the study's cases."))
    return redirect("design:cases", study)


@requires(Permission.READ_STUDY)
def figure(request: StudyRequest, study: str, selection: int, form: str) -> HttpResponse:
    """The map of what a selection covers; ``frame=no`` as it stands in the page."""
    drawn = _figure(_made(request, selection))
    if form == "png":
        body: bytes | str = drawn.to_png(framed=True)
    else:
        body = drawn.to_svg(framed=request.GET.get("frame") != "no")
    answer = HttpResponse(body, content_type=TYPES[form])
    if request.GET.get("frame") != "no":
        answer["Content-Disposition"] = f'attachment; filename="{study}-cases.{form}"'
    return answer


@requires(Permission.READ_STUDY)
def table(request: StudyRequest, study: str, selection: int, form: str) -> HttpResponse:
    """Table 1.1 of a selection: what is known of each case."""
    import tempfile
    from pathlib import Path

    made = _made(request, selection)
    built = _table(made)
    if form == "csv":
        body: bytes = built.to_csv().encode()
    else:
        with tempfile.TemporaryDirectory() as folder:
            body = built.to_xlsx(Path(folder) / "table.xlsx").read_bytes()
    answer = HttpResponse(body, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{study}-table-1-1.{form}"'
    return answer


@requires(Permission.READ_STUDY)
def units(request: StudyRequest, study: str, selection: int) -> HttpResponse:
    """Every unit of the frame with its reason, chosen or not."""
    found = read(_made(request, selection))
    out = io.StringIO(newline="")
    columns = [
        "unit", "name", "chosen", "given", "pair", "score", "adds_categories", "adds_pairs",
        "adds_nearness", "exchange", "exchange_categories", "exchange_pairs", "exchange_nearness",
        "tied", "reason",
    ]  # fmt: skip
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(found.rows)
    answer = HttpResponse(out.getvalue(), content_type=TYPES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="{study}-selection.csv"'
    return answer


def _ask(request: StudyRequest, form: ChoosingForm) -> HttpResponse:
    made = ask_for_selection(actor=request.user, study=request.study, asked=form.asked())
    job = start(
        "design.choose",
        owner=request.user,
        language=get_language() or "nb",
        back=reverse("design:selection", args=(request.study.slug, made.pk)),
        selection=made.pk,
    )
    return redirect("jobs:job", job.identifier)


def _made(request: StudyRequest, selection: int) -> CaseSelection:
    made = get_object_or_404(request.study.selections, pk=selection)
    if not made.found:
        raise Http404
    return made


def _shown(request: StudyRequest, made: CaseSelection, found: Found) -> dict[str, Any]:
    drawn = _figure(made)
    covered_, of = found.coverage.categories_covered
    pairs, of_pairs = found.coverage.pairs_covered
    words = words_of_attributes(request.study)
    from samspill.presentation.figures.svg import size

    width, height = size(drawn.to_svg())
    return {
        "selection": made,
        "found": found,
        "method": METHODS[made.asked["method"]],
        "by": [words.attribute(name) for name in made.asked["by"]],
        "outcome": words.attribute(made.asked["outcome"]) if made.asked["outcome"] else "",
        "quotas": made.asked["quotas"],
        "covered": covered_,
        "of": of,
        "pairs": pairs,
        "of_pairs": of_pairs,
        "missed": [
            f"{words.attribute(a)}: {words.categories.get((a, c), c)}"
            for a, c in found.coverage.missed
        ],
        "picture": {
            "title": drawn.title, "alt": drawn.alt, "note": drawn.note, "warning": drawn.warning,
            "width": round(width), "height": round(height),
        },
        "map": drawn.table,
        "map_rows": list(drawn.table.grouped()),
        "left_out": found.left_out[:SHOWN],
        "gap": found.optimality and round(100 * found.optimality.gap, 1),
        "language": get_language() or "nb",
    }  # fmt: skip


def _figure(made: CaseSelection) -> Figure:
    return coverage_figure(
        covered(made), get_language() or "nb", words_of_attributes(made.study),
        provenance=INVENTED if made.study.invented else "observed",
    )  # fmt: skip


def _table(made: CaseSelection) -> Any:
    units = stored_frame(made.frame)
    words = words_of_attributes(made.study)
    numbers = set(made.study.attributes.filter(type="number").values_list("identifier", flat=True))
    places = [units.units.index(unit) for unit in made.found["cases"]]
    columns, frame = [], {"case": [units.names[place] for place in places]}
    for name, values in units.values.items():
        chosen = [values[place] for place in places]
        if name in numbers:
            columns.append(Column(name, words.attribute(name), "number", 2))
            frame[name] = [_number(value) for value in chosen]  # type: ignore[misc]
        else:
            columns.append(Column(name, words.attribute(name)))
            frame[name] = [words.categories.get((name, v), v) if v else "" for v in chosen]  # type: ignore[arg-type]
    return selected_table(
        pl.DataFrame(frame), columns, get_language() or "nb",
        provenance=INVENTED if made.study.invented else "observed",
    )  # fmt: skip


def _number(value: str | None) -> float | None:
    try:
        return float(value.replace(",", ".")) if value else None
    except ValueError:
        return None


def _parts(form: ChoosingForm) -> dict[str, Any]:
    """The fields of the form in the groups that the page shows them in."""
    limits = [form[name] for name in form.fields if name.startswith("limits_")]
    return {
        "what": [form["method"], form["number"], form["by"], form["outcome"]],
        "limits": limits,
        "quotas": [[form[f"{n}_{place}"] for n in ("quota", "bound", "count")] for place in QUOTAS],
        "units": [form["include"], form["exclude"], form["seed"]],
    }
