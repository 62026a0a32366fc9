"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "answering.enter_page": _("Entered a page of answers"),
        "answering.refuse": _("Said no to taking part"),
        "answering.take_part": _("Said yes to taking part after all"),
    }
)
