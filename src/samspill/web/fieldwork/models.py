"""A collection, the respondents it goes to, what is sent to them and what they have answered."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from samspill.web.instruments.models import InstrumentVersion
from samspill.web.studies.models import IDENTIFIER, Study, Unit, Wave, in_language


def new_token() -> str:
    """The secret part of a respondent's link: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


def municipality_alone() -> list[str]:
    return ["municipality"]


class Collection(models.Model):
    """One data collection: a version of an instrument, sent to units of a wave.

    ``sides`` are the sides asked. It can be answered from ``opens_at`` up to ``closes_at``; without
    ``opens_at`` it is still being prepared.
    """

    SIDES: ClassVar = {"municipality": _("Municipality"), "organisation": _("Organisation")}
    PREPARED, PLANNED, OPEN, CLOSED = "prepared", "planned", "open", "closed"
    STATES: ClassVar = {
        PREPARED: _("Being prepared"),
        PLANNED: _("Opens later"),
        OPEN: _("Open"),
        CLOSED: _("Closed"),
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="collections")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="collections")
    version = models.ForeignKey(
        InstrumentVersion, on_delete=models.PROTECT, related_name="collections"
    )
    identifier = models.CharField(max_length=40, validators=(IDENTIFIER,))
    title = models.JSONField()
    sides = models.JSONField(default=municipality_alone)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)

    class Meta:
        ordering = ("study", "identifier")
        constraints = (
            models.UniqueConstraint(fields=("study", "identifier"), name="collection_of_study"),
        )

    def __str__(self) -> str:
        return in_language(self.title) or self.identifier

    @property
    def state(self) -> str:
        """One of ``STATES``, now."""
        now = timezone.now()
        if self.opens_at is None:
            return self.PREPARED
        if self.closes_at is not None and self.closes_at <= now:
            return self.CLOSED
        return self.OPEN if self.opens_at <= now else self.PLANNED

    @property
    def state_label(self) -> str:
        return str(self.STATES[self.state])


class Respondent(models.Model):
    """A unit that a collection asks, where it is reached, and what it has said to being asked.

    On the side of the organisations a unit can have several respondents: ``organisation``, a number
    or a name, tells them apart. ``refused_at``, ``unsubscribed_at`` and ``bounced_at`` keep
    reminders away; ``ineligible`` says why a unit turned out not to belong.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="respondents")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="respondents")
    side = models.CharField(max_length=20, default="municipality")
    organisation = models.CharField(max_length=200, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    ineligible = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("collection", "unit")
        constraints = (
            models.UniqueConstraint(
                fields=("collection", "unit", "side", "organisation"),
                name="respondent_of_collection",
            ),
            models.CheckConstraint(
                condition=~models.Q(side="municipality") | models.Q(organisation=""),
                name="organisation_on_its_own_side",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.unit)


class Response(models.Model):
    """What a respondent has answered, and how it came in."""

    MODES: ClassVar = {"web": _("Web"), "phone": _("Telephone"), "paper": _("Paper")}

    respondent = models.OneToOneField(Respondent, on_delete=models.CASCADE, related_name="response")
    mode = models.CharField(max_length=10, choices=MODES, default="web")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)


class SavedPage(models.Model):
    """A page of answers as it was sent; the latest revision of each page is what holds.

    ``base`` is the revision that it was filled in on. One that is ``set_aside`` does not hold:
    somebody else had saved the page in between, and its author has still to choose. ``answers``
    maps ``field/variable`` to a value, or to a list for several answers. ``author`` tells
    browsers apart without saying whose they are.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="pages")
    step = models.CharField(max_length=200)
    revision = models.PositiveIntegerField()
    base = models.PositiveIntegerField(default=0)
    answers = models.JSONField()
    author = models.CharField(max_length=32, blank=True)
    set_aside = models.BooleanField(default=False)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("response", "step", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=("response", "step", "revision"), name="revision_of_page"
            ),
        )


PURPOSES = {
    "invitation": _("Invitation"),
    "reminder": _("Reminder"),
    "thanks": _("Thanks"),
}


class MessageText(models.Model):
    """What a collection's e-mails of one purpose say, by language, with placeholders in braces."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="texts")
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    subject = models.JSONField()
    body = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("collection", "purpose"), name="text_of_collection"),
        )


class Message(models.Model):
    """One e-mail to a respondent, and what became of it.

    ``sending`` is written before the e-mail is handed over and ``sent`` afterwards, so that one
    left in ``sending`` may or may not have gone out. ``outcome`` is the status code that the mail
    server gave, never an address. ``email`` holds what was sent, word for word, from then on.
    """

    QUEUED, SENDING, SENT, FAILED, BOUNCED = "queued", "sending", "sent", "failed", "bounced"
    STATES: ClassVar = {
        QUEUED: _("Waiting to be sent"),
        SENDING: _("Handed over; not known whether it went out"),
        SENT: _("Sent"),
        FAILED: _("Refused by the mail server"),
        BOUNCED: _("Came back"),
    }

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="messages")
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    number = models.PositiveSmallIntegerField(default=1)
    email = models.OneToOneField(
        Email, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    to = models.EmailField()
    state = models.CharField(max_length=10, choices=STATES, default=QUEUED)
    outcome = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("respondent", "created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("respondent", "purpose", "number"), name="message_to_respondent"
            ),
        )
