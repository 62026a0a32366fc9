"""Who has which role: membership in a study, position at a municipality's desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.web.access import roles
from samspill.web.access.permissions import DeskPermission, Permission

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

DESK_ROLE_LABELS = {
    roles.COORDINATOR: _("Coordinator"),
    roles.CONTRIBUTOR: _("Contributor"),
    roles.DESK_READER: _("Reader"),
    roles.REPRESENTATIVE: _("Representative of an organisation"),
}

DESK_PERMISSION_LABELS = {
    DeskPermission.READ_REGISTER: _("See the register, the plan and the mirror"),
    DeskPermission.EDIT_REGISTER: _("Add and change entries"),
    DeskPermission.EXCHANGE_REGISTER: _("Take whole files in and out"),
    DeskPermission.EDIT_PLAN: _("Change the plan"),
    DeskPermission.HANDLE_OFFERS: _("See and pass on those who offer help"),
    DeskPermission.RUN_PULSE: _("Send the pulse"),
    DeskPermission.READ_CHANGES: _("Read who has changed what"),
    DeskPermission.ERASE_PERSONS: _("Take out and erase what is known of a person"),
    DeskPermission.MANAGE_POSITIONS: _("Give and take roles"),
    DeskPermission.OPEN_DESK: _("Open and close the public pages"),
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


class Position(models.Model):
    """A user's role at a municipality's desk; one each, and one for every organisation that the
    user represents."""

    municipality = models.ForeignKey(
        "municipality.Municipality", on_delete=models.CASCADE, related_name="positions"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="positions"
    )
    role = models.CharField(max_length=20, choices=DESK_ROLE_LABELS)
    organisation = models.ForeignKey(
        "municipality.Organisation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="positions",
    )
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("municipality", "user")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "user"),
                condition=models.Q(organisation=None),
                name="one_role_at_a_desk",
            ),
            models.UniqueConstraint(
                fields=("user", "organisation"), name="one_position_in_an_organisation"
            ),
            models.CheckConstraint(
                condition=models.Q(role="representative", organisation__isnull=False)
                | (~models.Q(role="representative") & models.Q(organisation=None)),
                name="representatives_have_an_organisation",
            ),
        )
