"""Taking units through changes of codes, and comparing them between waves."""

from __future__ import annotations

import csv
import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from samspill.classification import ChangeTable, Comparability, EventKind, read_changes
from samspill.classification.reading import LARGEST
from samspill.errors import InvalidInput, SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.jobs.running import start
from samspill.web.pages.faults import told, told_text
from samspill.web.studies import uploads
from samspill.web.studies.actions.reforms import apply_reforms
from samspill.web.studies.forms import ChangesForm, WavesForm
from samspill.web.studies.models import FROM_THE_FIRST, Study, UnitName, Upload
from samspill.web.studies.reforms.comparing import UnitGroup, compare_units
from samspill.web.studies.reforms.planning import ReformStep, kinds, plan_reforms

REFORM = "reform"
KINDS = {
    EventKind.RENAMED: gettext_lazy("New name"),
    EventKind.RECODED: gettext_lazy("New code"),
    EventKind.MERGED: gettext_lazy("Merged"),
    EventKind.SPLIT: gettext_lazy("Split"),
    EventKind.REGROUPED: gettext_lazy("Regrouped"),
    EventKind.CEASED: gettext_lazy("Ceased"),
    EventKind.BEGAN: gettext_lazy("Began"),
}
COMPARISONS = {
    Comparability.SAME: (
        gettext_lazy("The same"),
        gettext_lazy("One unit and one unit: compared directly."),
    ),
    Comparability.MERGED: (
        gettext_lazy("Merged"),
        gettext_lazy("The sum of the earlier ones is compared with the later one."),
    ),
    Comparability.SPLIT: (
        gettext_lazy("Split"),
        gettext_lazy(
            "The earlier one is compared with the sum of the later ones; one by one only with "
            "weights from elsewhere, such as inhabitants moved."
        ),
    ),
    Comparability.REGROUPED: (
        gettext_lazy("Regrouped"),
        gettext_lazy("Only the sum of all the earlier ones with the sum of all the later ones."),
    ),
    Comparability.CEASED: (
        gettext_lazy("Only in the first wave"),
        gettext_lazy("There is nothing to compare with later."),
    ),
    Comparability.BEGAN: (
        gettext_lazy("Only in the last wave"),
        gettext_lazy("There is nothing to compare with earlier."),
    ),
}


@requires(Permission.EDIT_UNITS)
def changes(request: StudyRequest, study: str) -> HttpResponse:
    """Choose a table of changes and a time, or have the table fetched."""
    form = ChangesForm(request.POST or None, request.FILES or None, initial=_period(request.study))
    if request.method == "POST" and form.is_valid():
        period = {name: form.cleaned_data[name].isoformat() for name in ("after", "until")}
        file = form.cleaned_data["file"]
        if file is None:
            job = start(
                "studies.fetch_changes",
                owner=request.user,
                language=translation.get_language() or "nb",
                back=reverse("studies:changes", args=[study]),
                study=request.study.pk,
                user=request.user.pk,
                **period,
            )
            return redirect("jobs:job", job.identifier)
        try:
            content = file.read(LARGEST + 1)
            read_changes(content, file.name)
        except InvalidInput as error:
            for problem in error.problems[:20]:
                place = _("Row %(row)s: ") % {"row": problem.row} if problem.row else ""
                form.add_error(
                    "file", f"{place}{told_text(problem.message)} {told_text(problem.next_step)}"
                )
        else:
            kept = uploads.keep(request, REFORM, file.name, content)
            kept.choices = period
            kept.save(update_fields=["choices"])
            return redirect("studies:preview_changes", study, kept.pk)
    mine = request.study.uploads.filter(user_id=request.user.pk, purpose=REFORM).first()
    context = {"part": "units", "form": form, "waiting": mine}
    return render(request, "studies/changes.html", context)


@requires(Permission.EDIT_UNITS)
def preview(request: StudyRequest, study: str, upload: int) -> HttpResponse:
    """What the changes would do to the units; nothing is changed yet."""
    kept = uploads.find(request, REFORM, upload)
    context: dict[str, Any] = {"part": "units", "upload": kept}
    try:
        table, after, until = _table(kept)
        steps = plan_reforms(request.study, table, after, until)
    except SamspillError as error:
        context |= {"refused": told(error)}
    else:
        to_do = [step for step in steps if not step.applied]
        context |= {
            "after": after,
            "until": until,
            "changes": len(table.between(after, until)),
            "steps": [(step, KINDS[step.kind], _comparison(step)) for step in to_do],
            "applied": len(steps) - len(to_do),
            "tally": [(KINDS[kind], number) for kind, number in kinds(steps).items()],
            "units": request.study.units.count(),
        }
    return render(request, "studies/changes_preview.html", context)


