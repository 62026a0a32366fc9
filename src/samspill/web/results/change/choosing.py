"""What a reader has chosen to compare, and what there is to choose among."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from samspill.analysis import StudyAnalysis
from samspill.presentation.figures.next_wave import hardest_indicator
from samspill.web.results.published import Edition


@dataclass(frozen=True, slots=True)
class ChangeChoice:
    """What the reader has chosen to see. ``before`` and ``after`` are years of waves; empty for the
    first and the last."""

    indicator: str = ""
    before: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        given = {"indicator": self.indicator, "before": self.before, "after": self.after}
        return urlencode({name: value for name, value in given.items() if value})


def read_change_choice(given: Mapping[str, str], editions: Sequence[Edition]) -> ChangeChoice:
    """The choice that an address asks for; what the waves do not have is left out."""
    wanted = given.get("indicator", "")
    years = [year_of(each) for each in editions]
    before, after = given.get("before", ""), given.get("after", "")
    if before not in years or after not in years or years.index(before) >= years.index(after):
        before = after = ""
    return ChangeChoice(wanted if wanted in choices(editions) else "", before, after)


def year_of(edition: Edition) -> str:
    """What a published wave is called: its year, which no two of a study share."""
    return str(edition.analysis.study.year)


def compared(editions: Sequence[Edition], choice: ChangeChoice) -> tuple[Edition, ...]:
    """The two waves that are compared, by default the first and the last; the one where there is
    but one."""
    if len(editions) < 2:
        return tuple(editions)
    wanted = (choice.before, choice.after)
    found = tuple(each for each in editions if year_of(each) in wanted)
    return found if len(found) == 2 else (editions[0], editions[-1])


def choices(editions: Sequence[Edition]) -> list[str]:
    """Indicators per field that every wave has, yes or no in all of them or a number in all."""
    last = editions[-1].analysis
    return [
        name
        for name, definition in last.definitions.items()
        if definition.per_field
        and all(name in each.analysis.definitions for each in editions)
        and (
            all(each.analysis.is_binary(name) for each in editions)
            or all(_is_number(each.analysis, name) for each in editions)
        )
    ]


def shown(editions: Sequence[Edition], choice: ChangeChoice) -> str:
    """The indicator that is shown: the chosen one, or the page's own."""
    if choice.indicator:
        return choice.indicator
    names = choices(editions)
    return "has_relation" if "has_relation" in names else next(iter(names), "")


def planned(editions: Sequence[Edition], choice: ChangeChoice) -> str:
    """The indicator that a next wave is planned by, yes or no; empty where there is none."""
    last = editions[-1].analysis
    if choice.indicator and last.is_binary(choice.indicator):
        return choice.indicator
    return hardest_indicator(last, last.fields or last.all_fields) or ""


def _is_number(analysis: StudyAnalysis, name: str) -> bool:
    """Whether an indicator has a mean: a count, or a variable whose order or size is known."""
    definition = analysis.definition(name)
    if definition.rule == "count":
        return True
    types = dict(analysis.study.variables.select("variable", "type").iter_rows())
    numbers = {"ordinal", "count", "number"}
    return definition.rule == "variable" and types.get(definition.variables[0]) in numbers
