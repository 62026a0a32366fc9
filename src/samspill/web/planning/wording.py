"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "planning.send_reminders": _("Sent reminders of measures"),
        "planning.stop_reminders": _("Stopped reminders to one person"),
        "planning.want_reminders": _("Began reminders to one person again"),
    }
)
