"""Membership: who has which role in which study."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.web.access import roles
from samspill.web.access.permissions import Permission

ROLE_LABELS = {
    roles.OWNER: _("Owner"),
    roles.ANALYST: _("Analyst"),
    roles.CODER: _("Coder"),
    roles.READER: _("Reader"),
}

PERMISSION_LABELS = {
    Permission.READ_STUDY: _("See the study and its units"),
    Permission.EDIT_STUDY: _("Change the study and its waves"),
    Permission.MANAGE_MEMBERS: _("Add and remove members"),
    Permission.READ_LOG: _("Read the log"),
    Permission.EDIT_UNITS: _("Import and change units"),
    Permission.EDIT_INSTRUMENTS: _("Change questionnaires"),
    Permission.READ_FIELDWORK: _("Follow who has answered"),
    Permission.RUN_FIELDWORK: _("Send invitations and reminders"),
    Permission.READ_RESPONSES: _("Read single answers"),
    Permission.ENTER_RESPONSES: _("Enter answers given by telephone or on paper"),
    Permission.EXPORT: _("Export data"),
    Permission.CODE_TEXT: _("Read and code texts"),
    Permission.EDIT_SOURCES: _("Add, edit and remove texts"),
    Permission.READ_KEY: _("Read the key to names that have been replaced"),
    Permission.READ_RESULTS: _("See results that are not published"),
    Permission.PUBLISH: _("Publish results"),
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
