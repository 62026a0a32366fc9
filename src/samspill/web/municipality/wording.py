"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "municipality.create": _("Made the desk"),
        "municipality.open": _("Opened the public pages"),
        "municipality.close": _("Closed the public pages"),
        "municipality.give_position": _("Gave a role"),
        "municipality.take_position": _("Took a role away"),
        "municipality.add_entry": _("Added an entry"),
        "municipality.change_entry": _("Changed an entry"),
        "municipality.follow_registers": _("Changed an entry as the national registers say"),
        "municipality.take_out": _("Took out data"),
        "municipality.remove_entry": _("Removed an entry"),
        "municipality.erase_person": _("Erased a person"),
    }
)
