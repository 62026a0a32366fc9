"""The tables of ``docs/simulation.md``, written between two marks; the words around them stay."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

BEGIN, END = "<!-- drawn: begin -->\n", "<!-- drawn: end -->\n"
PROGRAMS = ("numpy", "polars", "scipy")


def written(text: str, results: pl.DataFrame, power: pl.DataFrame, seed: int) -> str:
    """``text`` with the tables drawn anew."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    versions = ", ".join(f"{name} {version(name)}" for name in PROGRAMS)
    about = (
        f"Seed {seed}; Python {platform.python_version()}, {versions}. Numbers after ± are Monte "
        "Carlo standard errors.\n\n"
    )
    return before + BEGIN + about + intervals(results) + "\n" + tests(power) + END + after


def intervals(results: pl.DataFrame) -> str:
    lines = []
    for part in results.partition_by("question", maintain_order=True):
        lines += [
            f"### {part['question'][0]}\n",
            "| situation | method | draws | coverage, % | truth | bias | spread | median width |",
            "|---|---|---|---|---|---|---|---|",
            *(_interval(row) for row in part.iter_rows(named=True)),
            "",
        ]
    return "\n".join(lines)


def _interval(row: dict[str, Any]) -> str:
    cells = (
        row["situation"],
        row["method"],
        f"{row['draws']:,}" + (f" ({row['without']} without)" if row["without"] else ""),
        f"{100 * row['coverage']:.1f} ± {100 * row['coverage_error']:.1f}",
        f"{row['truth']:.3f}",
        f"{row['bias']:+.4f} ± {row['bias_error']:.4f}",
        f"{row['spread']:.4f}",
        f"{row['width']:.3f}",
    )
    return f"| {' | '.join(cells)} |"


def tests(power: pl.DataFrame) -> str:
    lines = [
        "### How often a test finds a difference\n",
        "| situation | test | true difference | draws | found, % | planned beforehand, % |",
        "|---|---|---|---|---|---|",
    ]
    for row in power.iter_rows(named=True):
        found = f"{100 * row['found']:.1f} ± {100 * row['found_error']:.1f}"
        true = f"{100 * row['difference']:.0f} points"
        planned = "" if row["planned"] is None else f"{100 * row['planned']:.1f}"
        cells = (row["situation"], row["method"], true, f"{row['draws']:,}", found, planned)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def write(page: Path, results: pl.DataFrame, power: pl.DataFrame, seed: int) -> None:
    page.write_text(
        written(page.read_text(encoding="utf-8"), results, power, seed), encoding="utf-8"
    )
