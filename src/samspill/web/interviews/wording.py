"""What this app's actions are called: in the study's log, and in the history of the material."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import name_actions

name_actions(
    {
        "interviews.add_sources": _("Added texts"),
        "interviews.remove_source": _("Removed a text"),
        "interviews.take_in": _("Took in a project of coded text"),
        "interviews.pseudonymise": _("Replaced names in texts"),
        "interviews.restore_names": _("Put names back in texts"),
        "interviews.read_key": _("Looked into the key to names that have been replaced"),
        "interviews.export": _("Took the coded material out"),
    }
)

DEEDS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "add_coding": _("coded a passage"),
        "remove_coding": _("removed a coding"),
        "recode": _("changed the code of a coding"),
        "resize": _("changed what a coding covers"),
        "add_source": _("added a text"),
        "add_sources": _("added texts"),
        "edit_source": _("changed what is known of a text"),
        "remove_source": _("removed a text"),
        "edit_text": _("edited a text"),
        "add_code": _("added a code"),
        "add_codes": _("added codes"),
        "edit_code": _("changed a code"),
        "move_code": _("moved a code"),
        "merge_codes": _("merged codes"),
        "split_code": _("split a code"),
        "remove_code": _("removed a code"),
        "add_memo": _("wrote a memo"),
        "edit_memo": _("changed a memo"),
        "remove_memo": _("removed a memo"),
        "add_name": _("added a name to the key"),
        "edit_name": _("changed a name in the key"),
        "remove_name": _("removed a name from the key"),
        "pseudonymise": _("replaced names in texts"),
        "restore_names": _("put names back in texts"),
        "take_in": _("took in a project of coded text"),
        "suggest": _("made suggestions"),
        "accept_suggestion": _("accepted a suggestion"),
        "refuse_suggestion": _("refused a suggestion"),
        "settle": _("settled a disagreement"),
        "judge": _("judged where a field belongs"),
        "judge_contradiction": _("judged a contradiction"),
        "undo": _("undid a change"),
        "redo": _("did a change again"),
    }
)
"""What a change is, said of the one who made it."""


def deed(action: str) -> str:
    """A change in words that follow a name: "Ida coded a passage"."""
    return str(DEEDS.get(action, action))


def words_of_the_page() -> dict[str, str]:
    """What the script of the text's page says; fields stand in braces."""
    return {
        "added": gettext("Coded: {code}"),
        "memo_added": gettext("The memo is saved."),
        "memo_on_text": gettext("Write a memo on the text"),
        "memo_on_coding": gettext("Write a memo on the coding"),
        "memo_on_code": gettext("Write a memo on the code “{code}”"),
        "memos_on_code": gettext("Memos on the code “{code}”"),
        "removed": gettext("The coding is removed."),
        "recoded": gettext("The coding has another code: {code}"),
        "resized": gettext("The coding covers other words."),
        "refused": gettext("That was not saved."),
        "offline": gettext("The server does not answer. Try again in a moment."),
        "select": gettext("Select the words in the text first."),
        "nothing": gettext("No code fits."),
        "new_code": gettext("New code: “{name}”"),
        "codings": gettext("{n} codings in the text"),
        "coding": gettext("{n} coding in the text"),
        "none": gettext("Nothing is coded here yet. Select words in the text and choose a code."),
        "none_shown": gettext("Nothing that is coded here fits what you chose to see."),
        "disagreement": gettext("disagreement"),
        "saving": gettext("being saved"),
        "others": gettext("{by} {deed}"),
        "others_code": gettext("{by} {deed}: {code}"),
        "also_here": gettext("Also has the text open: {names}"),
        "came": gettext("{name} has opened the text too"),
        "went": gettext("{name} has left the text"),
        "edited": gettext("{by} has edited the text. Open the page again to see it."),
        "codes_found": gettext("{n} codes fit"),
        "undo": gettext("Undo: {deed}"),
        "redo": gettext("Do again: {deed}"),
        "suggested": gettext("suggested"),
        "suggested_code": gettext("{code}, score {score}"),
        "refuse": gettext("Refuse"),
        "refuse_code": gettext("Refuse the suggestion “{code}”"),
        "suggestion_refused": gettext("The suggestion is refused, and is not made there again."),
        "suggestion_waits": gettext("{n} suggestion waits in this text"),
        "suggestions_wait": gettext("{n} suggestions wait in this text"),
        "other_words": gettext("Select the new words in the text, then press Enter."),
    }
