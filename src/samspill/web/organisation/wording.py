"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "organisation.make_link": _("Sent a personal link to an organisation"),
        "organisation.withdraw_link": _("Withdrew a personal link"),
        "organisation.open_feed": _("Made an address for a calendar"),
        "organisation.close_feed": _("Took an address of a calendar away"),
        "organisation.take_out": _("Took the organisation's data out"),
    }
)
