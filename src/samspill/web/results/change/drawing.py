"""The figures of the page."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.analysis.change import Waves
from samspill.analysis.publishing import THRESHOLD
from samspill.presentation.figures.change import change_figure
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.next_wave import next_wave_figure
from samspill.presentation.figures.series import series_figure
from samspill.presentation.tables.source import LacksAnswers
from samspill.web.results import words
from samspill.web.results.change.choosing import ChangeChoice, planned, shown
from samspill.web.results.change.withheld import hidden, holds_real, small_means
from samspill.web.results.published import Edition
from samspill.web.results.withholding import withheld


def figure_of(
    editions: Sequence[Edition], waves: Waves | None, choice: ChangeChoice, part: str
) -> Figure | None:
    """``waves`` (the change between two), ``series`` (every wave) or ``next`` (the power of a next
    wave); None where there is none. ``waves`` are those that the part is about."""
    try:
        if part == "next":
            return next_wave_figure(
                editions[-1].analysis,
                words.language(),
                indicator=planned(editions, choice),
                hidden=withheld(editions[-1]),
            )
        if waves is None:
            return None
        name = shown(editions, choice)
        secret = hidden(editions) | small_means(editions, name)
        small = THRESHOLD if holds_real(editions) else 0
        if part == "series":
            return series_figure(waves, name, words.language(), hidden=secret, small=small)
        return change_figure(waves, name, words.language(), hidden=secret, small=small)
    except LacksAnswers:
        return None
