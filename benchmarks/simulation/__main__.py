"""python3 start.py run python -m benchmarks simulation [--draws 2000] [--only NAME …] [--show]"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.simulation import (
    adoption,
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
DRAWS = 2000
DOCS = Path(__file__).parents[2] / "docs"
RESULTS = Path(__file__).with_name("results")
PICTURES = DOCS / "images" / "simulation"
QUESTIONS: dict[str, Callable[[int, np.random.Generator], list[Row]]] = {
    "shares": shares.run,
    "groups": groups.run,
    "models": models.run,
    "weighting": weighting.run,
    "change": change.run,
    "adoption": adoption.run,
    "pooling": pooling.run,
}
TESTS = "power"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks simulation", description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--only", nargs="*", choices=[*QUESTIONS, TESTS], help="these alone anew")
    parser.add_argument("--show", action="store_true", help="print the results, write nothing")
    options = parser.parse_args(arguments)
    for name in [*QUESTIONS, TESTS] if options.only is None else options.only:
        start = time.perf_counter()
        drawn = draw(name, options.draws)
        print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)
        if options.show:
            with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=60, tbl_width_chars=200):
                print(drawn)
        else:
            drawn.write_csv(RESULTS / f"{name}.csv", float_precision=6)
    if not options.show:
        publish()


def draw(name: str, draws: int) -> pl.DataFrame:
    """The results of one question, which has a random stream of its own."""
    random = np.random.default_rng([SEED, *name.encode()])
    return power.run(draws, random) if name == TESTS else table(QUESTIONS[name](draws, random))


def kept() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The results that were kept: of intervals, and of tests."""
    intervals = [pl.read_csv(RESULTS / f"{name}.csv") for name in QUESTIONS]
    return table(pl.concat(intervals).to_dicts()), pl.read_csv(RESULTS / f"{TESTS}.csv")


def publish() -> None:
    """The pictures and the tables of the page, from the results kept."""
    intervals, tests = kept()
    PICTURES.mkdir(parents=True, exist_ok=True)
    curve = tests.filter(pl.col("situation") == tests["situation"][0])
    pictures = {
        "coverage": figures.coverage(intervals),
        "bias": figures.bias(intervals, weighting.BIAS),
        "power": figures.power(curve),
    }
    for name, svg in pictures.items():
        (PICTURES / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
    page.write(DOCS / "simulation.md", intervals, tests, SEED)


if __name__ == "__main__":
    main()
