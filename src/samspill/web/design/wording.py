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
        "design.add_question": _("Added a question to the interview guide"),
        "design.change_question": _("Changed a question of the interview guide"),
        "design.move_question": _("Moved a question of the interview guide"),
        "design.remove_question": _("Took a question out of the interview guide"),
        "design.bring_guide": _("Brought another interview guide"),
        "design.drop_guide": _("Went back to the interview guide that comes with Samspill"),
    }
)
