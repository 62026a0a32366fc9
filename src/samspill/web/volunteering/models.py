"""Links that have been sent out, and times of crisis."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from samspill.web.municipality.models import Municipality, Offer, Referral


class Link(models.Model):
    """A link to an offer for the person who gave it, or to a referral for the one who is asked.

    ``digest`` is the SHA-256 of its token, which is kept nowhere; ``language`` is that of the
    reader; ``sent_at`` is empty where no e-mail carried it.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, null=True, related_name="links")
    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, null=True, related_name="links"
    )
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    is_reminder = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(offer=None) ^ models.Q(referral=None),
                name="a_link_leads_to_one_thing",
            ),
        )


class Surge(models.Model):
    """A crisis in which more people offer help than usual; ``reason`` is shown to anyone."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="surges")
    reason = models.CharField(max_length=200)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-began_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("municipality",),
                condition=models.Q(ended_at=None),
                name="one_surge_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.reason


def surge_in(municipality: Municipality) -> Surge | None:
    """The crisis that a municipality is in now, if any."""
    return Surge.objects.filter(municipality=municipality, ended_at=None).first()
