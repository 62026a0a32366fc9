"""The table of printed statistics: read as text, every fault listed with its place."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import polars as pl

from samspill.errors import InvalidInput, Problem, SamspillError
from samspill.reconstruction.constraints import CONTRASTS, LIMITS, SINGLES, SPREADS
from samspill.reconstruction.printed_number import PrintedNumber, decimal_sign_of, parse_mark

REQUIRED = ("id", "indicator", "statistic", "printed")
OPTIONAL = (
    "source",
    "basis",
    "field",
    "split",
    "group",
    "observations",
    "note",
    "adjusted",
    "weighted",
    "of",
)
COUNTABLE = (*SINGLES, *CONTRASTS, *SPREADS)
RANGES = ("minimum", "maximum")
UNCOUNTABLE = ("mean", "mean_difference", "r_squared", "value")
KINDS = (*COUNTABLE, "mark", *RANGES, *UNCOUNTABLE)
_NO = frozenset({"", "0", "false", "no"})


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed statistic. ``number`` is None for a mark alone; ``stars`` are its stars."""

    row: int
    id: str
    source: str
    basis: str
    indicator: str
    field: str
    split: str
    group: str
    statistic: str
    text: str
    number: PrintedNumber | None
    stars: int
    observations: int | None
    scale: str
    plain: bool

    @property
    def countable(self) -> bool:
        """Whether the number itself is a function of the counts of a 2x2 table."""
        return (
            self.statistic in COUNTABLE
            and self.number is not None
            and self.number.bound == ""
            and self.basis != "outside"
        )


def read_printed(file: str | Path) -> pl.DataFrame:
    """The table of printed statistics in the CSV ``file``, all columns text.

    Semicolons or tabs between the columns are read where the heading has no commas between them.
    Columns: docs/architecture.md, "Printed statistics"; besides these ``adjusted`` and
    ``weighted`` (``true`` where the statistic is no plain 2x2) and ``of`` (the contrast that a
    standard error or confidence limit belongs to). Raises ``InvalidInput`` with every unknown
    kind, missing column and unreadable number, and ``SamspillError`` where there is no such file.
    """
    path = Path(file)
    frame = _frame(_lines(path), path.name)
    statistics_of(frame, path.name)
    return frame


