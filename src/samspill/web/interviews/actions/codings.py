"""Coding: giving a passage a code, taking it away, changing which code or which words."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.rules import allowed
from samspill.web.accounts.models import User
from samspill.web.interviews.changes import changing
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Code, Coding, Source


def add_coding(
    *, actor: User, source: Source, start: int, end: int, code: Code, guid: UUID | None = None
) -> Coding:
    """Code ``[start, end)``; the same words with the same code twice is the one coding.

    ``guid`` may be chosen by the page, so that it knows its coding when it hears of it again.
    Raises SamspillError where the words are none of the source's or the code is a heading.
    """
    require_passage(source, start, end)
    require_codable(code)
    coder = coder_of(source.study, actor)
    with changing(actor=actor, study=source.study, action="add_coding", source=source) as change:
        same = {"source": source, "start": start, "end": end, "code": code, "coder": coder}
        found = Coding.objects.filter(**same).first()
        if found is not None:
            return found
        coding = Coding(**same, **({"guid": guid} if guid else {}))
        change.add(coding)
    return coding


def remove_coding(*, actor: User, coding: Coding) -> None:
    """Take a coding away. Raises SamspillError where it is another's, as ``require_own`` says."""
    source = coding.source
    require_own(actor, coding)
    with changing(actor=actor, study=source.study, action="remove_coding", source=source) as change:
        change.remove(coding)


def recode(*, actor: User, coding: Coding, code: Code) -> None:
    """Give a coding another code. Raises SamspillError where that is a heading, or the coding
    another's."""
    require_own(actor, coding)
    require_codable(code)
    source = coding.source
    with changing(actor=actor, study=source.study, action="recode", source=source) as change:
        change.update(coding, code=code)


def resize(*, actor: User, coding: Coding, start: int, end: int) -> None:
    """Let a coding cover other words. Raises SamspillError where they are none of the source's, or
    the coding is another's."""
    source = coding.source
    require_own(actor, coding)
    require_passage(source, start, end)
    with changing(actor=actor, study=source.study, action="resize", source=source) as change:
        change.update(coding, start=start, end=end)


def require_own(actor: User, coding: Coding) -> None:
    """A coding is its coder's: what one person has judged is not quietly changed by another, and
    agreement is between what each has judged. Who may edit texts may also change others' codings.

    Raises SamspillError otherwise.
    """
    own = coding.coder is not None and coding.coder.user_id == actor.pk
    if own or allowed(actor, Permission.EDIT_SOURCES, coding.source.study):
        return
    raise SamspillError(
        _("This coding is %(name)s's.") % {"name": coding.coder or "–"},
        _("Code the passage yourself; a disagreement can be settled afterwards."),
    )


def require_revision(source: Source, revision: int) -> None:
    """Raises SamspillError where positions were taken in a text that has been edited since."""
    if source.revision != revision:
        raise SamspillError(
            _("The text has been edited since this page was opened."),
            _("Open the page again; nothing is lost."),
        )


def require_passage(source: Source, start: int, end: int) -> None:
    """Raises SamspillError unless ``[start, end)`` are words of the source."""
    if not 0 <= start < end <= len(source.text):
        raise SamspillError(
            _("These words do not stand in the text."),
            _("Select them anew; the text may have been edited."),
        )


def require_codable(code: Code) -> None:
    """Raises SamspillError where nothing is coded with the code."""
    if not code.codable:
        raise SamspillError(
            _("“%(code)s” is a heading, which nothing is coded with.") % {"code": code.name},
            _("Choose one of the codes below it."),
        )
