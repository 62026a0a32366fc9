"""From what was asked to a selection as the library makes it, and back from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl
from django.utils.translation import get_language

from samspill.selection import Attribute, Coverage, Quota, Selection, choose_cases, coverage
from samspill.selection.reasons import packed, said, unpacked
from samspill.selection.result import Optimality
from samspill.web.design.frames import (
    UnitFrame,
    library_attributes,
    numbers_of,
    stored_frame,
    words_of_attributes,
)
from samspill.web.design.models import CaseSelection
from samspill.web.studies.models import Study

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Found:
    """A stored selection read again. ``rows`` have the columns of ``Selection.frame``, with
    ``name`` and the reason in the page's language."""

    rows: list[dict[str, Any]]
    optimality: Optimality | None
    ties: list[tuple[str, str]]
    notes: list[str]
    coverage: Coverage
    names: Mapping[str, str]

    @property
    def chosen(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["chosen"]]

    @property
    def left_out(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if not row["chosen"]]


def choose(study: Study, asked: Mapping[str, Any], units: UnitFrame) -> Selection:
    """The selection that was asked for, over units as they are given."""
    frame, attributes = _attributes(study, asked, units)
    return choose_cases(
        frame,
        asked["method"],
        asked["number"],
        attributes,
        outcome=asked["outcome"],
        quotas=[Quota(*quota) for quota in asked["quotas"]],
        include=asked["include"],
        exclude=asked["exclude"],
        seed=asked["seed"],
        seconds=SECONDS,
    )


def stored(found: Selection) -> dict[str, Any]:
    """A selection as JSON can hold it; reasons stay translatable."""
    return {
        "cases": list(found.cases),
        "rows": found.frame.drop("reason").to_dicts(),
        "said": [packed(message) for message in found.said],
        "optimality": asdict(found.optimality) if found.optimality else None,
        "ties": [list(tie) for tie in found.ties],
        "notes": [packed(message) for message in found.notes],
    }


def read(selection: CaseSelection) -> Found:
    """A stored selection, in the page's language, with what it covers of its frame as it was."""
    units = stored_frame(selection.frame)
    names = units.named
    content = selection.found
    language, words, cover = (
        get_language() or "nb",
        words_of_attributes(selection.study),
        covered(selection),
    )
    known = {a.name: a for a in cover.attributes}

    def label(name: str, category: str) -> str:
        written = known[name].label(category, language) if name in known else category
        return f"{words.attribute(name)}: {words.categories.get((name, category), written)}"

    rows = [
        {**row, "name": names.get(row["unit"], row["unit"]),
         "exchange_name": names.get(row["exchange"] or "", row["exchange"]),
         "reason": said(unpacked(one), language, label, names)}
        for row, one in zip(content["rows"], content["said"], strict=True)
    ]  # fmt: skip
    best = content["optimality"]
    return Found(
        rows=rows,
        optimality=Optimality(**best) if best else None,
        ties=[(names.get(a, a), names.get(b, b)) for a, b in content["ties"]],
        notes=[said(unpacked(note), language) for note in content["notes"]],
        coverage=cover,
        names=names,
    )


def covered(selection: CaseSelection) -> Coverage:
    """What a selection covers, its cases called by their names."""
    units = stored_frame(selection.frame)
    frame, attributes = _attributes(selection.study, selection.asked, units)
    names = units.named
    doubled = len(set(names.values())) < len(names)
    called = {u: f"{n} ({u})" if doubled else n for u, n in names.items()}
    frame = frame.with_columns(pl.col("unit").replace(called))
    return coverage(frame, [called[unit] for unit in selection.found["cases"]], attributes)


def _attributes(
    study: Study, asked: Mapping[str, Any], units: UnitFrame
) -> tuple[pl.DataFrame, tuple[Attribute, ...]]:
    frame = units.frame(numbers_of(study))
    return frame, library_attributes(study, frame, asked["by"], asked["breaks"])
