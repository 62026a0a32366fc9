"""Build the founding study's folder from its printed numbers.

    python -m samspill.studies.norway_2018.build [FOLDER]

Reads ``printed.csv``, ``cases.csv`` and ``triangulation.csv``, which are written by hand, and
``texts.toml``; writes
everything else. The seed is fixed, so that the same print gives the same files.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.reconstruction import Reconstruction, read_printed, reconstruct
from samspill.reconstruction.microdata import Microdata, Specification, reconstruct_microdata
from samspill.studies.norway_2018 import instrument
from samspill.studies.norway_2018.provenance import provenance
from samspill.studies.norway_2018.readme import readme
from samspill.studies.norway_2018.specification import CODES, specification
from samspill.study import Study, seal_study, write_study

HERE = Path(__file__).parent
TRANSCRIBED = ("printed.csv", "cases.csv", "triangulation.csv")
SEED = 2018
YEAR = 2018


def build(folder: Path | str | None = None, *, seed: int = SEED) -> Path:
    """Write the founding study to ``folder`` (by default its own place) and give the folder."""
    target = HERE if folder is None else Path(folder)
    printed = read_printed(HERE / "printed.csv")
    microdata, given = reconstructed(printed, seed)
    study = _study(printed, microdata, given, seed)
    with tempfile.TemporaryDirectory() as draft:
        written = write_study(study, Path(draft) / "study")
        text = readme(study, microdata, given)
        (written / "README.md").write_text(text, encoding="utf-8")
        target.mkdir(parents=True, exist_ok=True)
        for path in written.iterdir():
            own = HERE / path.name if path.name in TRANSCRIBED else path
            if own != target / path.name:
                shutil.copyfile(own, target / path.name)
    seal_study(target, shipped=True)
    return target


def reconstructed(printed: pl.DataFrame, seed: int = SEED) -> tuple[Microdata, Specification]:
    """The microdata and what they were made from."""
    found = reconstruct(printed)
    given = specification(group_sizes(found), readings=readings(found), codes=CODES)
    return reconstruct_microdata(printed, given, seed=seed), given


def group_sizes(found: Reconstruction) -> dict[str, int]:
    """Units without and with a policy, as the printed models imply."""
    chosen = found.groups.filter(pl.col("chosen") & (pl.col("split") == "has_policy"))
    if chosen.height != 1:
        raise SamspillError(
            "The printed models do not settle the size of the groups.",
            "Look at printed.csv: the models' rows must be as printed.",
        )
    row = chosen.row(0, named=True)
    return {row["group0"]: row["n0"], row["group1"]: row["n1"]}


def readings(found: Reconstruction) -> dict[str, str]:
    """Impossible printed numbers of models by id, with the nearest reading that has a solution."""
    best = found.explanations.filter(
        (pl.col("rank") == 1) & (pl.col("read_as") != "") & (pl.col("solutions") == 1)
    )
    return dict(best.select("id", "read_as").iter_rows())


def _study(printed: pl.DataFrame, microdata: Microdata, given: Specification, seed: int) -> Study:
    frame_size = _printed_count(printed, "gross_sample")
    partial = _printed_count(printed, "partial_response")
    responses = _responses(microdata, partial, seed)
    names = _unit_names(given.size, frame_size, seed)
    return Study(
        identifier="norway-2018",
        title=instrument.texts()["title"],
        population_size=frame_size,
        year=YEAR,
        response_attribute="response",
        units=_units(microdata, responses, names, frame_size),
        answers=_answers(microdata, names),
        variables=instrument.variables(),
        categories=instrument.categories(CODES),
        indicators=instrument.indicators(),
        printed=printed,
        provenance=provenance(microdata, given),
        cases=_cases(),
        triangulation=_triangulation(),
    )


def _printed_count(printed: pl.DataFrame, indicator: str) -> int:
    rows = printed.filter((pl.col("indicator") == indicator) & (pl.col("statistic") == "count"))
    return int(rows["printed"].item())


def _unit_names(respondents: int, frame_size: int, seed: int) -> list[str]:
    """Names for the respondents, spread over the frame."""
    drawn = np.random.default_rng(seed).permutation(frame_size)[:respondents]
    return [unit_name(int(number)) for number in drawn]


def unit_name(number: int) -> str:
    """The name of unit ``number``, counted from 0."""
    return f"u{number + 1:03d}"


def _responses(microdata: Microdata, partial: int, seed: int) -> list[str]:
    """Who answered in part: those who gave fewest numbers, and not the open question."""
    numbers = pl.col("variable") == "number_of_relations"
    open_question = pl.col("variable").str.starts_with("barrier_")
    effort = (
        microdata.units.select("unit")
        .join(
            microdata.answers.group_by("unit").agg(
                open_question.any().alias("open"), numbers.sum().alias("numbers")
            ),
            on="unit",
            how="left",
        )
        .sort("unit")
    )
    chance = np.random.default_rng(seed).random(effort.height)
    fewest = effort.with_columns(pl.Series("chance", chance)).sort("open", "numbers", "chance")
    few = set(fewest["unit"].head(partial))
    return ["partial" if unit in few else "complete" for unit in effort["unit"]]


def _units(
    microdata: Microdata, responses: list[str], names: list[str], frame_size: int
) -> pl.DataFrame:
    respondents = microdata.units.sort("unit").select(
        pl.Series("unit", names),
        pl.Series("response", responses),
        pl.col("has_policy"),
    )
    frame = pl.DataFrame({"unit": [unit_name(number) for number in range(frame_size)]})
    return frame.join(respondents, on="unit", how="left", maintain_order="left").with_columns(
        pl.col("response").fill_null("none")
    )


def _answers(microdata: Microdata, names: list[str]) -> pl.DataFrame:
    answers = microdata.answers.with_row_index("row").with_columns(
        pl.col("unit").replace_strict(range(1, len(names) + 1), names, return_dtype=pl.String),
        pl.col("value").cast(pl.String),
    )
    return answers.sort("unit", "row").select("unit", "field", "variable", "value")


def _cases() -> pl.DataFrame:
    whole = (
        "population",
        "centrality_level",
        "interviews_municipality",
        "interviews_organisations",
    )
    return pl.read_csv(HERE / "cases.csv", infer_schema=False).with_columns(
        pl.col(whole).cast(pl.Int64),
        pl.col("organisations_per_100_inhabitants").cast(pl.Float64),
    )


def _triangulation() -> pl.DataFrame:
    return pl.read_csv(HERE / "triangulation.csv", infer_schema=False).fill_null("")


if __name__ == "__main__":
    build(*sys.argv[1:2])
