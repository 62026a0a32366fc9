"""What this app's actions are called in the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "triangulation.add_reason": _("Wrote a possible reason why sources differ"),
        "triangulation.remove_reason": _("Took away a possible reason why sources differ"),
        "triangulation.add_evidence": _("Added evidence to a reason why sources differ"),
        "triangulation.add_statement": _("Wrote down what a source says"),
        "triangulation.remove_statement": _("Took away what a source was written down to say"),
        "triangulation.close": _("Closed a contradiction between sources"),
        "triangulation.reopen": _("Opened a contradiction between sources again"),
        "triangulation.overrule": _("Overruled how sources stand to each other"),
        "triangulation.withdraw": _("Withdrew an overruling of how sources stand"),
        "triangulation.bring_register": _("Brought a register to be compared"),
        "triangulation.remove_register": _("Took away a register that was compared"),
        "triangulation.share": _("Let readers see the comparison of the sources"),
        "triangulation.withdraw_sharing": _("Took the comparison of the sources back"),
    }
)
