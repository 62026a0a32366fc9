"""What the desk holds of a person besides its register: files that wait, e-mails, an account."""

from __future__ import annotations

import base64
import quopri
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from samspill.web.access.models import Membership, Position
from samspill.web.access.roles import REPRESENTATIVE
from samspill.web.accounts.models import User
from samspill.web.audit.erasing import Traces, forget_account
from samspill.web.mailing import KEPT as IN_FILES
from samspill.web.municipality.erasing import (
    Holding,
    Kept,
    Person,
    bytes_hold,
    declare,
    is_one_word,
    rows_under,
    sweep,
)
from samspill.web.municipality.finding import referring
from samspill.web.municipality.models import Entry, Upload

BETWEEN_LETTERS = b"-" * 79
"""How Django parts the e-mails that it keeps in one file."""


def _texts(person: Person) -> int:
    """What is written of the person at the desk outside the register."""
    return sum(
        sweep(rows, person.traces)
        for rows in rows_under(person.municipality)
        if not issubclass(rows.model, Entry)
    )


def _uploads(person: Person) -> int:
    held = [
        upload.pk
        for upload in Upload.objects.filter(municipality=person.municipality)
        if bytes_hold(bytes(upload.content), person.traces)
        or person.traces.stand_in([upload.filename, upload.choices])
    ]
    Upload.objects.filter(pk__in=held).delete()
    return len(held)


def _letters(person: Person) -> int:
    """E-mails that a demonstration keeps in files instead of sending them."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if settings.EMAIL_BACKEND != IN_FILES or not folder.is_dir():
        return 0
    held = [path for path in sorted(folder.iterdir()) if _letter_holds(path, person.traces)]
    for path in held:
        transaction.on_commit(partial(path.unlink, missing_ok=True))
    return len(held)


def _letter_holds(path: Path, traces: Traces) -> bool:
    content = path.read_bytes()
    if bytes_hold(content, traces) or bytes_hold(quopri.decodestring(content), traces):
        return True
    return any(
        bytes_hold(base64.b64decode(part + b"=" * (-len(part) % 4)), traces)
        for letter in content.split(BETWEEN_LETTERS)
        for part in [b"".join(letter.partition(b"\n\n")[2].split())]
        if part.isascii() and part.replace(b"+", b"").replace(b"/", b"").rstrip(b"=").isalnum()
    )


def _accounts_of(person: Person) -> list[User]:
    wanted = Q()
    for address in person.addresses:
        wanted |= Q(email__iexact=address)
    return list(User.objects.filter(wanted)) if wanted else []


def _speaks_here_alone(user: User, person: Person) -> bool:
    """Whether an account does nothing but speak for organisations of the municipality."""
    here = Position.objects.filter(
        user=user, municipality=person.municipality, role=REPRESENTATIVE
    ).count()
    return (
        here > 0
        and here == Position.objects.filter(user=user).count()
        and not user.is_superuser
        and not Membership.objects.filter(user=user).exists()
        and getattr(person.actor, "pk", None) != user.pk
    )


def _accounts(person: Person) -> int:
    removed = 0
    for user in _accounts_of(person):
        if not _speaks_here_alone(user, person):
            continue
        key, address = str(user.pk), user.email
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:
            continue
        _end_sessions(key)
        forget_account(address)
        removed += 1
    return removed


def _end_sessions(key: str) -> None:
    ended = [s.pk for s in Session.objects.iterator() if s.get_decoded().get(SESSION_KEY) == key]
    Session.objects.filter(pk__in=ended).delete()


def _accounts_kept(person: Person) -> int:
    return sum(not _speaks_here_alone(user, person) for user in _accounts_of(person))


def _derived(person: Person) -> int:
    """All that is kept in the cache is derived anew from what is there; what was derived from the
    person must not outlive the person there."""
    transaction.on_commit(cache.clear)
    return 0


def _one_word_names(person: Person) -> int:
    return sum(is_one_word(text) for text in person.texts)


def _telling_identifiers(person: Person) -> int:
    """Entries whose identifier has a word of the person's name in it."""
    words = {
        word.casefold()
        for text in person.texts
        if "@" not in text
        for word in text.split()
        if len(word) > 2 and word.isalpha()
    }
    parts = [set(entry.identifier.casefold().split("-")) for entry in person.entries]
    return sum(bool(words & one) for one in parts)


def _referred_to(person: Person) -> int:
    return sum(len(rows) for entry in person.entries for rows in referring(entry).values())


declare(
    Holding("uploads", _("files that waited to be taken in"), _uploads),
    Holding("texts", _("texts at the desk outside the register"), _texts),
    Holding("letters", _("e-mails kept in files"), _letters),
    Holding(
        "accounts",
        _("accounts that did nothing but speak for an organisation here, with their sessions"),
        _accounts,
    ),
    Holding("derived", _("what was derived and kept"), _derived),
    Kept(
        "accounts",
        _(
            "An account with that address, and its name in the log where it has changed something: "
            "it has a role here or elsewhere. Take the role away first."
        ),
        _accounts_kept,
    ),
    Kept(
        "one_word",
        _(
            "A name of one word where others have written it: it may be a word like any other. It "
            "is taken out of the entries about the person and of their lines in the log."
        ),
        _one_word_names,
    ),
    Kept(
        "identifiers",
        _(
            "An identifier with a word of the name in it: files that you have taken out know the "
            "entry by it."
        ),
        _telling_identifiers,
    ),
    Kept(
        "references",
        _(
            "Relations, measures and other entries that refer to the person: what the municipality "
            "has done must still be seen, and they say no longer who it was with."
        ),
        _referred_to,
    ),
)
