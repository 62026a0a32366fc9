"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "accounts.invite": _("Invited a person"),
        "accounts.set_active": _("Closed or reopened an account"),
        "accounts.change_profile": _("Changed own name or language"),
    }
)
