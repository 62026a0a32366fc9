"""What the pulse holds of a person: whom it asked, the e-mails to them, and what was taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from samspill.web.audit import erasing as log
from samspill.web.fieldwork.models import Collection, Message, Respondent, new_token
from samspill.web.interviews.models import Memo, Source
from samspill.web.jobs.models import Job
from samspill.web.jobs.removing import take_away_files
from samspill.web.mirror.actions.rounds import study_of
from samspill.web.mirror.models import Asked
from samspill.web.mirror.pulse.asking import MUNICIPALITY
from samspill.web.municipality.erasing import (
    Holding,
    Kept,
    Person,
    bytes_hold,
    declare,
    rows_under,
    sweep,
)
from samspill.web.results.models import Publication
from samspill.web.results.published import folder_of

WITH_OFFSETS = ("interviews", "instruments")
"""Apps whose texts are not changed here: codings point into the one, versions of the other are
frozen."""


def respondents(person: Person) -> QuerySet[Respondent]:
    """Those of the municipality's own study that are the person, by the register's entry, the
    address or the name."""
    study = study_of(person.municipality)
    if study is None:
        return Respondent.objects.none()
    contacts = [e.identifier for e in person.entries if e.table == "contacts"]
    asked = Asked.objects.filter(
        round__municipality=person.municipality,
        identifier__in=contacts,
        respondent__side=MUNICIPALITY,
    )
    wanted = Q(pk__in=asked.values("respondent"))
    for text in person.anywhere:
        wanted |= Q(email__iexact=text) | Q(name__iexact=text)
    return Respondent.objects.filter(wanted, collection__study=study)


def _asked(person: Person) -> int:
    """Without name and address, with a link that nobody has; who has not answered is not asked
    again."""
    found = list(respondents(person).select_related("response"))
    for one in found:
        one.name, one.email, one.token = "", "", new_token()
        response = getattr(one, "response", None)
        if one.refused_at is None and (response is None or response.submitted_at is None):
            one.refused_at = timezone.now()
        one.save(update_fields=["name", "email", "token", "refused_at"])
    return len(found)


def _letters(person: Person) -> int:
    """E-mails to the person, those that wait and those that are sent, and what others' say."""
    study = study_of(person.municipality)
    if study is None:
        return 0
    ours = Message.objects.filter(respondent__collection__study=study)
    wanted = Q(respondent__in=respondents(person))
    for address in person.addresses:
        wanted |= Q(to__iexact=address)
    messages = list(ours.filter(wanted))
    keys = [m.pk for m in messages]
    written = [m.email_id for m in messages if m.email_id]
    Email.objects.filter(pk__in=written).delete()
    Message.objects.filter(pk__in=keys, state=Message.QUEUED).delete()
    Message.objects.filter(pk__in=keys).update(to="", email=None)
    others = Email.objects.filter(pk__in=ours.exclude(email=None).values("email"))
    return len(messages) + _swept_letters(others, person)


def _swept_letters(letters: QuerySet[Email], person: Person) -> int:
    held = 0
    for letter in letters:
        parts: dict[str, Any] = {
            name: getattr(letter, name)
            for name in ("subject", "message", "html_message", "headers", "context", "from_email")
        }
        if person.traces.stand_in(list(parts.values())):
            letters.model.objects.filter(pk=letter.pk).update(
                **{name: person.traces.without(value) for name, value in parts.items()}
            )
            held += 1
    return held


def _study_texts(person: Person) -> int:
    study = study_of(person.municipality)
    if study is None:
        return 0
    rows = rows_under(study, left_out=WITH_OFFSETS)
    return sum(sweep(one, person.traces) for one in rows) + log.erase(
        person.anywhere, study=study.slug
    )


def _files(person: Person) -> int:
    """Files made of the study's answers and texts: they can be made again."""
    study = study_of(person.municipality)
    if study is None:
        return 0
    collections = set(Collection.objects.filter(study=study).values_list("pk", flat=True))
    jobs = Job.objects.exclude(result="")
    return take_away_files(
        job
        for job in jobs
        if job.arguments.get("study") in {study.pk, study.slug}
        or job.arguments.get("collection") in collections
    )


def _answered(person: Person) -> int:
    return respondents(person).filter(response__submitted_at__isnull=False).count()


def _interviews(person: Person) -> int:
    study = study_of(person.municipality)
    if study is None:
        return 0
    texts = Source.objects.filter(study=study).values_list("name", "text", "speakers")
    memos = Memo.objects.filter(study=study).values_list("title", "text")
    return sum(person.traces.stand_in(list(row)) for row in [*texts, *memos])


def _published(person: Person) -> int:
    study = study_of(person.municipality)
    if study is None:
        return 0
    folders = [folder_of(one) for one in Publication.objects.filter(study=study)]
    return sum(
        any(bytes_hold(path.read_bytes(), person.traces) for path in _files_in(folder))
        for folder in folders
    )


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []


declare(
    Holding("pulse_letters", _("e-mails of the pulse, waiting or sent"), _letters),
    Holding("pulse", _("times the pulse asked the person; the links open nothing more"), _asked),
    Holding("pulse_texts", _("texts, and lines of the log, of the pulse's study"), _study_texts),
    Holding("pulse_files", _("files made of the pulse's study, which can be made again"), _files),
    Kept(
        "answers",
        _(
            "Answers to the pulse that were sent, now without name and address: they are "
            "statistics (General Data Protection Regulation, article 17, paragraph 3 d)."
        ),
        _answered,
    ),
    Kept(
        "interviews",
        _(
            "Texts and memos of interviews in the municipality's study: codings point to places in "
            "them. Replace the name there, which keeps the codings."
        ),
        _interviews,
    ),
    Kept(
        "published",
        _("What is published of the study is sealed. Withdraw it, and publish it anew."),
        _published,
    ),
)
