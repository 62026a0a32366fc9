"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "volunteering.begin_surge": _("Said that there is a crisis"),
        "volunteering.end_surge": _("Said that the crisis is over"),
        "volunteering.hand_over": _("Took out a hand-over list"),
        "volunteering.take_out": _("Took out what is stored"),
        "volunteering.erase": _("Erased what was stored of a person"),
    }
)
