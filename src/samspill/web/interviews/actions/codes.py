"""The tree of codes: adding to it, describing, moving, merging and splitting its codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.changes import Changing, changing
from samspill.web.interviews.models import Code, Coding, Settlement, Suggestion, Verdict
from samspill.web.studies.models import Study

DESCRIBED = ("name", "colour", "codable", "definition", "inclusion", "exclusion", "example")


def add_code(
    *, actor: User, study: Study, name: str, parent: Code | None = None, **described: Any
) -> Code:
    """A new code, last among those under ``parent``."""
    with changing(actor=actor, study=study, action="add_code") as change:
        code = Code(study=study, name=name, parent=parent, order=_last(study, parent), **described)
        change.add(code)
    return code


def edit_code(*, actor: User, code: Code, **described: Any) -> None:
    """Change a code's name, colour or rules: any of ``DESCRIBED``.

    Raises SamspillError where it becomes a heading although passages are coded with it.
    """
    unknown = set(described) - set(DESCRIBED)
    if unknown:
        raise TypeError(f"edit_code does not change {', '.join(sorted(unknown))}.")
    if described.get("codable") is False and code.codings.exists():
        raise SamspillError(
            _("“%(code)s” cannot become a heading: passages are coded with it.")
            % {"code": code.name},
            _("Merge it into another code, or recode its passages first."),
        )
    with changing(actor=actor, study=code.study, action="edit_code") as change:
        change.update(code, **described)


def move_code(*, actor: User, code: Code, parent: Code | None, before: Code | None = None) -> None:
    """Put a code under ``parent`` (at the top where None), before a sibling or last.

    Raises SamspillError where the parent is the code itself or stands below it.
    """
    if parent is not None and code.pk in _upwards(parent):
        raise SamspillError(
            _("“%(code)s” cannot stand below itself.") % {"code": code.name},
            _("Choose a code outside its own branch."),
        )
    siblings = [c for c in code.study.codes.filter(parent=parent) if c.pk != code.pk]
    place = next((n for n, c in enumerate(siblings) if before and c.pk == before.pk), len(siblings))
    siblings.insert(place, code)
    with changing(actor=actor, study=code.study, action="move_code") as change:
        change.update(code, parent=parent)
        change.update_all([(c, {"order": n}) for n, c in enumerate(siblings)])


def merge_codes(*, actor: User, code: Code, into: Code) -> int:
    """Let ``into`` take over a code's passages and the codes below it; how many passages moved.

    Where the same coder has coded exactly the same words with both, one coding is left.
    Raises SamspillError where ``into`` is a heading, the code itself or one below it.
    """
    if not into.codable:
        raise SamspillError(
            _("“%(code)s” is a heading, which nothing is coded with.") % {"code": into.name},
            _("Choose a code that passages can be coded with."),
        )
    if code.pk in _upwards(into):
        raise SamspillError(
            _("“%(code)s” cannot be merged into a code of its own branch.") % {"code": code.name},
            _("Move that code out of the branch first."),
        )
    with changing(actor=actor, study=code.study, action="merge_codes") as change:
        moved = _recode(change, code.codings.all(), into)
        place = _last(code.study, into)
        children = list(code.children.all())
        change.update_all(
            [(c, {"parent": into, "order": place + n}) for n, c in enumerate(children)]
        )
        for model in (Suggestion, Settlement):
            change.update_all([(r, {"code": into}) for r in model.objects.filter(code=code)])
        _judge_of(change, code, into)
        change.remove(code)
    return moved


def split_code(*, actor: User, code: Code, name: str, codings: Sequence[Coding]) -> Code:
    """Give chosen passages of a code a new code of their own, beside it.

    Raises SamspillError where none is chosen, or one is not coded with it.
    """
    if not codings:
        raise SamspillError(_("No passage is chosen."), _("Choose what the new code is to have."))
    if any(coding.code_id != code.pk for coding in codings):
        raise SamspillError(
            _("A chosen passage has another code by now."), _("Look at the code's passages anew.")
        )
    described = {n: getattr(code, n) for n in DESCRIBED if n not in ("name", "example")}
    with changing(actor=actor, study=code.study, action="split_code") as change:
        new = Code(
            study=code.study,
            name=name,
            parent=code.parent,
            order=_last(code.study, code.parent),
            **described,
        )
        change.add(new)
        change.update_all([(coding, {"code": new}) for coding in codings])
    return new


def remove_code(*, actor: User, code: Code) -> None:
    """Take a code away; the codes below it move up to where it stood.

    Raises SamspillError where passages are coded with it: they must go somewhere (``merge_codes``).
    """
    held = code.codings.count()
    if held:
        raise SamspillError(
            _("%(n)s passages are coded with “%(code)s”.") % {"n": held, "code": code.name},
            _("Merge it into another code; its passages then go there."),
        )
    with changing(actor=actor, study=code.study, action="remove_code") as change:
        change.remove(*Suggestion.objects.filter(code=code))
        change.remove(*Settlement.objects.filter(code=code))
        change.remove(*Verdict.objects.filter(Q(one=code) | Q(other=code)))
        place = _last(code.study, code.parent)
        children = list(code.children.all())
        change.update_all(
            [(c, {"parent": code.parent, "order": place + n}) for n, c in enumerate(children)]
        )
        change.remove(code)


def _judge_of(change: Changing, code: Code, into: Code) -> None:
    """Let verdicts on a code be on another; those on both have nothing left that contradicts."""
    both = Q(one=code, other=into) | Q(one=into, other=code)
    change.remove(*Verdict.objects.filter(both))
    for side in ("one", "other"):
        change.update_all([(v, {side: into}) for v in Verdict.objects.filter(**{side: code})])


def _recode(change: Changing, codings: Iterable[Coding], code: Code) -> int:
    """Give codings a code, but for those that it would only repeat; how many it was given."""
    held: set[tuple[int, int, int, int | None]] = set(
        code.codings.values_list("source", "start", "end", "coder")
    )
    moved: list[Coding] = []
    repeated: list[Coding] = []
    for coding in codings:
        place = (coding.source_id, coding.start, coding.end, coding.coder_id)
        (repeated if place in held else moved).append(coding)
        held.add(place)
    change.update_all([(coding, {"code": code}) for coding in moved])
    change.remove(*repeated)
    return len(moved)


def _last(study: Study, parent: Code | None) -> int:
    orders = study.codes.filter(parent=parent).order_by("-order").values_list("order", flat=True)
    latest = orders.first()
    return 0 if latest is None else latest + 1


def _upwards(code: Code) -> set[int]:
    """The keys of a code and all above it."""
    found: set[int] = set()
    above: Code | None = code
    while above is not None and above.pk not in found:
        found.add(above.pk)
        above = above.parent
    return found
