"""The study's names and pseudonyms as the library's key, and what it would do to texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from samspill import qualitative as q
from samspill.errors import InvalidInput
from samspill.qualitative import pseudonyms
from samspill.web.interviews.models import KnownName, Memo, Source
from samspill.web.interviews.moving import spans
from samspill.web.interviews.project import library_source
from samspill.web.studies.models import Study

AROUND = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a text, with what stands around them and what would stand instead."""

    source: Source
    before: str
    words: str
    after: str
    instead: str = ""
    reason: str = ""


def names_of(study: Study) -> list[KnownName]:
    """The lines of the study's key."""
    return list(study.known_names.order_by("kind", "text"))


def sources_by(study: Study, guids: Iterable[str]) -> list[Source]:
    """Sources of the study by identity; what is none is left out."""
    wanted = set()
    for guid in guids:
        with suppress(ValueError):
            wanted.add(UUID(guid))
    return list(study.sources.filter(guid__in=wanted).order_by("order", "pk"))


def library_names(names: Iterable[KnownName]) -> tuple[pseudonyms.KnownName, ...]:
    """Names as the library knows them."""
    return tuple(pseudonyms.KnownName(n.text, n.kind, n.pseudonym) for n in names)


def key_of(study: Study) -> pseudonyms.Key:
    """The names that have a pseudonym."""
    return pseudonyms.Key(library_names(n for n in names_of(study) if n.pseudonym))


def faults_of_key(study: Study) -> InvalidInput | None:
    """Why the names cannot be replaced: a pseudonym used twice, or one that stands in a text where
    it means somebody else. A pseudonym that has been used may stand in texts where names have been
    replaced, and in memos."""
    names = [name for name in names_of(study) if name.pseudonym]
    every = pseudonyms.Key(library_names(names))
    unused = pseudonyms.Key(library_names(name for name in names if not name.used))
    for key, texts in (
        (every, _words(study.sources.filter(pseudonymised=False), ())),
        (unused, _words(study.sources.filter(pseudonymised=True), study.memos.all())),
    ):
        try:
            pseudonyms.check_key(key, list(texts))
        except InvalidInput as error:
            return error
    return None


def project_to_hide(sources: Sequence[Source], memos: Sequence[Memo] = ()) -> q.Project:
    """Sources, with all that has a place in them, as a project of the library."""
    return q.Project(
        "",
        sources=tuple(library_source(source) for source in sources),
        codings=tuple(span for source in sources for span in spans(source)),
        memos=tuple(q.Memo(str(m.guid), m.text, m.title) for m in memos),
    )


def replacements(sources: Sequence[Source], key: pseudonyms.Key) -> Iterator[Place]:
    """Every name in the texts, with the pseudonym that would stand there."""
    for source in sources:
        for found in pseudonyms.occurrences(source.text, key.names):
            words = source.text[found.start : found.end]
            yield _place(source, found.start, found.end, instead=_instead(words, key, found.form))


def left_in(sources: Sequence[Source], names: Iterable[KnownName]) -> Iterator[Place]:
    """Every place in texts where a known name stands, or may stand."""
    every = library_names(names)
    for source in sources:
        told = "\n".join((source.text, source.name, source.role, *source.speakers)).casefold()
        known = [name for name in every if _may_stand(told, name)]
        for left in pseudonyms.known_names_left(source.text, known):
            yield _place(source, left.start, left.end, reason=left.reason)
        for words in (source.name, source.role, *source.speakers):
            for left in pseudonyms.known_names_left(words, known):
                yield Place(
                    source,
                    words[: left.start],
                    words[left.start : left.end],
                    words[left.end :],
                    reason=left.reason,
                )


def _may_stand(told: str, name: pseudonyms.KnownName) -> bool:
    """Whether words, all in small letters, have the letters of one of a name's words."""
    return any(word.casefold() in told for word in name.name.split())


def suggestions(study: Study) -> tuple[pseudonyms.SuggestedName, ...]:
    """Words in the study's texts that may be names and are neither known nor pseudonyms."""
    names = names_of(study)
    stand_ins = [
        pseudonyms.KnownName(name.pseudonym, name.kind) for name in names if name.pseudonym
    ]
    sources = [replace(library_source(s), attributes={}) for s in study.sources.all()]
    return pseudonyms.suggest_names(sources, (*library_names(names), *stand_ins))


def _instead(words: str, key: pseudonyms.Key, form: str) -> str:
    stand_in = key.stand_ins()[form][0]
    return stand_in.upper() if words == words.upper() and words != form else stand_in


def _place(source: Source, start: int, end: int, *, instead: str = "", reason: str = "") -> Place:
    text = source.text
    return Place(
        source,
        words_before(text, start),
        text[start:end],
        words_after(text, end),
        instead,
        reason,
    )


def words_before(text: str, start: int) -> str:
    """Some whole words of the same paragraph that stand before a position."""
    first = max(0, start - AROUND)
    found = text[first:start].rpartition("\n")[2]
    return found.partition(" ")[2] if len(found) == AROUND and first else found


def words_after(text: str, end: int) -> str:
    """Some whole words of the same paragraph that stand after a position."""
    found = text[end : end + AROUND].partition("\n")[0]
    whole = found.rpartition(" ")[0]
    return whole if whole and len(found) == AROUND and end + AROUND < len(text) else found


def _words(sources: Iterable[Source], memos: Iterable[Memo]) -> Iterator[str]:
    for source in sources:
        yield from (source.name, source.text, source.role, *source.speakers)
    for memo in memos:
        yield from (memo.title, memo.text)
