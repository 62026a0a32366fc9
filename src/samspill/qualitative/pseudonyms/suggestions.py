"""Words that may be names, found by rules and each with its reasons; no model, and no verdict."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from samspill.errors import Message
from samspill.qualitative.model import Source
from samspill.qualitative.pseudonyms.forms import (
    ORGANISATION,
    PERSON,
    PLACE,
    KnownName,
    find_forms,
    forms,
)
from samspill.qualitative.turns import paragraphs

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_EXAMPLES = 5
_TITLE = Message("It stands after a title.")
_PREPOSITION = Message("It stands after a preposition of place.")
_ENDING = Message("It ends as names of places do.")
_OF_PLACE = Message("A word for a municipality or a place follows it.")
_OF_ORGANISATION = Message("A word for an organisation follows it.")
_SEVERAL = Message("It is several words with capital letters.")
_SPEAKER = Message("It speaks in the text.")
_WITHIN = Message("It has a capital letter within a sentence.")
_NEVER_SMALL = Message("It begins sentences and never has a small letter.")
_KINDS = (
    (PERSON, {_TITLE, _SPEAKER}),
    (PLACE, {_OF_PLACE, _PREPOSITION, _ENDING}),
    (ORGANISATION, {_OF_ORGANISATION}),
)


@dataclass(frozen=True, slots=True)
class SuggestedName:
    """A word, or several, that may be a name: of what ``kind`` at a guess, for which reasons, how
    many times in how many sources. ``examples`` are identity, start and end of the first few."""

    name: str
    kind: str
    reasons: tuple[Message, ...]
    count: int
    sources: int
    examples: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    name: str
    source: str
    start: int
    end: int
    reasons: tuple[Message, ...]
    begins_sentence: bool


def suggest_names(
    sources: Iterable[Source], known: Iterable[KnownName] = ()
) -> tuple[SuggestedName, ...]:
    """Words that may be names and are not known, the most frequent first.

    A word with a capital letter within a sentence may be one, and so may one that begins sentences
    where it is never written with a small letter. Words that are commonly written so and name
    nobody are left out.
    """
    sources = tuple(sources)
    kinds = {form: item.kind for item in known for form in forms(item)}
    seen = [item for source in sources for item in _seen(source, kinds)]
    small = {word for s in sources for word in _WORD.findall(s.text) if word[0].islower()}
    inside = {item.name for item in seen if not item.begins_sentence or " " in item.name}
    inside |= {part for name in inside for part in name.split()}
    stems = _stems({item.name for item in seen}, small)
    groups: dict[str, list[_Seen]] = defaultdict(list)
    for item in seen:
        if item.name in inside or item.name.lower() not in small:
            groups[stems.get(item.name, item.name)].append(item)
    told = [_suggested(name, items) for name, items in groups.items() if _enough(items, inside)]
    return tuple(sorted(told, key=lambda item: (-item.count, item.name)))


def _enough(items: list[_Seen], inside: set[str]) -> bool:
    return len(items) > 1 or any(
        item.name in inside or set(item.reasons) - {_NEVER_SMALL} for item in items
    )


def _suggested(name: str, items: list[_Seen]) -> SuggestedName:
    counts = Counter(reason for item in items for reason in item.reasons)
    reasons = tuple(reason for reason, _ in counts.most_common())
    kind = next((kind for kind, signs in _KINDS if signs & set(reasons)), PERSON)
    return SuggestedName(
        name,
        kind,
        reasons,
        len(items),
        len({item.source for item in items}),
        tuple((item.source, item.start, item.end) for item in items[:_EXAMPLES]),
    )


def _stems(names: set[str], small: set[str]) -> dict[str, str]:
    """Genitives with what they are genitives of, where that stands in the text too."""
    return {
        name: stem
        for name in names
        if (stem := re.sub(r"[’']?s$|[’']$", "", name)) != name
        and stem in names
        and stem.lower() not in small
    }


def _seen(source: Source, known: dict[str, str]) -> Iterator[_Seen]:
    taken = [(start, end) for start, end, _ in find_forms(source.text, known)]
    common = _words("common")
    for paragraph in paragraphs(source):
        if paragraph.speaker and paragraph.speaker not in common and _is_name(paragraph.speaker):
            end = paragraph.start + len(paragraph.speaker)
            if not _overlaps(taken, paragraph.start, end):
                yield _Seen(
                    paragraph.speaker, source.guid, paragraph.start, end, (_SPEAKER,), False
                )
        words = list(_WORD.finditer(source.text, paragraph.words, paragraph.end))
        for first, last, begins in _runs(source.text, words, paragraph.words):
            start, end = words[first].start(), words[last].end()
            name = source.text[start:end]
            if name in common or _overlaps(taken, start, end):
                continue
            reasons = _reasons(words, first, last, begins)
            yield _Seen(name, source.guid, start, end, reasons, begins)


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


def _is_name(text: str) -> bool:
    words = text.split()
    return all(_capital(word) for word in words) and not (_words("common") & set(words))


def _capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()


def _runs(
    text: str, words: Sequence[re.Match[str]], beginning: int
) -> Iterator[tuple[int, int, bool]]:
    """First and last of words with capitals that stand together, and whether they begin a sentence;
    a common word at the beginning is left out."""
    common = _words("common")
    at = 0
    while at < len(words):
        if not _capital(words[at][0]):
            at += 1
            continue
        last = at
        while (
            last + 1 < len(words)
            and _capital(words[last + 1][0])
            and text[words[last].end() : words[last + 1].start()] == " "
        ):
            last += 1
        first, begins = at, _begins(text, words[at].start(), beginning)
        title = words[at][0].lower() in _words("titles")
        if last > first and (title or (begins and not _likely(words[first][0], common))):
            first, begins = first + 1, False
        if last > first or words[first][0].lower() not in _words("openers"):
            yield first, last, begins
        at = last + 1


def _likely(word: str, common: frozenset[str]) -> bool:
    return word not in common and word.lower() not in _words("openers")


def _begins(text: str, start: int, beginning: int) -> bool:
    before = text[beginning:start].rstrip(" «»“”\"'‘’()[]–-")
    return not before or before[-1] in ".!?…:"


def _reasons(
    words: Sequence[re.Match[str]], first: int, last: int, begins: bool
) -> tuple[Message, ...]:
    before = words[first - 1][0].lower() if first and not begins else ""
    after = words[last + 1][0].lower() if last + 1 < len(words) else ""
    end = words[last][0].lower()
    tests = (
        (before in _words("titles"), _TITLE),
        (after in _words("after_organisations"), _OF_ORGANISATION),
        (after in _words("after_places"), _OF_PLACE),
        (before in _words("place_prepositions"), _PREPOSITION),
        (end.endswith(tuple(_words("place_endings"))) and len(end) > 5, _ENDING),
        (last > first, _SEVERAL),
        (not begins, _WITHIN),
        (begins, _NEVER_SMALL),
    )
    return tuple(reason for holds, reason in tests if holds)


@cache
def _words(list_name: str) -> frozenset[str]:
    data = files("samspill.qualitative").joinpath("data", "names.toml")
    return frozenset(tomllib.loads(data.read_text(encoding="utf-8"))[list_name])
