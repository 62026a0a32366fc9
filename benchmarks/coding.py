"""Questions asked of coded texts, beside what Taguette does of the same.

Taguette runs in an environment of its own, named by ``TAGUETTE_PYTHON``:

    python -m venv peer && peer/bin/pip install taguette "setuptools<81"
    TAGUETTE_PYTHON=peer/bin/python python3 start.py run python -m benchmarks --only coding
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import polars as pl

from benchmarks.measure import verdict

if TYPE_CHECKING:
    from samspill.qualitative import Project, Tables

TITLE = "200 documents of 20,000 characters: 50,000 codings, then 1,000,000"
DOCUMENTS, CHARACTERS, CODES = 200, 20_000, 100
TIMES = 5
FIELDS = ("culture_leisure", "health_care", "children_youth", "integration")
SIDES = ("municipality", "organisation")
WORDS = (
    "kommune lag foreining frivillig penger tid rom plan liste folk barn eldre skule leiar avtale "
    "kontakt samarbeid hjelp kurs kor idrett aktivitet gruppe utval styre budsjett kveld helg"
)
BARS = {
    "matrix, s": 0.05,
    "co-occurrence 100 × 100, s": 0.5,
    ".qdpx out, s": 3.0,
    ".qdpx in, s": 3.0,
}


def run(_sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    return [_project(folder), _million()]


def _project(folder: Path) -> dict[str, Any]:
    from samspill.qualitative import queries

    project = invented_project(50_000)
    tables = project.tables()
    whole = tables.line.length
    del whole
    index = queries.SearchIndex(tables)
    condition = queries.conditions.code("Code 0")
    found: dict[str, Any] = {
        "codings": len(project.codings),
        "load: project to frames, s": _median(project.tables),
        "first question lays out the line, s": _median(partial(_fresh_line, project)),
        "matrix, s": _median(partial(queries.matrix, tables)),
        "matrix crossed, s": _median(partial(queries.matrix, tables, columns=("field", "side"))),
        "matrix of characters, s": _median(partial(queries.matrix, tables, measure="characters")),
        "co-occurrence 100 × 100, s": _median(partial(queries.cooccurrence, tables)),
        "co-occurrence in paragraphs, s": _median(
            partial(queries.cooccurrence, tables, within="paragraph")
        ),
        "co-occurrence in sources, s": _median(
            partial(queries.cooccurrence, tables, within="source")
        ),
        "sides by field and unit, s": _median(partial(queries.sides, tables, by=("field", "unit"))),
        "passages of a code, s": _median(partial(queries.segments, tables, condition)),
        "search index, s": _median(partial(queries.SearchIndex, tables), times=1),
        "search, s": _median(partial(index.search, '"frivillig hjelp" OR skulane', limit=50)),
        **_exchange(project, folder),
        **_peer(project, tables, folder),
    }
    found |= {f"{what} ≤ {bar}": verdict(found[what] <= bar) for what, bar in BARS.items()
              if isinstance(found.get(what), float)}  # fmt: skip
    return found


def _fresh_line(project: Project) -> object:
    from samspill.qualitative.line import lay_out

    return lay_out(project.tables())


def _million() -> dict[str, Any]:
    from samspill.qualitative import queries
    from samspill.qualitative.line import lay_out

    tables = invented_tables(1_000_000)
    start = time.perf_counter()
    first = queries.matrix(tables)
    cold = time.perf_counter() - start
    del first
    seconds = _median(partial(queries.matrix, tables))
    return {
        "codings": tables.codings.height,
        "first question lays out the line, s": _median(partial(lay_out, tables), times=3),
        "matrix, first question, s": cold,
        "matrix, s": seconds,
        "matrix of characters, s": _median(
            partial(queries.matrix, tables, measure="characters"), times=3
        ),
        "matrix, s ≤ 1": verdict(seconds <= 1),
    }


def _median(work: Callable[[], object], times: int = TIMES) -> float:
    """The median of several runs after one off the clock."""
    if times > 1:
        work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def _exchange(project: Project, folder: Path) -> dict[str, Any]:
    try:
        from samspill.qualitative.refi import (  # type: ignore[import-not-found]
            read_qdpx,
            write_qdpx,
        )
    except ImportError:
        return {".qdpx out and in": "skipped: this version does not exchange projects"}
    path = folder / "project.qdpx"
    return {
        ".qdpx out, s": _median(lambda: write_qdpx(project, path), times=3),
        ".qdpx in, s": _median(lambda: read_qdpx(path), times=3),
        ".qdpx, MB": path.stat().st_size / 1e6,
    }


def _peer(project: Project, tables: Tables, folder: Path) -> dict[str, Any]:
    """What Taguette can do of the same: passages of a code, all passages as CSV, its whole project
    copied out to a file and in again. It has no matrix and no co-occurrence."""
    python = os.environ.get("TAGUETTE_PYTHON")
    if not python:
        return {"Taguette": "skipped: TAGUETTE_PYTHON names no environment with it"}
    from samspill.qualitative import queries

    names = dict(tables.codes.select("code", "name").iter_rows())
    place = {source.guid: number for number, source in enumerate(project.sources)}
    content = folder / "project.json"
    content.write_text(
        json.dumps(
            {
                "documents": [source.text for source in project.sources],
                "tags": list(names.values()),
                "highlights": [
                    (place[c.source], c.start, c.end, names[c.code]) for c in project.codings
                ],
            }
        ),
        encoding="utf-8",
    )
    script = Path(__file__).with_name("taguette_peer.py")
    told = subprocess.run(
        [python, str(script), str(content), str(folder)], capture_output=True, text=True, check=True
    )
    theirs = json.loads(told.stdout.splitlines()[-1])
    csv = folder / "passages.csv"

    def passages() -> None:
        frame = queries.segments(tables).frame
        frame.select("source", "start", "end", "text").write_csv(csv)

    one = partial(queries.segments, tables, queries.conditions.code("Code 11"))
    ours = {"passages of a code": _median(one), "all passages as CSV": _median(passages, times=3)}
    rows: dict[str, Any] = {"Taguette": theirs.pop("version")}
    for what, seconds in theirs.items():
        rows[f"Taguette: {what}, s"] = seconds
        if what in ours:
            rows[f"{what}, s"] = ours[what]
            rows[f"{what}, times faster"] = seconds / ours[what]
    return rows


def invented_tables(codings: int, seed: int = 4) -> Tables:
    """A made-up project as frames: codes in two levels, every fifth document of two fields."""
    from samspill.qualitative import Tables
    from samspill.qualitative.tables import CODES as CODE_COLUMNS
    from samspill.qualitative.tables import CODINGS, SOURCES

    draw = np.random.default_rng(seed)
    sources, codes = _guids(1, DOCUMENTS), _guids(2, CODES)
    start = draw.integers(0, CHARACTERS - 400, codings)
    top = [place - place % 10 for place in range(CODES)]
    return Tables(
        pl.DataFrame(
            {
                "source": sources,
                "name": [f"Interview {i}" for i in range(DOCUMENTS)],
                "kind": ["interview"] * DOCUMENTS,
                "unit": [f"unit {i // 8}" for i in range(DOCUMENTS)],
                "side": [SIDES[i % 2] for i in range(DOCUMENTS)],
                "fields": [
                    [FIELDS[i % 4], *([FIELDS[(i + 1) % 4]] if i % 5 == 0 else [])]
                    for i in range(DOCUMENTS)
                ],
                "role": ["leader"] * DOCUMENTS,
                "date": ["2018-10-01"] * DOCUMENTS,
                "language": ["nn"] * DOCUMENTS,
                "consent": ["anonymous"] * DOCUMENTS,
                "characters": [CHARACTERS] * DOCUMENTS,
                "text": [_text(draw) for _ in range(DOCUMENTS)],
                "speakers": [[] for _ in range(DOCUMENTS)],
                "invented": [True] * DOCUMENTS,
            },
            schema=SOURCES,
        ),
        pl.DataFrame(
            {
                "code": codes,
                "name": [f"Code {i}" for i in range(CODES)],
                "parent": [None if top[i] == i else codes[top[i]] for i in range(CODES)],
                "order": list(range(CODES)),
                "depth": [int(top[i] != i) for i in range(CODES)],
                "codable": [True] * CODES,
                "concept": [None] * CODES,
            },
            schema=CODE_COLUMNS,
        ),
        pl.DataFrame(
            {
                "coding": _guids(3, codings),
                "source": np.array(sources)[draw.integers(0, DOCUMENTS, codings)],
                "start": start,
                "end": start + draw.integers(20, 400, codings),
                "code": np.array(codes)[draw.integers(0, CODES, codings)],
                "coder": np.array(_guids(4, 2))[draw.integers(0, 2, codings)],
            },
            schema=CODINGS,
        ),
    )


def invented_project(codings: int) -> Project:
    """The same as a project."""
    from samspill.qualitative import Code, Coder, Coding, Project, Source

    tables = invented_tables(codings)
    coders = tuple(Coder(guid, f"Coder {i}") for i, guid in enumerate(_guids(4, 2)))
    kept = ("name", "text", "unit", "side", "role", "date", "language")
    return Project(
        "Invented",
        coders,
        tuple(
            Code(row["code"], row["name"], parent=row["parent"])
            for row in tables.codes.iter_rows(named=True)
        ),
        tuple(
            Source(
                row["source"],
                fields=tuple(row["fields"]),
                invented=True,
                **{name: row[name] for name in kept},
            )
            for row in tables.sources.iter_rows(named=True)
        ),
        tuple(Coding(*row) for row in tables.codings.iter_rows()),
    )


def _guids(kind: int, count: int) -> list[str]:
    return [str(UUID(int=(kind << 100) + number)) for number in range(count)]


def _text(draw: np.random.Generator) -> str:
    """Sentences of common words, every eighth with an ending of its own, in paragraphs."""
    words = draw.choice(WORDS.split(), CHARACTERS // 4).tolist()
    endings = ("ar", "ane", "en", "et")
    rare = draw.integers(0, 8, len(words)) == 0
    ending = draw.integers(0, 4, len(words))
    said = [
        word + endings[e] if odd else word
        for word, odd, e in zip(words, rare.tolist(), ending.tolist(), strict=True)
    ]
    lines = [" ".join(said[i : i + 40]) + "." for i in range(0, len(said), 40)]
    return "\n".join(lines)[: CHARACTERS - 1] + "."
