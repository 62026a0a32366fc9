"""Addresses that are keys: a personal link to an organisation's page, and a calendar's address."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from samspill.web.municipality.models import Organisation


class Link(models.Model):
    """A personal link to an organisation's page, sent to one e-mail address.

    ``digest`` is the SHA-256 of its token, which is kept nowhere.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links")
    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return f"link {self.pk}"


class Feed(models.Model):
    """A calendar that someone who speaks for an organisation follows, in one language.

    It belongs to a user or to a link, and stops with the user's position or with the link.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="feeds")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="feeds"
    )
    link = models.ForeignKey(Link, on_delete=models.CASCADE, null=True, related_name="feeds")
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(user=None) ^ models.Q(link=None), name="a_feed_has_one_follower"
            ),
            models.UniqueConstraint(
                fields=("organisation", "user"), name="one_feed_for_a_user_in_an_organisation"
            ),
            models.UniqueConstraint(fields=("link",), name="one_feed_for_a_link"),
        )
