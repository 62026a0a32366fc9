"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "design.ask_for_selection": _("Asked for a selection of cases"),
        "design.choose_cases": _("Chose cases"),
        "design.adopt_selection": _("Made a selection the study's cases"),
        "design.plan_interviews": _("Planned the interviews"),
        "design.plan_unit": _("Changed the interviews planned for a unit"),
    }
)
