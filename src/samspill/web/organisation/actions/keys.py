"""Making and withdrawing personal links, and addresses of calendars."""

from __future__ import annotations

import datetime
import secrets
from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.municipality.actions.entries import subject_of
from samspill.web.municipality.models import Organisation
from samspill.web.organisation.links import digest_of
from samspill.web.organisation.models import Feed, Link

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def make_link(
    *, actor: Actor, organisation: Organisation, email: str, days: int
) -> tuple[Link, str]:
    """A new personal link and its token, which is told once and kept nowhere."""
    token = secrets.token_urlsafe(32)
    link = Link.objects.create(
        organisation=organisation,
        email=email,
        digest=digest_of(token),
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    _record(actor, organisation, "organisation.make_link", new=_described(link))
    return link, token


@transaction.atomic
def withdraw_link(*, actor: Actor, link: Link) -> None:
    """Take a link out of use at once, and the calendars that were made by it."""
    _record(actor, link.organisation, "organisation.withdraw_link", old=_described(link))
    link.delete()


@transaction.atomic
def open_feed(
    *, actor: Actor, organisation: Organisation, user: User | None, link: Link | None, language: str
) -> Feed:
    """A calendar's address for someone who speaks for an organisation; a new one replaces that
    which the same person had, which stops."""
    Feed.objects.filter(organisation=organisation, user=user, link=link).delete()
    feed = Feed.objects.create(organisation=organisation, user=user, link=link, language=language)
    _record(actor, organisation, "organisation.open_feed")
    return feed


@transaction.atomic
def close_feed(*, actor: Actor, feed: Feed) -> None:
    """Take a calendar's address out of use at once."""
    _record(actor, feed.organisation, "organisation.close_feed")
    feed.delete()


def _described(link: Link) -> dict[str, str]:
    return {"link": str(link.pk), "expires": link.expires_at.date().isoformat()}


def _record(
    actor: Actor,
    organisation: Organisation,
    action: str,
    old: dict[str, str] | None = None,
    new: dict[str, str] | None = None,
) -> None:
    record(
        actor=actor,
        action=action,
        subject=subject_of(organisation),
        municipality=organisation.municipality.code,
        old=old,
        new=new,
    )