@requires(Permission.EDIT_UNITS)
@require_POST
def confirm(request: StudyRequest, study: str, upload: int) -> HttpResponse:
    """Take the units through the changes. Sent twice, it is done once."""
    kept = uploads.waiting(request, REFORM, upload)
    if kept is None:
        messages.info(request, _("The changes are applied already, or removed."))
        return redirect("studies:units", study)
    try:
        table, after, until = _table(kept)
        steps = apply_reforms(
            actor=request.user, study=request.study, table=table, after=after, until=until
        )
    except SamspillError:
        return redirect("studies:preview_changes", study, kept.pk)
    kept.delete()
    told = ngettext("%(n)s change is applied.", "%(n)s changes are applied.", len(steps))
    messages.success(request, told % {"n": len(steps)})
    return redirect("studies:units", study)


@requires(Permission.EDIT_UNITS)
@require_POST
def cancel(request: StudyRequest, study: str, upload: int) -> HttpResponse:
    """Throw the table away."""
    uploads.find(request, REFORM, upload).delete()
    messages.info(request, _("Nothing was changed, and the table is removed."))
    return redirect("studies:units", study)


@requires(Permission.READ_STUDY)
def panel(request: StudyRequest, study: str) -> HttpResponse:
    """Which units can be compared between two waves."""
    waves = request.study.waves.all()
    context: dict[str, Any] = {"part": "waves", "waves": waves}
    if len(waves) > 1:
        form, start_day, end_day = _chosen_waves(request)
        found = compare_units(request.study, start_day, end_day)
        context |= {
            "form": form,
            "start_day": start_day,
            "end_day": end_day,
            "groups": [
                (kind, *COMPARISONS[kind], found[kind]) for kind in COMPARISONS if kind in found
            ],
            "comparable": sum(
                not group.outside
                for kind, groups in found.items()
                if kind not in {Comparability.CEASED, Comparability.BEGAN}
                for group in groups
            ),
            "all": sum(len(groups) for groups in found.values()),
            "address": request.GET.urlencode(),
        }
    return render(request, "studies/panel.html", context)


@requires(Permission.READ_STUDY)
def panel_file(request: StudyRequest, study: str) -> HttpResponse:
    """The groups as a table: each unit of each wave with its group, for adding up."""
    if not request.study.waves.exists():
        raise Http404
    _form, start_day, end_day = _chosen_waves(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{study}-comparable.csv"'
    writer = csv.writer(response)
    writer.writerow(["group", "comparability", "day", "identifier", "code", "name", "outside"])
    number = 0
    for groups in compare_units(request.study, start_day, end_day).values():
        for group in groups:
            number += 1
            writer.writerows(_file_rows(number, group, start_day, end_day))
    return response


def _file_rows(
    number: int, group: UnitGroup, start_day: datetime.date, end_day: datetime.date
) -> list[list[str]]:
    first = [str(number), group.comparability.value]
    return [
        [*first, day.isoformat(), unit.identifier, unit.code, unit.name, "; ".join(group.outside)]
        for day, units in ((start_day, group.before), (end_day, group.after))
        for unit in units
    ]


def _chosen_waves(request: StudyRequest) -> tuple[WavesForm, datetime.date, datetime.date]:
    waves = request.study.waves.all()
    ends = {"start": waves[0].identifier, "end": waves[len(waves) - 1].identifier}
    form = WavesForm(request.GET if "start" in request.GET else ends, waves=waves)
    if not form.is_valid():
        return form, waves[0].reference_date, waves[len(waves) - 1].reference_date
    days = sorted(form.cleaned_data[name].reference_date for name in ("start", "end"))
    return form, days[0], days[1]


def _table(kept: Upload) -> tuple[ChangeTable, datetime.date, datetime.date]:
    after, until = (datetime.date.fromisoformat(kept.choices[n]) for n in ("after", "until"))
    return read_changes(bytes(kept.content), kept.filename), after, until


def _comparison(step: ReformStep) -> str:
    if step.keeps_identity:
        return _("The unit stays the one it is.")
    if step.outside:
        return _("Not comparable: %(names)s is not among the units.") % {
            "names": ", ".join(step.outside)
        }
    return _("Comparable as a group.")


def _period(study: Study) -> dict[str, datetime.date]:
    """From what the codes are known to be of, to today."""
    first = (
        UnitName.objects.filter(unit__study=study, valid_from__isnull=False)
        .order_by(FROM_THE_FIRST)
        .values_list("valid_from", flat=True)
        .first()
    )
    wave = study.waves.first()
    today = datetime.date.today()
    return {"after": first or (wave.reference_date if wave else today), "until": today}
