"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "api.create_token": _("Made an API token"),
        "api.revoke_token": _("Revoked an API token"),
    }
)
