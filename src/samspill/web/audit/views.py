"""The log of a study, to be read and searched."""

from __future__ import annotations

import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.audit.describing import action_label, differences
from samspill.web.audit.forms import LogFilter
from samspill.web.audit.models import Event

ON_A_PAGE = 50


@requires(Permission.READ_LOG)
def log(request: StudyRequest, study: str) -> HttpResponse:
    """Who has changed what, and when."""
    events = Event.objects.filter(study=request.study.slug)
    actors = sorted(set(events.order_by().values_list("actor", flat=True).distinct()))
    names = sorted(set(events.order_by().values_list("action", flat=True).distinct()))
    form = LogFilter(request.GET or None, actors=actors, actions=names)
    total = events.count()
    page = Paginator(_chosen(events, form), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(event, action_label(event.action), differences(event)) for event in page]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "part": "log",
        "form": form,
        "rows": rows,
        "page": page,
        "total": total,
        "address": query.urlencode(),
    }
    return render(request, "audit/log.html", context)


def _chosen(events: QuerySet[Event], form: LogFilter) -> QuerySet[Event]:
    if not form.is_valid():
        return events
    wanted = form.cleaned_data
    if wanted["who"]:
        events = events.filter(actor=wanted["who"])
    if wanted["action"]:
        events = events.filter(action=wanted["action"])
    if wanted["since"]:
        events = events.filter(at__date__gte=wanted["since"])
    if wanted["until"]:
        events = events.filter(at__date__lt=wanted["until"] + datetime.timedelta(days=1))
    if wanted["subject"]:
        events = events.filter(subject__icontains=wanted["subject"])
    return events
