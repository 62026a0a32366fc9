"""A person's review of what the register answers, and the rounds of the pulse."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from samspill.web.fieldwork.models import Collection, Respondent
from samspill.web.municipality.models import Municipality


class Review(models.Model):
    """What a person says to an answer of the register.

    ``said`` is what the register answered then, ``value`` what holds; either is empty where it is
    not known. The review holds for as long as the register answers the same.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="reviews")
    variable = models.CharField(max_length=64)
    field = models.CharField(max_length=64, blank=True)
    said = models.TextField(blank=True)
    value = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("municipality", "variable", "field")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "variable", "field"), name="one_review_of_an_answer"
            ),
        )


class PulseRound(models.Model):
    """One time that both sides were asked: a collection in the municipality's own study."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="pulse_rounds"
    )
    collection = models.OneToOneField(
        Collection, on_delete=models.CASCADE, related_name="pulse_round"
    )

    class Meta:
        ordering = ("municipality", "pk")

    def __str__(self) -> str:
        return str(self.collection)


class Asked(models.Model):
    """Whom of the register a respondent of a round is, and in which field it is asked.

    ``identifier`` is an organisation's or a contact's, by the respondent's side.
    """

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="asked")
    respondent = models.OneToOneField(Respondent, on_delete=models.CASCADE, related_name="+")
    identifier = models.CharField(max_length=80)
    field = models.CharField(max_length=64, blank=True)
