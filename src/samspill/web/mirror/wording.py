"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "mirror.review_answer": _("Reviewed an answer of the register"),
        "mirror.prefill": _("Filled in a questionnaire from the register"),
        "mirror.begin_round": _("Began a round of the pulse"),
    }
)
