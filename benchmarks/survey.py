"""A made-up survey in parquet, written in chunks so that its size does not matter to memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

CHUNK = 1_000_000
WARM_UP = 1_000
KEY = ["policy", "field", "centrality"]
TERMS = ["policy", "field", "centrality"]


def outcome_names(outcomes: int) -> list[str]:
    return [f"y{number}" for number in range(outcomes)]


def survey(folder: Path, rows: int, outcomes: int = 1, missing: float = 0.0, units: int = 0) -> str:
    """The path of a survey of that size in ``folder``, written where it is not there yet."""
    path = folder / f"survey-{rows}-{outcomes}-{missing}-{units}.parquet"
    if not path.exists():
        write_survey(path, rows, outcomes, missing, units)
    return str(path)


def write_survey(
    path: Path, rows: int, outcomes: int = 1, missing: float = 0.0, units: int = 0
) -> None:
    """Write ``rows`` answers: three categorical columns and binary outcomes y0, y1, …

    ``missing`` is the share of each outcome left empty, drawn for each outcome by itself.
    With ``units`` a column ``unit`` says which of so many each answer is of.
    """
    import pyarrow.parquet as pq

    random = np.random.default_rng(20180901)
    writer = None
    for start in range(0, rows, CHUNK):
        chunk = _chunk(random, min(CHUNK, rows - start), outcomes, missing)
        if units:
            drawn = random.integers(0, units, chunk.height, dtype=np.int32)
            chunk = chunk.with_columns(pl.Series("unit", drawn))
        table = chunk.to_arrow()
        if writer is None:
            writer = pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _chunk(random: np.random.Generator, rows: int, outcomes: int, missing: float) -> pl.DataFrame:
    policy = random.integers(0, 2, rows, dtype=np.int8)
    field = random.integers(0, 4, rows, dtype=np.int8)
    centrality = random.integers(1, 7, rows, dtype=np.int8)
    logit = -0.8 + 0.6 * policy + 0.25 * field - 0.1 * centrality
    p = (1.0 / (1.0 + np.exp(-logit))).astype(np.float32)
    columns: dict[str, pl.Series] = {
        "policy": pl.Series(policy),
        "field": pl.Series(field),
        "centrality": pl.Series(centrality),
    }
    for name in outcome_names(outcomes):
        answers = pl.Series((random.random(rows, dtype=np.float32) < p).astype(np.int8))
        if missing:
            answered = pl.Series(random.random(rows, dtype=np.float32) >= missing)
            answers = pl.select(pl.when(answered).then(answers)).to_series()
        columns[name] = answers
    return pl.DataFrame(columns)
