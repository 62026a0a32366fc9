"""The README of a study, written from its data."""

from __future__ import annotations

import polars as pl

from samspill.study.model import Study
from samspill.study.schema import PROVENANCES

README = "README.md"
INVENTED_BANNER = (
    "> **Invented data.** Some or all numbers in this study were made up. They describe no real\n"
    "> unit and must not be quoted as findings.\n"
)
_CONTENTS = {
    "units": "every unit of the frame, answering or not, with its attributes",
    "answers": "one answer a row: unit, field, variable, value",
    "variables": "what was asked, and the attributes of the units",
    "categories": "the values that variables may have, with labels",
    "indicators": "how indicators follow from variables",
    "printed": "numbers printed from the study, as text",
    "provenance": "how each variable or indicator came to be known",
    "cases": "the units that were studied closely",
    "triangulation": "what sources say where they differ, and why they may",
}
_MEANINGS = {
    "observed": "answered by the units themselves",
    "reconstructed exactly": "counts that follow from printed numbers and from nothing else",
    "consistent with what is printed": "one of several possibilities that agree with print",
    "invented": "made up",
}


def readme(study: Study) -> str:
    """Markdown that says what the study holds and how its numbers came to be known."""
    parts = [f"# {next(iter(study.title.values()))}\n"]
    if study.is_invented:
        parts.append(INVENTED_BANNER)
    parts.append(_facts(study))
    parts.append(_tables(study))
    parts.append(_provenance(study))
    parts.append(_opening())
    return "\n".join(parts)


def _facts(study: Study) -> str:
    answering = study.answers["unit"].n_unique()
    lines = [
        f"- Identifier: `{study.identifier}`",
        f"- Year: {study.year}",
        f"- Units in the frame: {study.population_size}; listed: {study.units.height}; "
        f"with answers: {answering}",
        f"- Languages: {', '.join(study.languages)}",
    ]
    titles = [f"- Title ({language}): {title}" for language, title in study.title.items()]
    return "\n".join(titles + lines) + "\n"


def _tables(study: Study) -> str:
    lines = ["## Files\n", "| file | rows | what it holds |", "|---|---:|---|"]
    for name, frame in study.tables.items():
        lines.append(f"| `{name}.csv` | {frame.height} | {_CONTENTS[name]} |")
    note = "\n`datapackage.json` describes every column (Frictionless Data Package)."
    return "\n".join([*lines, note]) + "\n"


def _provenance(study: Study) -> str:
    counted = dict(study.provenance.group_by("provenance").agg(pl.len()).iter_rows())
    lines = [
        "## How the numbers are known\n",
        "| provenance | entries | meaning |",
        "|---|---:|---|",
    ]
    for provenance in PROVENANCES:
        if provenance in counted:
            meaning = _MEANINGS[provenance]
            lines.append(f"| {provenance} | {counted[provenance]} | {meaning} |")
    if not counted:
        return "## How the numbers are known\n\nThe study does not say.\n"
    return "\n".join(lines) + "\n"


def _opening() -> str:
    return (
        "## Opening it\n\n"
        "```\nsamspill study validate .\nsamspill study info .\n```\n\n"
        '```python\nimport samspill as sp\n\nstudy = sp.open_study(".")\n```\n'
    )
