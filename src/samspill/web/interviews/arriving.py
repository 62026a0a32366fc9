"""Texts on their way in: read from files, and kept for the one who sent them until they are added.

What waits is what was read, so that what is looked over is what is added; the files are not kept.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import Message, SamspillError
from samspill.qualitative.model import ANONYMOUS, INTERVIEW
from samspill.qualitative.reading import ReadSource, read_source
from samspill.web.accounts.models import User
from samspill.web.interviews.models import Source, WaitingText
from samspill.web.studies.models import Study

KEPT = datetime.timedelta(days=1)
LARGEST = 20_000_000
MOST = 200
ENDINGS = (".txt", ".md", ".docx", ".odt", ".rtf", ".pdf", ".html", ".vtt", ".srt")


@dataclass(frozen=True, slots=True)
class Arrived:
    """How it went with a file: read and waiting, or why not."""

    name: str
    waiting: WaitingText | None = None
    refused: str = ""


def waiting_texts(study: Study, user: User) -> list[WaitingText]:
    """What a user has sent and not added yet."""
    return list(WaitingText.objects.filter(study=study, user=user).order_by("pk"))


def read(name: str, content: bytes) -> ReadSource:
    """Read a file that was sent.

    Raises SamspillError where it is too large, or nothing can be read from it.
    """
    if len(content) > LARGEST:
        raise SamspillError(
            Message("“{name}” is larger than {n} MB.", name=name, n=LARGEST // 1_000_000),
            "Save its text alone, without pictures, and read that.",
        )
    return read_source(content, name)


@transaction.atomic
def keep(study: Study, user: User, name: str, content: bytes, made: ReadSource) -> WaitingText:
    """Let what was read wait. Raises SamspillError where the study or the user has it already."""
    WaitingText.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    digest = hashlib.sha256(content).hexdigest()
    _refuse_known(study, user, name, digest, made.source.text)
    return WaitingText.objects.create(
        study=study,
        user=user,
        filename=name[:200],
        digest=digest,
        format=made.format,
        text=made.source.text,
        times=[[time.position, time.milliseconds] for time in made.source.times],
        found=[
            {"name": f.name, "turns": f.turns, "example": f.example[:200], "taken": f.taken}
            for f in made.speakers
        ],
        notes=[_stored(note) for note in made.notes],
        known={
            "name": made.source.name[:200],
            "kind": INTERVIEW,
            "consent": ANONYMOUS,
            "speakers": list(made.source.speakers),
            "invented": study.invented,
        },
    )


def _refuse_known(study: Study, user: User, name: str, digest: str, text: str) -> None:
    mine = WaitingText.objects.filter(study=study, user=user)
    if mine.filter(digest=digest).exists() or mine.filter(text=text).exists():
        raise SamspillError(
            _("“%(name)s” is in the list below already.") % {"name": name},
            _("Leave it out, or change what is known of the one that is there."),
        )
    held = study.sources.filter(digest=digest) | study.sources.filter(text=text)
    there = held.first()
    if there is not None:
        raise SamspillError(
            _("“%(name)s” is in the study already, as “%(text)s”.")
            % {"name": name, "text": there.name},
            _("Leave it out, or edit the text that is there."),
        )
    if mine.count() >= MOST:
        raise SamspillError(
            _("%(n)s texts wait already.") % {"n": MOST},
            _("Add them first, and then the rest."),
        )


def _stored(note: str) -> dict[str, Any]:
    """A note as JSON holds it; its fields are words and numbers."""
    if not isinstance(note, Message):
        return {"template": note, "fields": {}}
    fields = {
        key: value if isinstance(value, int | float) else str(value)
        for key, value in note.fields.items()
    }
    return {"template": note.template, "fields": fields}


def notes_of(waiting: WaitingText) -> list[Message]:
    """What was left out or guessed when the file was read."""
    return [Message(note["template"], **note["fields"]) for note in waiting.notes]


def source_of(waiting: WaitingText) -> Source:
    """The source, unsaved, that a waiting text is to become."""
    known: Mapping[str, Any] = waiting.known
    day = known.get("date") or ""
    return Source(
        study=waiting.study,
        text=waiting.text,
        times=waiting.times,
        digest=waiting.digest,
        date=datetime.date.fromisoformat(day) if day else None,
        **{name: value for name, value in known.items() if name != "date"},
    )


def remember(waiting: WaitingText, **known: Any) -> None:
    """Keep what a person has said of a waiting text; ``unit`` is a unit, ``date`` a date."""
    told = dict(known)
    if "unit" in told:
        unit = told.pop("unit")
        told["unit_id"] = unit.pk if unit else None
    if "date" in told:
        told["date"] = told["date"].isoformat() if told["date"] else ""
    waiting.known = {**waiting.known, **told}
    waiting.save(update_fields=["known"])
