"""The key of names and pseudonyms, and what is done with it to texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill import qualitative as q
from samspill.errors import SamspillError
from samspill.qualitative import pseudonyms
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.interviews.changes import Changing, changing
from samspill.web.interviews.forgetting import forget_words
from samspill.web.interviews.hiding import (
    faults_of_key,
    key_of,
    library_names,
    names_of,
    project_to_hide,
)
from samspill.web.interviews.models import KnownName, Memo, Source
from samspill.web.interviews.moving import ON_A_TEXT
from samspill.web.studies.models import Study

Line = tuple[str, str, str]
"""A name, its kind, and its pseudonym, which may be empty."""


@transaction.atomic
def add_names(*, actor: User, study: Study, lines: Iterable[Line]) -> int:
    """Add names that the key does not have, and how many; those it has are left as they are.

    Raises SamspillError where a pseudonym stands for another name already.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    held = {name.text for name in study.known_names.all()}
    new: dict[str, KnownName] = {}
    for written, kind, pseudonym in lines:
        text = " ".join(written.split())
        if text and text not in held:
            new.setdefault(
                text, KnownName(study=study, text=text, kind=kind, pseudonym=pseudonym.strip())
            )
    taken = {name.pseudonym: name.text for name in study.known_names.exclude(pseudonym="")}
    for name in new.values():
        if name.pseudonym:
            _require_free(taken, name.text, name.pseudonym)
            taken[name.pseudonym] = name.text
    with changing(actor=actor, study=study, action="add_name") as change:
        change.add(*new.values())
    return len(new)


def edit_name(*, actor: User, name: KnownName, text: str, kind: str, pseudonym: str) -> None:
    """Change a line of the key.

    Raises SamspillError where the name has been replaced in texts, which then could not be put
    back; or where the name or the pseudonym is another's.
    """
    _require_unused(name)
    others = name.study.known_names.exclude(pk=name.pk)
    if others.filter(text=text).exists():
        raise SamspillError(
            _("“%(name)s” is in the key already.") % {"name": text}, _("Change that line instead.")
        )
    taken = {other.pseudonym: other.text for other in others.exclude(pseudonym="")}
    _require_free(taken, text, pseudonym)
    with changing(actor=actor, study=name.study, action="edit_name") as change:
        change.update(name, text=text, kind=kind, pseudonym=pseudonym)


def remove_name(*, actor: User, name: KnownName) -> None:
    """Take a line out of the key. Raises SamspillError where it has been used."""
    _require_unused(name)
    with changing(actor=actor, study=name.study, action="remove_name") as change:
        change.remove(name)


def propose_pseudonyms(*, actor: User, study: Study) -> int:
    """Give each name without a pseudonym one that no text has; how many were given."""
    names = names_of(study)
    texts = [text for pair in study.sources.values_list("name", "text") for text in pair]
    proposed = pseudonyms.propose_key(library_names(names), texts).names
    pairs = [(n, p.pseudonym) for n, p in zip(names, proposed, strict=True) if not n.pseudonym]
    with changing(actor=actor, study=study, action="edit_name") as change:
        change.update_all([(name, {"pseudonym": stand_in}) for name, stand_in in pairs])
    return len(pairs)


def require_key(study: Study) -> pseudonyms.Key:
    """The key, which is sound.

    Raises SamspillError where no name has a pseudonym, and InvalidInput where the key is not sound.
    """
    key = key_of(study)
    _require_names(key)
    fault = faults_of_key(study)
    if fault is not None:
        raise fault
    return key


@transaction.atomic
def pseudonymise(*, actor: User, study: Study, sources: Sequence[Source]) -> int:
    """Replace the key's names in texts, in what is known of them, and in all memos; how many times.

    Codings, suggestions and settlements go with their words. What stood there before is taken out
    of the history, so that it can be had back only with the key.

    Raises SamspillError where no text is chosen or no name has a pseudonym, and InvalidInput where
    the key is not sound.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    _require_chosen(sources)
    key = require_key(study)
    memos = list(study.memos.all())
    done = pseudonyms.replace_names(project_to_hide(sources, memos), key)
    changed = _write(actor, study, sources, memos, done.project, hidden=True)
    used = [n for n in names_of(study) if n.pseudonym and not n.used and _stands(n, done.replaced)]
    with changing(actor=actor, study=study, action="edit_name", undoable=False) as change:
        change.update_all([(name, {"used": True}) for name in used])
    forget_words(study, changed)
    total = sum(done.replaced.values())
    _record(actor, study, "pseudonymise", {"texts": len(sources), "replaced": total})
    return total


@transaction.atomic
def restore_names(*, actor: User, study: Study, sources: Sequence[Source]) -> int:
    """Put the names back in texts where they have been replaced; in how many. With the last of
    them they come back in memos too.

    Raises SamspillError where no text is chosen, or the key is empty.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    key = key_of(study)
    chosen = [source for source in sources if source.pseudonymised]
    _require_chosen(chosen)
    _require_names(key)
    kept = study.sources.filter(pseudonymised=True).exclude(pk__in=[s.pk for s in chosen])
    memos = [] if kept.exists() else list(study.memos.all())
    project = pseudonyms.restore(project_to_hide(chosen, memos), key)
    _write(actor, study, chosen, memos, project, hidden=False)
    if not kept.exists():
        with changing(actor=actor, study=study, action="edit_name", undoable=False) as change:
            change.update_all([(name, {"used": False}) for name in names_of(study)])
    _record(actor, study, "restore_names", {"texts": len(chosen)})
    return len(chosen)


