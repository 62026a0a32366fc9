"""Editing a text after it was coded: every coding goes with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.changes import changing
from samspill.web.interviews.models import Source
from samspill.web.interviews.moving import ON_A_TEXT, edited

if TYPE_CHECKING:
    from samspill.qualitative.editing import Edited


class TextChangedSince(SamspillError):
    """Another edit was saved after the one at hand was begun."""


def edit_text(*, actor: User, source: Source, text: str, revision: int) -> Edited:
    """Save a new wording, begun on ``revision``; codings whose words are gone are removed.

    Raises TextChangedSince, and writes nothing, where another has saved an edit in between.
    """
    with changing(actor=actor, study=source.study, action="edit_text", source=source) as change:
        held = Source.objects.select_for_update().get(pk=source.pk)
        if held.revision != revision:
            raise TextChangedSince(
                _("Someone else has edited the text since you opened it."),
                _("Their wording stands beside yours; bring them together and save again."),
            )
        result = edited(held, text)
        if result.source.text == held.text:
            return result
        now = {UUID(c.guid): c for c in result.codings}
        for model in ON_A_TEXT:
            rows: list[Any] = list(model._default_manager.filter(source=held))
            change.remove(*(row for row in rows if row.guid not in now))
            kept = [(row, now[row.guid]) for row in rows if row.guid in now]
            change.update_all([(row, {"start": s.start, "end": s.end}) for row, s in kept])
        change.update(
            held,
            text=result.source.text,
            times=[[t.position, t.milliseconds] for t in result.source.times],
        )
    source.refresh_from_db()
    return result
