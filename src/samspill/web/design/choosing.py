"""From what was asked to a selection as the library makes it, and back from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from samspill.errors import Message
from samspill.selection import Attribute, Coverage, Quota, Selection, choose_cases, coverage
from samspill.selection.result import Optimality
from samspill.web.design.frames import (
    UnitFrame,
    library_attributes,
    numbers_of,
    stored_frame,
)
from samspill.web.design.models import CaseSelection
from samspill.web.pages.faults import told_text
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
        "said": [_packed(message) for message in found.said],
        "optimality": asdict(found.optimality) if found.optimality else None,
        "ties": [list(tie) for tie in found.ties],
        "notes": [_packed(message) for message in found.notes],
    }


def read(selection: CaseSelection) -> Found:
    """A stored selection, in the page's language, with what it covers of its frame as it was."""
    units = stored_frame(selection.frame)
    names = units.named
    content = selection.found
    rows = [
        {**row, "name": names.get(row["unit"], row["unit"]),
         "exchange_name": names.get(row["exchange"] or "", row["exchange"]),
         "reason": told_text(_named(_unpacked(said), names))}
        for row, said in zip(content["rows"], content["said"], strict=True)
    ]  # fmt: skip
    best = content["optimality"]
    return Found(
        rows=rows,
        optimality=Optimality(**best) if best else None,
        ties=[(names.get(a, a), names.get(b, b)) for a, b in content["ties"]],
        notes=[told_text(_unpacked(note)) for note in content["notes"]],
        coverage=covered(selection),
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


def _packed(message: Message) -> list[Any]:
    return [
        message.template,
        {k: _packed(v) if isinstance(v, Message) else v for k, v in message.fields.items()},
    ]


def _unpacked(packed: list[Any]) -> Message:
    template, fields = packed
    return Message(
        template, **{k: _unpacked(v) if isinstance(v, list) else v for k, v in fields.items()}
    )


def _named(message: Message, names: Mapping[str, str]) -> Message:
    """A message whose units are called by their names."""
    return Message(
        message.template,
        **{
            k: _named(v, names) if isinstance(v, Message)
            else names.get(v, v) if k in ("case", "partner") and isinstance(v, str)
            else v
            for k, v in message.fields.items()
        },
    )  # fmt: skip
