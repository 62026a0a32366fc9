"""Results as JSON-stat 2.0 (json-stat.org/full): a cube that statistical offices' tools read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from samspill.errors import SamspillError
from samspill.language import translator
from samspill.presentation.tables.source import INVENTED
from samspill.presentation.tables.words import invented_warning

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis
    from samspill.analysis.results import FieldResult

MEASURE = "measure"
WHOLE_UNIT = "all"


def json_stat(
    analysis: StudyAnalysis,
    result: FieldResult,
    dimensions: Sequence[str],
    language: str,
) -> dict[str, Any]:
    """The result's frame as a JSON-stat dataset.

    ``dimensions`` are the frame's columns that tell its rows apart, such as indicator, field and
    an attribute; every column of numbers is a category of the dimension ``measure``, whose role
    is metric. Values are as in the frame: shares from 0 to 1. A combination that the frame lacks
    is null. Provenance and method stand under ``extension``, row by row in the same order.

    Raises SamspillError where the dimensions do not tell the rows apart.
    """
    frame = result.frame
    measures = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    measures = [name for name in measures if name not in dimensions]
    orders = {name: frame[name].unique(maintain_order=True).to_list() for name in dimensions}
    rows = {tuple(row[name] for name in dimensions): row for row in frame.iter_rows(named=True)}
    if len(rows) != frame.height:
        raise SamspillError(
            f"Rows are not told apart by {', '.join(dimensions)}.", "Name every key of the frame."
        )
    texts = [c for c in ("provenance", "method") if c in frame.columns]
    cube = [rows.get(key, {}) for key in _combinations([orders[name] for name in dimensions])]
    size = [*(len(orders[name]) for name in dimensions), len(measures)]
    dataset: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": result.heading,
        "source": analysis.study.title.get(language, analysis.study.identifier),
        "id": [*dimensions, MEASURE],
        "size": size,
        "role": {"metric": [MEASURE]},
        "dimension": {
            **{
                name: _dimension(name, orders[name], _labeller(analysis, name, language))
                for name in dimensions
            },
            MEASURE: _dimension(MEASURE, measures, lambda value: value.replace("_", " ")),
        },
        "value": [row.get(measure) for row in cube for measure in measures],
        "extension": {name: [row.get(name) for row in cube] for name in texts},
    }
    if INVENTED in frame["provenance"]:
        dataset["note"] = [invented_warning(INVENTED, translator(language))]
    return dataset


def _combinations(orders: Sequence[list[Any]]) -> list[tuple[Any, ...]]:
    """Every combination in row-major order, the last dimension fastest."""
    found: list[tuple[Any, ...]] = [()]
    for order in orders:
        found = [(*key, value) for key in found for value in order]
    return found


def _dimension(name: str, order: list[Any], label: Callable[[Any], str]) -> dict[str, Any]:
    identifiers = [str(value) if value != "" else WHOLE_UNIT for value in order]
    return {
        "label": name.replace("_", " "),
        "category": {
            "index": identifiers,
            "label": {
                identifier: label(value)
                for identifier, value in zip(identifiers, order, strict=True)
            },
        },
    }


def _labeller(analysis: StudyAnalysis, name: str, language: str) -> Callable[[Any], str]:
    t = translator(language)

    def label(value: Any) -> str:
        if value == "":
            return t("the whole unit")
        if name in {"indicator", "field"}:
            return analysis.label(value, language)
        return analysis.labels.category(name, value, language)

    return label
