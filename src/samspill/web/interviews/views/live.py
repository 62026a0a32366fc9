"""What the page of a text asks for and sends, as JSON.

A coding is ``[guid, start, end, code, coder]``, code and coder by their keys. Every answer to a
change has what it ``put`` and what is ``gone``, and what can be undone and done again; a refusal is
``{"message": …}``, with status 409. A suggestion is ``[guid, start, end, code, score]``; where one
has been decided, all that wait in the text are sent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions import (
    add_code,
    add_coding,
    recode,
    remove_coding,
    require_revision,
    resize,
)
from samspill.web.interviews.actions.suggestions import accept_suggestion, refuse_suggestion
from samspill.web.interviews.changes import changes_since, last_number, next_redo, next_undo
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Change, Code, Coding, Source, Suggestion
from samspill.web.interviews.presence import attend
from samspill.web.interviews.views.finding import coding_of, source_of, suggestion_in
from samspill.web.interviews.wording import deed

MANY = 300
COLUMNS = ("guid", "start", "end", "code", "coder")
View = Callable[..., HttpResponse]


def spoken(view: View) -> View:
    """A refusal is an answer that the page can show."""

    @wraps(view)
    def answer(request: StudyRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SamspillError as error:
            return JsonResponse({"message": str(error)}, status=409)
        except (KeyError, TypeError, ValueError, Code.DoesNotExist):
            return JsonResponse({"message": ""}, status=400)

    return answer


@requires(Permission.CODE_TEXT)
@never_cache
def codings(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """All that is coded in a text, and who codes in the study."""
    found = source_of(request, source)
    number = last_number(request.study)
    return JsonResponse(
        {
            "number": number,
            "revision": found.revision,
            "codings": list(found.codings.order_by("start", "end", "pk").values_list(*COLUMNS)),
            "coders": _coders(request),
            "suggestions": _suggestions(found),
        }
    )


@requires(Permission.CODE_TEXT)
@never_cache
def changes(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """What has changed in a text after the number ``since``, and who did it; and who else is
    ``here``, as key, initials and name."""
    found = source_of(request, source)
    try:
        since = max(0, int(request.GET.get("since", "")))
    except ValueError:
        return JsonResponse({"message": ""}, status=400)
    number = last_number(request.study)
    answer: dict[str, Any] = {
        "number": number,
        "revision": found.revision,
        "here": attend(found, coder_of(request.study, request.user), now=time.time()),
        **_line(request),
    }
    if number == since:
        return JsonResponse(answer)
    if number - since > MANY:
        return JsonResponse({**answer, "all": True, "codes": True, "memos": True})
    news = list(changes_since(request.study, since))
    here = [c for c in news if c.source in (None, found.guid)]
    touched = {row["guid"] for change in here for row in change.rows if row["table"] == "coding"}
    if len(touched) > MANY:
        return JsonResponse({**answer, "all": True, "codes": True, "memos": True})
    put = list(found.codings.filter(guid__in=touched).values_list(*COLUMNS))
    present = {str(row[0]) for row in put}
    return JsonResponse(
        {
            **answer,
            "put": put,
            "gone": sorted(touched - present),
            "codes": any(row["table"] == "code" for c in news for row in c.rows),
            "memos": any(row["table"] == "memo" for c in news for row in c.rows),
            "coders": _coders(request),
            **({"suggestions": _suggestions(found)} if _touch_suggestions(news) else {}),
            "deeds": [_told(change) for change in here if change.user_id != request.user.pk],
        }
    )


@requires(Permission.CODE_TEXT)
@require_POST
@spoken
def add(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """Code a passage: ``start``, ``end``, ``code``, ``guid``, ``revision``; instead of ``code`` the
    name of a ``new_code``; with the ``suggestion`` that is accepted by it."""
    found, sent = source_of(request, source), json.loads(request.body)
    require_revision(found, int(sent["revision"]))
    start, end, guid = int(sent["start"]), int(sent["end"]), UUID(sent["guid"])
    if sent.get("suggestion"):
        taken = suggestion_in(found, UUID(sent["suggestion"]))
        _require_about(taken, start, end, int(sent["code"]))
        coding = accept_suggestion(
            actor=request.user, suggestion=taken, words=(start, end), guid=guid
        )
    else:
        coding = add_coding(
            actor=request.user,
            source=found,
            start=start,
            end=end,
            code=_code(request, sent),
            guid=guid,
        )
    gone = [] if coding.guid == guid else [str(guid)]
    more = {"suggestions": _suggestions(found)} if sent.get("suggestion") else {}
    return _done(request, put=[coding], gone=gone, **more)


@requires(Permission.CODE_TEXT)
@require_POST
@spoken
def refuse(request: StudyRequest, study: str, source: UUID, suggestion: UUID) -> HttpResponse:
    """Turn a suggestion in the text down."""
    found = source_of(request, source)
    refuse_suggestion(actor=request.user, suggestion=suggestion_in(found, suggestion))
    return _done(request, suggestions=_suggestions(found))


@requires(Permission.CODE_TEXT)
@require_POST
@spoken
def change(request: StudyRequest, study: str, source: UUID, coding: UUID) -> HttpResponse:
    """Give a coding another ``code`` (or ``new_code``), or other words (``start``, ``end``)."""
    source_found, sent = source_of(request, source), json.loads(request.body)
    found = coding_of(source_found, coding)
    require_revision(source_found, int(sent["revision"]))
    if "start" in sent:
        start, end = int(sent["start"]), int(sent["end"])
        resize(actor=request.user, coding=found, start=start, end=end)
    else:
        recode(actor=request.user, coding=found, code=_code(request, sent))
    return _done(request, put=[found])


@requires(Permission.CODE_TEXT)
@require_POST
@spoken
def remove(request: StudyRequest, study: str, source: UUID, coding: UUID) -> HttpResponse:
    """Take a coding away."""
    found = coding_of(source_of(request, source), coding)
    remove_coding(actor=request.user, coding=found)
    return _done(request, gone=[str(coding)])


def _code(request: StudyRequest, sent: dict[str, Any]) -> Code:
    name = str(sent.get("new_code", "")).strip()
    if name:
        return add_code(actor=request.user, study=request.study, name=name[:200])
    found: Code = request.study.codes.get(pk=int(sent["code"]))
    return found


def _done(
    request: StudyRequest,
    put: list[Coding] | None = None,
    gone: list[str] | None = None,
    **more: Any,
) -> HttpResponse:
    rows = [(c.guid, c.start, c.end, c.code_id, c.coder_id) for c in put or ()]
    return JsonResponse({"put": rows, "gone": gone or [], **more, **_line(request)})


def _suggestions(source: Source) -> list[tuple[UUID, int, int, int, float]]:
    waiting = source.suggestions.filter(state=Suggestion.OPEN, code__codable=True)
    rows = waiting.order_by("-score", "start", "pk")
    return list(rows.values_list("guid", "start", "end", "code", "score"))


def _touch_suggestions(news: list[Change]) -> bool:
    return any(row["table"] == "suggestion" for change in news for row in change.rows)


def _require_about(suggestion: Suggestion, start: int, end: int, code: int) -> None:
    """The suggestion is of this code, and of some of these words."""
    if suggestion.code_id != code or not (suggestion.start < end and start < suggestion.end):
        raise ValueError(suggestion.guid)


def _line(request: StudyRequest) -> dict[str, str]:
    undo, redo = next_undo(request.study, request.user), next_redo(request.study, request.user)
    return {
        "undo": deed(undo.action) if undo else "",
        "redo": deed(redo.action) if redo else "",
    }


def _coders(request: StudyRequest) -> list[tuple[int, str, str]]:
    return list(request.study.coders.values_list("pk", "initials", "name"))


def _told(change: Change) -> dict[str, Any]:
    coded = [row["after"] or row["before"] for row in change.rows if row["table"] == "coding"]
    return {
        "by": change.by,
        "deed": deed(change.action),
        "code": coded[0].get("code_id") if len(coded) == 1 else None,
    }
