"""What an opened study has been asked already: computed once, for the study never changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

from samspill.statistics.results import Result

AT_MOST = 512
R = TypeVar("R", bound=Result)


class Answered:
    """The latest answers by question; who asks gets a frame of their own, to do with as they like.

    The oldest are forgotten, so that a study that stays open does not grow.
    """

    def __init__(self) -> None:
        self._results: OrderedDict[Hashable, Result] = OrderedDict()

    def once(self, question: Hashable, make: Callable[[], R]) -> R:
        """What ``make`` gives, or gave when the same question was asked before."""
        found = self._results.get(question)
        if found is None:
            found = self._results[question] = make()
            while len(self._results) > AT_MOST:
                self._results.popitem(last=False)
        return replace(found, frame=found.frame.clone())  # type: ignore[return-value]
