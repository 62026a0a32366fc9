"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "studies.create_study": _("Made the study"),
        "studies.edit_study": _("Changed the study"),
        "studies.delete_study": _("Deleted the study"),
        "studies.add_member": _("Added a member"),
        "studies.change_role": _("Changed a role"),
        "studies.remove_member": _("Removed a member"),
        "studies.add_wave": _("Added a wave"),
        "studies.edit_wave": _("Changed a wave"),
        "studies.delete_wave": _("Deleted a wave"),
        "studies.edit_attribute": _("Changed an attribute"),
        "studies.import_frame": _("Imported units"),
        "studies.apply_reforms": _("Applied changes of codes"),
    }
)
