"""How each variable and indicator of the founding study came to be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from samspill.reconstruction.microdata import CONSISTENT, EXACT, Microdata, Specification
from samspill.studies.norway_2018.instrument import languages, texts
from samspill.studies.norway_2018.specification import in_depth

Row = dict[str, str]


def provenance(microdata: Microdata, given: Specification) -> pl.DataFrame:
    """The table of provenance, with a note in every language."""
    rows = [
        _row("has_policy", "", "", EXACT, ["has_policy"]),
        _row("response", "", "", EXACT, ["response"]),
        *(
            _row(name, "", "", EXACT, ["response"])
            for name in ("complete_response", "partial_response", "net_sample", "gross_sample")
        ),
        *_reconstructed(microdata, given),
        *(
            _row("more_than_20_relations", field, "", CONSISTENT, *_numbers(given))
            for field in in_depth()
        ),
        _row("number_of_areas", "", "", CONSISTENT, ["count_of_fields"]),
    ]
    return pl.DataFrame(rows)


def _reconstructed(microdata: Microdata, given: Specification) -> Iterator[Row]:
    reread = {_place(identifier): text for identifier, text in given.readings.items()}
    totals = {
        (row["variable"], row["field"]): row
        for row in microdata.counts.filter(pl.col("group") == "").to_dicts()
    }
    for row in microdata.provenance.to_dicts():
        name, field = row["name"], row["field"]
        kind = "exact_by_group" if row["split"] else "exact_total"
        parts: dict[str, Any] = {}
        if name == "number_of_relations":
            kinds, parts = _numbers(given)
        else:
            if (name, field) in reread:
                kind, parts = "reread", {"reading": reread[name, field]}
            elif row["provenance"] == CONSISTENT:
                kind = "unnamed_area" if field == "unnamed_area" else "range"
                ends = totals[name, field]
                parts = {"low": ends["low"], "high": ends["high"]}
            kinds = [kind]
        about = _assumed(name, given)
        yield _row(name, field, row["split"], row["provenance"], kinds, parts, about)


def _place(identifier: str) -> tuple[str, str]:
    _, name, field, *_ = identifier.split("/")
    return name, field


def _numbers(given: Specification) -> tuple[list[str], dict[str, Any]]:
    return ["number_of_relations"], {"top": given.ordinal[0].codes[-1]}


def _assumed(name: str, given: Specification) -> list[str]:
    """The assumptions that the placing of a variable's values rests on."""
    members = {u.whole: u.members for u in given.unions}
    found = []
    for assumption in given.assumptions:
        under = {m.split(":")[0] for m in assumption.members}
        under |= {form for whole in under for form in members.get(whole, ())}
        if name in under:
            found.append(assumption.name)
    return found


def _row(
    name: str,
    field: str,
    split: str,
    kind: str,
    notes: list[str],
    parts: Mapping[str, Any] | None = None,
    assumptions: list[str] | None = None,
) -> Row:
    words = texts()
    columns = {}
    for code in languages():
        sentences = [words["notes"][note][code].format(**(parts or {})) for note in notes]
        sentences += [words["assumptions"][a][code] for a in assumptions or []]
        columns[f"note_{code}"] = " ".join(sentences)
    return {"name": name, "field": field, "split": split, "provenance": kind, **columns}
