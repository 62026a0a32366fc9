"""What the actions of results are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "results.publish": _("Published results"),
        "results.withdraw": _("Withdrew the published results"),
        "results.choose_weighting": _("Chose how the answers are weighted"),
        "results.drop_weighting": _("Stopped weighting the answers"),
    }
)
