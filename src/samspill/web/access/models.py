"""Membership: who has which role in which study."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.web.access import roles

ROLE_LABELS = {
    roles.OWNER: _("Owner"),
    roles.ANALYST: _("Analyst"),
    roles.CODER: _("Coder"),
    roles.READER: _("Reader"),
}


class Membership(models.Model):
    """A user's role in a study; one each."""

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=ROLE_LABELS)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("study", "user")
        constraints = (
            models.UniqueConstraint(fields=("study", "user"), name="one_role_in_a_study"),
        )
