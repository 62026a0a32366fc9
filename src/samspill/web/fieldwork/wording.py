"""What this app's actions are called in the log."""

from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "fieldwork.create_collection": _("Prepared a collection"),
        "fieldwork.edit_collection": _("Changed a collection"),
        "fieldwork.open_collection": _("Opened a collection"),
        "fieldwork.close_collection": _("Closed a collection"),
        "fieldwork.reopen_collection": _("Opened a collection again"),
        "fieldwork.add_respondents": _("Added or changed respondents"),
        "fieldwork.change_respondent": _("Changed a respondent"),
        "fieldwork.renew_link": _("Gave a respondent a new link"),
        "fieldwork.mark_refused": _("Marked whether a respondent takes part"),
        "fieldwork.mark_ineligible": _("Marked whether a respondent belongs"),
        "fieldwork.unsubscribe": _("Wants no more e-mail"),
        "fieldwork.set_text": _("Changed the text of e-mails"),
        "fieldwork.send_messages": _("Sent e-mails"),
        "fieldwork.settle_messages": _("Decided over e-mails left behind"),
        "fieldwork.enter_response": _("Entered a response from telephone or paper"),
        "fieldwork.export": _("Took out responses"),
        "fieldwork.import_responses": _("Took in responses"),
    }
)
