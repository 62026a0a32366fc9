"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "serving.become_administrator": _("Became the first administrator"),
    }
)
