"""Suggestions: kept for people to decide on, accepted as somebody's coding, or refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import polars as pl
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.actions.codings import require_codable, require_passage
from samspill.web.interviews.changes import changing
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Code, Coding, Source, Suggestion, Training
from samspill.web.studies.models import Study


@transaction.atomic
def keep_suggestions(*, actor: User, study: Study, found: pl.DataFrame, training: Training) -> int:
    """Put ``found`` (as the library's ``suggest`` gives it) in place of what nobody has decided on,
    with the ``training`` behind it; how many there are. What has been decided is not proposed
    again, and a passage that is gone is left out."""
    with changing(actor=actor, study=study, action="suggest", undoable=False) as change:
        everything = Suggestion.objects.filter(source__study=study)
        change.remove(*everything.filter(state=Suggestion.OPEN))
        decided = {
            (row[0], row[1], row[2], row[3])
            for row in everything.values_list("source", "start", "end", "code")
        }
        sources = {str(s.guid): s for s in study.sources.only("guid", "text")}
        codes = {str(c.guid): c for c in study.codes.all()}
        new = [
            made
            for row in found.iter_rows(named=True)
            if (made := _suggestion(row, sources, codes)) is not None
            and (made.source_id, made.start, made.end, made.code_id) not in decided
        ]
        change.add(*new)
        training.save()
    return len(new)


def _suggestion(
    row: dict[str, Any], sources: dict[str, Source], codes: dict[str, Code]
) -> Suggestion | None:
    source, code = sources.get(row["source"]), codes.get(row["code"])
    if source is None or code is None or source.text[row["start"] : row["end"]] != row["text"]:
        return None
    return Suggestion(
        source=source,
        start=row["start"],
        end=row["end"],
        code=code,
        score=row["score"],
        why=[{"words": words} for words in row["why"]],
    )


def accept_suggestion(
    *,
    actor: User,
    suggestion: Suggestion,
    words: tuple[int, int] | None = None,
    guid: UUID | None = None,
) -> Coding:
    """Code what is suggested, as the actor's own coding; where that is there, it is the one.

    ``words`` are the actor's own choice ``[start, end)``; without them, those suggested. ``guid``
    may be chosen by the page. Raises SamspillError where it has been decided, or cannot be coded.
    """
    source = suggestion.source
    with changing(
        actor=actor, study=source.study, action="accept_suggestion", source=source
    ) as change:
        _require_open(suggestion)
        start, end = words or (suggestion.start, suggestion.end)
        require_passage(source, start, end)
        require_codable(suggestion.code)
        coder = coder_of(source.study, actor)
        same = {
            "source": source,
            "start": start,
            "end": end,
            "code": suggestion.code,
            "coder": coder,
        }
        coding = Coding.objects.filter(**same).first()
        if coding is None:
            coding = Coding(**same, **({"guid": guid} if guid else {}))
            change.add(coding)
        change.update(
            suggestion, state=Suggestion.ACCEPTED, decided_by=coder, decided_at=timezone.now()
        )
    return coding


def refuse_suggestion(*, actor: User, suggestion: Suggestion) -> None:
    """Turn a suggestion down; it is kept, and not made again.

    Raises SamspillError where it has been decided.
    """
    source = suggestion.source
    with changing(
        actor=actor, study=source.study, action="refuse_suggestion", source=source
    ) as change:
        _require_open(suggestion)
        change.update(
            suggestion,
            state=Suggestion.REFUSED,
            decided_by=coder_of(source.study, actor),
            decided_at=timezone.now(),
        )


def _require_open(suggestion: Suggestion) -> None:
    suggestion.refresh_from_db(fields=["state", "start", "end"])
    if suggestion.state != Suggestion.OPEN:
        raise SamspillError(
            _("This suggestion has been decided already."), _("Look at the page anew.")
        )
