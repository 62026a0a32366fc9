"""E-mails of a collection: their texts, who would get one and why others not, sending, the log."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import anyone, requires
from samspill.web.fieldwork.actions.messages import (
    plan_messages,
    restore_text,
    set_text,
    settle_left_behind,
)
from samspill.web.fieldwork.actions.respondents import unsubscribe
from samspill.web.fieldwork.forms import TextForm
from samspill.web.fieldwork.messages.composing import addressee, compose, with_names
from samspill.web.fieldwork.messages.recipients import REASONS, decisions
from samspill.web.fieldwork.messages.sending import latest_round, left_behind, waiting
from samspill.web.fieldwork.messages.texts import PLACEHOLDERS, language_for, text_of
from samspill.web.fieldwork.messages.unsubscribing import signed_respondent
from samspill.web.fieldwork.messages.work import SEND
from samspill.web.fieldwork.models import PURPOSES, Message
from samspill.web.fieldwork.views.finding import collection_of, respondent_of
from samspill.web.jobs.running import start

PER_PAGE = 100


def _known(purpose: str) -> str:
    if purpose not in PURPOSES:
        raise Http404
    return purpose


@requires(Permission.RUN_FIELDWORK)
def overview(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """What has been sent, and what can be sent now."""
    found = collection_of(request, collection)
    log = Message.objects.filter(respondent__collection=found).select_related(
        "respondent__unit", "respondent__collection__wave"
    )
    states = Counter(log.values_list("purpose", "state"))
    rows = [
        {
            "purpose": purpose,
            "label": label,
            "due": sum(d.reason is None for d in decisions(found, purpose)),
            "sent": states[purpose, Message.SENT],
            "returned": states[purpose, Message.BOUNCED] + states[purpose, Message.FAILED],
            "waiting": states[purpose, Message.QUEUED],
        }
        for purpose, label in PURPOSES.items()
    ]
    listed = log.order_by("-created_at", "-pk").prefetch_related("respondent__unit__names")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "collection": found,
        "rows": rows,
        "page": page,
        "log": [(message, addressee(message.respondent)) for message in page],
        "left_behind": left_behind(found).count(),
        "sent": log.filter(state=Message.SENT).count(),
    }
    return render(request, "fieldwork/messages.html", context)


@requires(Permission.RUN_FIELDWORK)
def text(request: StudyRequest, study: str, collection: str, purpose: str) -> HttpResponse:
    """What e-mails of one purpose say."""
    found = collection_of(request, collection)
    form = TextForm(request.POST or None, purpose=_known(purpose), text=text_of(found, purpose))
    if request.method == "POST" and "restore" in request.POST:
        restore_text(actor=request.user, collection=found, purpose=purpose)
        messages.success(request, _("Samspill's own text is back."))
        return redirect("fieldwork:text", study, collection, purpose)
    if request.method == "POST" and form.is_valid():
        set_text(actor=request.user, collection=found, purpose=purpose, **form.content())
        messages.success(request, _("The text is saved."))
        return redirect("fieldwork:send", study, collection, purpose)
    context = {
        "collection": found,
        "form": form,
        "purpose": purpose,
        "label": PURPOSES[purpose],
        "placeholders": [f"{{{name}}}" for name in PLACEHOLDERS],
        "own": found.texts.filter(purpose=purpose).exists(),
    }
    return render(request, "fieldwork/text.html", context)


@requires(Permission.RUN_FIELDWORK)
def send(request: StudyRequest, study: str, collection: str, purpose: str) -> HttpResponse:
    """Who would get an e-mail now, and why others would not; sending it to them."""
    found = collection_of(request, collection)
    known = _known(purpose)
    if request.method == "POST":
        return _start(request, found, known)
    decided = decisions(found, known)
    due = [(d.respondent, addressee(d.respondent)) for d in decided if d.reason is None]
    queued = waiting(found, known).count()
    reasons = Counter(d.reason for d in decided if d.reason is not None)
    context: dict[str, Any] = {
        "collection": found,
        "purpose": known,
        "label": PURPOSES[known],
        "due": due,
        "others": [(d, addressee(d.respondent)) for d in decided if d.reason is not None],
        "reasons": [
            (label, reasons[reason]) for reason, label in REASONS.items() if reasons[reason]
        ],
        "waiting": queued,
        "after": latest_round(found, known),
        "kept": settings.DEMO,
        "example": compose(due[0][0], known, text_of(found, known)) if due else None,
    }
    return render(request, "fieldwork/send.html", context)


def _start(request: StudyRequest, found: Any, purpose: str) -> HttpResponse:
    identifier = found.identifier
    after = request.POST.get("after", "")
    if not after.isdecimal():
        raise Http404
    if not plan_messages(actor=request.user, collection=found, purpose=purpose, after=int(after)):
        messages.info(request, _("Nobody was due to get it. Nothing was sent."))
        return redirect("fieldwork:send", request.study.slug, identifier, purpose)
    job = start(
        SEND,
        owner=request.user,
        language=translation.get_language() or "nb",
        back=reverse("fieldwork:messages", args=[request.study.slug, identifier]),
        collection=found.pk,
        purpose=purpose,
    )
    return redirect("jobs:job", job.identifier)


@requires(Permission.RUN_FIELDWORK)
def preview(
    request: StudyRequest, study: str, collection: str, purpose: str, key: int
) -> HttpResponse:
    """An e-mail exactly as one respondent would get it."""
    found = respondent_of(request, collection, key)
    context = {
        "collection": found.collection,
        "respondent": found,
        "asked": addressee(found),
        "purpose": _known(purpose),
        "label": PURPOSES[purpose],
        "composed": compose(found, purpose),
    }
    return render(request, "fieldwork/preview.html", context)


@requires(Permission.RUN_FIELDWORK)
def message(request: StudyRequest, study: str, collection: str, key: int) -> HttpResponse:
    """One e-mail as it was sent, and what became of it."""
    found = get_object_or_404(
        Message.objects.filter(respondent__in=with_names(_everyone(request, collection))),
        pk=key,
    )
    context = {
        "collection": found.respondent.collection,
        "message": found,
        "email": found.email,
        "asked": addressee(found.respondent),
        "kept": settings.DEMO,
    }
    return render(request, "fieldwork/message.html", context)


def _everyone(request: StudyRequest, collection: str) -> Any:
    return collection_of(request, collection).respondents.all()


@requires(Permission.RUN_FIELDWORK)
@require_POST
def settle(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Decide over e-mails of which it is not known whether they went out."""
    again = request.POST.get("again") == "1"
    found = collection_of(request, collection)
    settle_left_behind(actor=request.user, collection=found, again=again)
    told = _("They wait to be sent again.") if again else _("They count as sent.")
    messages.success(request, told)
    return redirect("fieldwork:messages", study, collection)


@anyone
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def no_more_email(request: HttpRequest, signed: str) -> HttpResponse:
    """Asked for, it asks; posted to, it acts, also from a mail program in one click (RFC 8058)."""
    respondent = signed_respondent(signed)
    if respondent is None:
        return render(request, "fieldwork/unsubscribe_unknown.html", status=404)
    done = respondent.unsubscribed_at is not None
    if request.method == "POST":
        unsubscribe(respondent=respondent)
        done = True
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or respondent.language
    with translation.override(language_for(chosen)):
        context = {
            "survey": respondent.collection,
            "asked": addressee(respondent),
            "done": done,
        }
        return render(request, "fieldwork/unsubscribe.html", context)
