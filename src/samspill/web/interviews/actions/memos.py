"""Memos: writing, changing and removing them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.changes import changing
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Memo, Source
from samspill.web.studies.models import Study


def add_memo(
    *,
    actor: User,
    study: Study,
    text: str,
    title: str = "",
    about: Sequence[str] = (),
    source: Source | None = None,
) -> Memo:
    """A memo on what has the identities ``about``, or on the whole; ``source`` is where it shows.

    Raises SamspillError where nothing is written.
    """
    _require_text(text)
    coder = coder_of(study, actor)
    with changing(actor=actor, study=study, action="add_memo", source=source) as change:
        memo = Memo(study=study, title=title, text=text, about=list(about), coder=coder)
        change.add(memo)
    return memo


def edit_memo(*, actor: User, memo: Memo, text: str, title: str = "") -> None:
    """Change what a memo says. Raises SamspillError where nothing is left of it."""
    _require_text(text)
    with changing(actor=actor, study=memo.study, action="edit_memo") as change:
        if (memo.text, memo.title) != (text, title):
            change.update(memo, text=text, title=title, changed_at=timezone.now())


def remove_memo(*, actor: User, memo: Memo) -> None:
    """Take a memo away."""
    with changing(actor=actor, study=memo.study, action="remove_memo") as change:
        change.remove(memo)


def _require_text(text: str) -> None:
    if not text.strip():
        raise SamspillError(_("The memo is empty."), _("Write something, or remove it."))
