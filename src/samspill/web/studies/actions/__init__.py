"""What is done with studies, each change with its entry in the log."""

from samspill.web.studies.actions.attributes import edit_attribute
from samspill.web.studies.actions.frame import import_frame
from samspill.web.studies.actions.members import add_member, change_role, remove_member
from samspill.web.studies.actions.reforms import apply_reforms
from samspill.web.studies.actions.studies import create_study, delete_study, edit_study
from samspill.web.studies.actions.waves import add_wave, delete_wave, edit_wave

__all__ = [
    "add_member",
    "add_wave",
    "apply_reforms",
    "change_role",
    "create_study",
    "delete_study",
    "delete_wave",
    "edit_attribute",
    "edit_study",
    "edit_wave",
    "import_frame",
    "remove_member",
]
