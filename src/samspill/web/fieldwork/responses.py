"""What has been answered: from saved pages to answers by item, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from samspill.instrument import Item
from samspill.web.database.prepared import Prepared
from samspill.web.fieldwork.models import Response, SavedPage

Value: TypeAlias = str | tuple[str, ...]
Answers: TypeAlias = dict[Item, Value]


def as_stored(answers: Mapping[Item, Value]) -> dict[str, str | list[str]]:
    """Answers as ``SavedPage.answers`` holds them: by ``field/variable``."""
    return {
        f"{item.field}/{item.variable}": value if isinstance(value, str) else list(value)
        for item, value in answers.items()
    }


def as_answers(stored: Mapping[str, Any]) -> Answers:
    """Answers by item, from what ``SavedPage.answers`` holds."""
    answers: Answers = {}
    for key, value in stored.items():
        answers[_item(key)] = value if isinstance(value, str) else tuple(value)
    return answers


@lru_cache(maxsize=5000)
def _item(key: str) -> Item:
    name, _, variable = key.partition("/")
    return Item(name, variable)


@dataclass(frozen=True, slots=True)
class Saved:
    """The pages of a response.

    ``current`` is the revision of each step that holds, ``set_aside`` those that wait for their
    author's choice, ``history`` every revision in order.
    """

    history: Sequence[SavedPage] = ()
    current: Mapping[str, SavedPage] = field(default_factory=dict)
    set_aside: Mapping[str, Sequence[SavedPage]] = field(default_factory=dict)

    def answers(self) -> Answers:
        """All answers, those to closed questions too (``instrument.without_irrelevant``)."""
        answers: Answers = {}
        for page in self.current.values():
            answers.update(as_answers(page.answers))
        return answers

    def revision(self, step: str) -> int:
        """The revision of a step that holds; 0 where it has not been saved."""
        page = self.current.get(step)
        return page.revision if page else 0

    def next_revision(self, step: str) -> int:
        return 1 + max((page.revision for page in self.history if page.step == step), default=0)


_PAGES = Prepared(
    lambda response: SavedPage.objects.filter(response_id=response).order_by("revision"), -1
)


def saved_pages(response: Response | None) -> Saved:
    """The pages of a response; none where nothing has been saved."""
    if response is None:
        return Saved()
    return _saved(_PAGES.all(response.pk))


def answers_of(response: Response) -> Answers:
    """All answers of a response, those to closed questions too."""
    return saved_pages(response).answers()


def answers_of_all(responses: Iterable[Response]) -> dict[int, Answers]:
    """The answers of many responses, by the response's key, in one query."""
    found: dict[int, list[SavedPage]] = defaultdict(list)
    keys = [response.pk for response in responses]
    for page in SavedPage.objects.filter(response__in=keys).order_by("revision").iterator():
        found[page.response_id].append(page)
    return {key: _saved(found[key]).answers() for key in keys}


def _saved(pages: Iterable[SavedPage]) -> Saved:
    history = list(pages)
    current: dict[str, SavedPage] = {}
    aside: dict[str, list[SavedPage]] = defaultdict(list)
    for page in history:
        if page.set_aside:
            aside[page.step].append(page)
        else:
            current[page.step] = page
    return Saved(history, current, dict(aside))
