"""What a model that suggests codes must do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Guess:
    """A code with a ``score`` from 0 to 1, and what in the text spoke most for it."""

    code: str
    score: float
    why: tuple[str, ...] = ()


class SuggestionModel(Protocol):
    """Anything that suggests codes: the linear model here, a language model that runs locally.

    ``name`` is shown beside every suggestion and kept in the log. ``leaves_machine`` says whether
    the texts are sent to another machine; only an administrator may bring in a model that does
    so.
    """

    @property
    def name(self) -> str: ...

    @property
    def leaves_machine(self) -> bool: ...

    def guess(self, texts: Sequence[str]) -> list[list[Guess]]:
        """The codes that each text may carry, the likeliest first; as many lists as texts."""
        ...
