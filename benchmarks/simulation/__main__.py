"""python3 start.py run python -m benchmarks simulation [--draws 4000] [--only NAME …] [--show]"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl

from benchmarks.simulation import (
    change,
    figures,
    groups,
    models,
    page,
    pooling,
    power,
    shares,
    weighting,
)
from benchmarks.simulation.judging import Row, table

SEED = 20_180_901
DRAWS = 4000
DOCS = Path(__file__).parents[2] / "docs"
RESULTS = Path(__file__).with_name("results.csv")
TESTS = Path(__file__).with_name("tests.csv")
PICTURES = DOCS / "images" / "simulation"
QUESTIONS: dict[str, ModuleType] = {
    "shares": shares,
    "groups": groups,
    "models": models,
    "weighting": weighting,
    "change": change,
    "pooling": pooling,
}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks simulation", description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument(
        "--only", nargs="+", choices=[*QUESTIONS, "power"], help="print, write nothing"
    )
    parser.add_argument("--redraw", action="store_true", help="pictures and page from kept results")
    options = parser.parse_args(arguments)
    if options.only:
        with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=60, tbl_width_chars=200):
            for name in options.only:
                print(
                    power_of(options.draws) if name == "power" else intervals([name], options.draws)
                )
        return
    if not options.redraw:
        intervals(list(QUESTIONS), options.draws).write_csv(RESULTS, float_precision=6)
        power_of(options.draws).write_csv(TESTS, float_precision=6)
    publish(pl.read_csv(RESULTS), pl.read_csv(TESTS))


def intervals(names: list[str], draws: int) -> pl.DataFrame:
    """What the intervals of each question are worth; each has a random stream of its own."""
    rows: list[Row] = []
    for name in names:
        start = time.perf_counter()
        rows += QUESTIONS[name].run(draws, _stream(name))
        print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)
    return table(rows)


def power_of(draws: int) -> pl.DataFrame:
    return power.run(draws, _stream("power"))


def _stream(name: str) -> np.random.Generator:
    return np.random.default_rng([SEED, *name.encode()])


def publish(results: pl.DataFrame, tests: pl.DataFrame) -> None:
    """The pictures and the tables of the page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    curve = tests.filter(pl.col("situation") == tests["situation"][0])
    pictures = {
        "coverage": figures.coverage(results),
        "bias": figures.bias(results, weighting.BIAS),
        "power": figures.power(curve),
    }
    for name, svg in pictures.items():
        (PICTURES / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
    page.write(DOCS / "simulation.md", results, tests, SEED)


if __name__ == "__main__":
    main()
