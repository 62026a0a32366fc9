"""Writing the memo: statements of sources, possible reasons, and what speaks for and against."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.triangulation.memo import AGAINST, FOR, REASONS, parse_statement
from samspill.triangulation.themes import COLUMNS, INTERVIEWS, find_theme
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.studies.models import Study
from samspill.web.triangulation.models import Reason, ReasonEvidence, SourceStatement


def signed(actor: User) -> dict[str, object]:
    """Who writes, and the name that it is shown with."""
    return {"user": actor, "by": actor.name or actor.get_username()}


def required(text: str, what: str) -> str:
    """A text that says something. Raises SamspillError for an empty one."""
    kept = text.strip()
    if not kept:
        raise SamspillError(what, _("Write it in a sentence."))
    return kept


def place_of(theme: str, field: str) -> str:
    """A theme and a field as the log names them. Raises SamspillError where there is no such."""
    found = find_theme(theme)
    if field and field not in found.fields():
        raise SamspillError(_("That field is not compared."), _("Choose one on the page."))
    return f"{theme} · {field}" if field else theme


@transaction.atomic
def add_reason(
    *, actor: User, study: Study, theme: str, field: str, kind: str, text: str, source: str = ""
) -> Reason:
    """Write down a possible reason. Raises SamspillError for an empty text or an unknown kind."""
    subject = place_of(theme, field)
    if kind not in REASONS:
        raise SamspillError(_("That is no kind of reason."), _("Choose one on the page."))
    made: Reason = study.reasons.create(
        theme=theme,
        field=field,
        kind=kind,
        text=required(text, _("The reason says nothing.")),
        source=source.strip()[:400],
        **signed(actor),
    )
    _log(actor, study, "add_reason", subject, new={"kind": kind, "text": made.text})
    return made


@transaction.atomic
def remove_reason(*, actor: User, reason: Reason) -> None:
    """Take a reason and its evidence away; the log keeps what it said."""
    subject = place_of(reason.theme, reason.field)
    old = {"kind": reason.kind, "text": reason.text}
    study = reason.study
    reason.delete()
    _log(actor, study, "remove_reason", subject, old=old)


@transaction.atomic
def add_evidence(
    *,
    actor: User,
    study: Study,
    direction: str,
    text: str,
    source: str = "",
    reason: Reason | None = None,
    about: str = "",
) -> ReasonEvidence:
    """Say what speaks for or against a reason: one of the study's, or (``about``) one that comes
    with its folder. Raises SamspillError for an empty text, and where no reason is named."""
    if direction not in (FOR, AGAINST) or (reason is None) == (not about):
        raise SamspillError(
            _("It is not said which reason this is for or against."), _("Choose one on the page.")
        )
    made: ReasonEvidence = study.reason_evidence.create(
        reason=reason,
        about=about,
        direction=direction,
        text=required(text, _("The evidence says nothing.")),
        source=source.strip()[:400],
        **signed(actor),
    )
    subject = (reason.text if reason else about)[:200]
    _log(actor, study, "add_evidence", subject, new={"direction": direction, "text": made.text})
    return made


@transaction.atomic
def add_statement(
    *,
    actor: User,
    study: Study,
    theme: str,
    field: str,
    column: str,
    says: str,
    text: str = "",
    source: str = "",
) -> SourceStatement:
    """Write down what a source says that is not counted, such as a finding read out of interviews
    that are coded elsewhere. Raises SamspillError for what the theme cannot say."""
    subject = place_of(theme, field)
    if column not in (*COLUMNS, INTERVIEWS):
        raise SamspillError(_("That is no source."), _("Choose one on the page."))
    order, verdicts = parse_statement(find_theme(theme), says)
    if not order and not verdicts:
        raise SamspillError(_("The statement says nothing."), _("Choose what the source says."))
    made: SourceStatement = study.source_statements.create(
        theme=theme,
        field=field,
        column=column,
        says=says,
        text=text.strip(),
        source=source.strip()[:400],
        **signed(actor),
    )
    _log(actor, study, "add_statement", subject, new={"column": column, "says": says})
    return made


@transaction.atomic
def remove_statement(*, actor: User, statement: SourceStatement) -> None:
    """Take a statement away; the log keeps what it said."""
    subject = place_of(statement.theme, statement.field)
    old = {"column": statement.column, "says": statement.says}
    study = statement.study
    statement.delete()
    _log(actor, study, "remove_statement", subject, old=old)


def _log(
    actor: User,
    study: Study,
    verb: str,
    subject: str,
    *,
    old: dict[str, str] | None = None,
    new: dict[str, str] | None = None,
) -> None:
    record(
        actor=actor,
        action=f"triangulation.{verb}",
        subject=subject,
        study=study.slug,
        old=old,
        new=new,
    )
