"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "instruments.add_instrument": _("Added a questionnaire"),
        "instruments.add_version": _("Made a new version of a questionnaire"),
        "instruments.change_draft": _("Changed the draft of a questionnaire"),
        "instruments.remove_draft": _("Removed the draft of a questionnaire"),
        "instruments.freeze_version": _("Froze a questionnaire"),
    }
)
