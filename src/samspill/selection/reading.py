"""A frame of units from a CSV file."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from samspill.errors import InvalidInput, Message, SamspillError
from samspill.study.delimited import read_csv

UNKNOWN = ("", "NA", "n/a", ".")
"""What stands for a value that is not known."""


def read_frame(path: Path, unit: str = "unit") -> pl.DataFrame:
    """The units in a UTF-8 CSV file; a column of numbers alone is read as numbers.

    Args:
        path: the file.
        unit: the column that names the units.

    Raises:
        InvalidInput: the file is no table; every fault is named with its place.
        SamspillError: it has no such column.
    """
    if not path.is_file():
        raise SamspillError(
            Message("There is no file “{path}”.", path=path), "Check its name and folder."
        )
    frame, problems = read_csv(path, path.name)
    if problems or frame is None:
        raise InvalidInput(path.name, problems)
    if unit not in frame.columns:
        raise SamspillError(
            Message("“{path}” has no column “{name}”.", path=path.name, name=unit),
            Message("Say which column names the units; there are {names}.",
                    names=", ".join(frame.columns)),
        )  # fmt: skip
    named = frame.rename({unit: "unit"})
    return named.with_columns(
        [_typed(named[name]) for name in named.columns if name != "unit"]
    )


def _typed(column: pl.Series) -> pl.Series:
    given = column.str.strip_chars()
    given = given.set(given.is_in(list(UNKNOWN)), None)
    numbers = given.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    plain = numbers.is_not_null().sum() == given.is_not_null().sum() > 0
    if not plain:
        return given
    whole = numbers.drop_nulls()
    return numbers.cast(pl.Int64) if (whole == whole.round()).all() else numbers
