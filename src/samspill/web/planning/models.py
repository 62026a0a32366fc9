"""What the reminders must know of themselves: when a measure was reminded of, and who wants none.

Neither holds an address."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from samspill.web.municipality.models import Contact, Measure, Municipality


class Reminder(models.Model):
    """An e-mail about a measure; ``to`` says who it went to: contact, unit or coordinators."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="reminders")
    to = models.CharField(max_length=20)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("-sent_at",)


class Silence(models.Model):
    """A person who wants no reminders: a contact of the register, or a coordinator's account."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="silences"
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("contact",), name="one_silence_of_a_contact"),
            models.UniqueConstraint(
                fields=("municipality", "user"), name="one_silence_of_a_coordinator"
            ),
            models.CheckConstraint(
                condition=models.Q(contact__isnull=False, user=None)
                | models.Q(contact=None, user__isnull=False),
                name="silence_of_one_person",
            ),
        )
