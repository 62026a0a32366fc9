"""What weights would do, shown before they are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from samspill.analysis.labels import Labels
from samspill.analysis.weighting import weights_for
from samspill.language import format_number, format_percent
from samspill.presentation.tables.weighted import category_words
from samspill.study import Study
from samspill.study.weighting import Weighting
from samspill.web.results import words


@dataclass(frozen=True, slots=True)
class Total:
    """A known total and what the answers add up to, as written."""

    category: str
    answered: str
    before: str
    known: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What weights would be, as written in the page's language."""

    answered: str
    smallest: str
    largest: str
    mean: str
    deff: str
    effective: str
    trimmed: str
    largest_miss: str
    totals: tuple[Total, ...]


def preview(study: Study, weighting: Weighting) -> Preview:
    """The weights of a study's answers as they are now. Raises SamspillError where there are
    none that meet what was chosen."""
    language = words.language()
    found = weights_for(study, weighting)
    row, labels = found.diagnostics.row(0, named=True), Labels(study)

    def number(value: float, decimals: int = 2) -> str:
        return format_number(value, decimals, language)

    return Preview(
        answered=number(row["n"], 0),
        smallest=number(row["smallest"]),
        largest=number(row["largest"]),
        mean=number(row["mean"]),
        deff=number(row["deff"]),
        effective=number(row["n_effective"], 0),
        trimmed=format_percent(row["trimmed"], 1, language),
        largest_miss=format_percent(row["largest_miss"], 1, language),
        totals=tuple(
            Total(
                category_words(labels, each["category"], language),
                number(each["n"], 0),
                number(each["before"], 1),
                number(each["known"], 1),
                number(each["after"], 1),
            )
            for each in found.margins.iter_rows(named=True)
        ),
    )


def counted(study: Study) -> Mapping[str, Mapping[str, int]]:
    """How many units of the frame are in each category of each attribute."""
    return {
        name: dict(sorted(Counter(study.units[name].drop_nulls().to_list()).items()))
        for name in study.units.columns
        if name != "unit" and study.units[name].dtype.is_(study.units["unit"].dtype)
    }