def _lines(path: Path) -> list[list[str]]:
    from samspill.study.delimited import other_sign

    if not path.is_file():
        raise SamspillError(
            f"“{path.name}” is not there or is no file.", "Give the path of a CSV file."
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
        lines = list(csv.reader(StringIO(text, newline="")))
        sign = other_sign(next(iter(lines), []))
        return (
            lines if sign is None else list(csv.reader(StringIO(text, newline=""), delimiter=sign))
        )
    except OSError as error:
        raise SamspillError(
            f"“{path.name}” cannot be read.", "Give the path of a CSV file that you may read."
        ) from error
    except UnicodeDecodeError as error:
        raise SamspillError(f"“{path.name}” is not UTF-8.", "Save it as UTF-8 CSV.") from error
    except csv.Error as error:
        raise SamspillError(
            f"“{path.name}” cannot be read as CSV ({error}).", "Check its quotation marks."
        ) from error


def _frame(lines: list[list[str]], name: str) -> pl.DataFrame:
    if not lines:
        raise InvalidInput(
            name, [_problem(name, None, None, "The file is empty.", "Add a heading.")]
        )
    heading, *body = lines
    body = [line for line in body if line]
    problems = [
        _problem(
            name,
            number,
            None,
            f"The row has {len(line)} values under {len(heading)} headings.",
            "Quote values that hold the sign between the columns.",
        )
        for number, line in enumerate(body, 1)
        if len(line) != len(heading)
    ]
    doubled = sorted({column for column in heading if heading.count(column) > 1})
    problems += [
        _problem(name, None, column, "The heading stands twice.", "Keep one.") for column in doubled
    ]
    if problems:
        raise InvalidInput(name, problems)
    columns = {column: [line[at] for line in body] for at, column in enumerate(heading)}
    return pl.DataFrame(columns, schema=dict.fromkeys(heading, pl.String))


def statistics_of(table: pl.DataFrame, name: str = "printed") -> list[Printed]:
    """The rows of ``table`` as printed statistics; raises ``InvalidInput`` listing all faults."""
    missing = [column for column in REQUIRED if column not in table.columns]
    if missing:
        raise InvalidInput(
            name,
            [
                _problem(name, None, column, "The column is missing.", "Add it.")
                for column in missing
            ],
        )
    numeric = [column for column in REQUIRED if not _is_text(table.schema[column])]
    if numeric:
        raise InvalidInput(
            name,
            [
                _problem(
                    name,
                    None,
                    column,
                    "The column is not text, so trailing zeros are lost.",
                    "Read it as text.",
                )
                for column in numeric
            ],
        )
    rows = [_texts(row) for row in table.iter_rows(named=True)]
    sign = decimal_sign_of(row["printed"] for row in rows if row["statistic"] != "mark")
    problems: list[Problem] = []
    seen: set[str] = set()
    statistics = []
    for number, row in enumerate(rows, 1):
        faults = list(_faults(row, seen))
        try:
            statistics.append(_statistic(number, row, sign))
        except SamspillError as error:
            faults.append(("printed", error.message, error.next_step))
        problems += [_problem(name, number, *fault) for fault in faults]
        seen.add(row["id"])
    if problems:
        raise InvalidInput(name, problems)
    return statistics


def _is_text(kind: pl.DataType) -> bool:
    return kind in {pl.String, pl.Null, pl.Categorical}


def _texts(row: Mapping[str, object]) -> dict[str, str]:
    texts = dict.fromkeys((*REQUIRED, *OPTIONAL), "")
    for column, value in row.items():
        texts[column] = "" if value is None else str(value).strip()
    return texts


def _faults(row: Mapping[str, str], seen: set[str]) -> Iterable[tuple[str, str, str]]:
    if row["statistic"] not in KINDS:
        known = ", ".join(KINDS)
        yield "statistic", f"{row['statistic']!r} is no known kind.", f"Use one of {known}."
    if not row["id"]:
        yield "id", "The name is empty.", "Give each printed number a name of its own."
    elif row["id"] in seen:
        yield "id", f"{row['id']!r} stands twice.", "Give each printed number a name of its own."
    if not row["indicator"]:
        yield "indicator", "The indicator is empty.", "Say what was counted."
    if row["observations"] and not row["observations"].isdecimal():
        yield "observations", f"{row['observations']!r} is no whole number.", "Write digits alone."
    elif row["observations"].isdecimal() and int(row["observations"]) == 0:
        step = "Give the number of units, or leave it empty where it is not printed."
        yield "observations", "A statistic cannot rest on 0 units.", step
    if row["of"] and row["of"] not in CONTRASTS:
        yield "of", f"{row['of']!r} is no contrast.", f"Use one of {', '.join(CONTRASTS)}."


def _statistic(number: int, row: Mapping[str, str], sign: str | None) -> Printed:
    printed = None
    if row["statistic"] == "mark":
        stars = parse_mark(row["printed"])
    else:
        printed = PrintedNumber.parse(row["printed"], decimal_sign=sign)
        stars = printed.stars
        _check_value(row["statistic"], printed)
    observations = row["observations"]
    return Printed(
        row=number,
        id=row["id"],
        source=row["source"],
        basis=row["basis"],
        indicator=row["indicator"],
        field=row["field"],
        split=row["split"],
        group=row["group"],
        statistic=row["statistic"],
        text=row["printed"],
        number=printed,
        stars=stars,
        observations=int(observations) if observations.isdecimal() else None,
        scale=row["of"] if row["statistic"] in (*LIMITS, "standard_error") else "",
        plain=row["adjusted"].lower() in _NO and row["weighted"].lower() in _NO,
    )


def _check_value(statistic: str, printed: PrintedNumber) -> None:
    """Refuse what no counts can give under any rounding, such as 140 per cent."""
    value = printed.value
    if statistic == "count" and (value < 0 or printed.decimals):
        raise SamspillError(f"{printed.text!r} is no count.", "A count is a whole number.")
    if statistic == "percentage" and not 0 <= value <= 100:
        raise SamspillError(f"{printed.text!r} is no percentage of a whole.", "Correct the row.")
    if statistic in {"odds", "odds_ratio", "risk_ratio", "standard_error"} and value < 0:
        raise SamspillError(f"{printed.text!r} is negative.", f"A {statistic} is never negative.")


def _problem(file: str, row: int | None, column: str | None, what: str, step: str) -> Problem:
    return Problem(file, row, column, what, step)