def read_key(*, actor: User, study: Study) -> list[KnownName]:
    """The key; that it was read, and by whom, stands in the log."""
    _record(actor, study, "read_key", {"names": study.known_names.count()})
    return names_of(study)


def _write(
    actor: User,
    study: Study,
    sources: Sequence[Source],
    memos: Sequence[Memo],
    project: q.Project,
    *,
    hidden: bool,
) -> set[str]:
    """Write what has become of sources and memos; the identities of those that changed."""
    action = "pseudonymise" if hidden else "restore_names"
    spans = {coding.guid: coding for coding in project.codings}
    changed = set()
    for source, made in zip(sources, project.sources, strict=True):
        with changing(
            actor=actor, study=study, action=action, source=source, undoable=False
        ) as change:
            _write_source(change, source, made, spans, hidden=hidden)
        changed.add(str(source.guid))
    pairs = [
        (memo, {"title": made.title[:200], "text": made.text, "changed_at": timezone.now()})
        for memo, made in zip(memos, project.memos if memos else (), strict=True)
        if (memo.title, memo.text) != (made.title, made.text)
    ]
    with changing(actor=actor, study=study, action=action, undoable=False) as change:
        change.update_all(pairs)
    return changed | {str(memo.guid) for memo, _values in pairs}


def _write_source(
    change: Changing, source: Source, made: q.Source, spans: dict[str, q.Coding], *, hidden: bool
) -> None:
    own = dict(made.attributes)
    change.update(
        source,
        text=made.text,
        name=made.name[:200],
        role=made.role[:200],
        speakers=list(made.speakers),
        times=[[time.position, time.milliseconds] for time in made.times],
        attributes={name: own[name] for name in source.attributes},
        pseudonymised=hidden,
        revision=source.revision + (made.text != source.text),
    )
    for model in ON_A_TEXT:
        rows = list(model._default_manager.filter(source=source))
        placed = [(row, spans.get(str(row.guid))) for row in rows]  # type: ignore[attr-defined]
        moved = [(row, span) for row, span in placed if span is not None]
        change.update_all([(row, {"start": s.start, "end": s.end}) for row, s in moved])


def _stands(name: KnownName, replaced: object) -> bool:
    """Whether one of a name's forms was replaced."""
    key = pseudonyms.Key(library_names([name]))
    return any(form in replaced for form in key.stand_ins())  # type: ignore[operator]


def _require_chosen(sources: Sequence[Source]) -> None:
    if not sources:
        raise SamspillError(_("No text is chosen."), _("Choose one or more."))


def _require_names(key: pseudonyms.Key) -> None:
    if not key.names:
        raise SamspillError(
            _("No name has a pseudonym."), _("Add the names, and write or propose pseudonyms.")
        )


def _require_free(taken: dict[str, str], text: str, pseudonym: str) -> None:
    if pseudonym and taken.get(pseudonym, text) != text:
        raise SamspillError(
            _("“%(pseudonym)s” stands for another name already.") % {"pseudonym": pseudonym},
            _("Give each name a pseudonym of its own."),
        )


def _require_unused(name: KnownName) -> None:
    if name.used:
        raise SamspillError(
            _("The name behind “%(pseudonym)s” has been replaced in texts.")
            % {"pseudonym": name.pseudonym},
            _("Put the names back first; otherwise it could never be put back."),
        )


def _record(actor: User, study: Study, action: str, new: dict[str, int]) -> None:
    record(
        actor=actor,
        action=f"interviews.{action}",
        subject=study.slug,
        study=study.slug,
        new=new,
    )
