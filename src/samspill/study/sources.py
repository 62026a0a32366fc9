"""Read data files of other programs: columns, variable labels, value labels, missing codes."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from samspill.errors import InvalidInput, Message, Problem, SamspillError


@dataclass(frozen=True, slots=True)
class Source:
    """A data file: ``frame`` has all cells as text, null where empty.

    ``labels`` and ``value_labels`` are by column, the latter from a cell's text to its label;
    ``missing`` lists the codes that the file declares as missing.
    """

    file: str
    frame: pl.DataFrame
    labels: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """How a file without a description of its own is read."""

    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str = ""


def read_source(path: Path, options: Options) -> Source:
    """Read ``.csv``, ``.parquet``, ``.sav``, ``.dta`` or ``.xlsx``.

    Raises:
        SamspillError: the file is missing, of another kind, or cannot be read.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SamspillError(
            Message("Files ending in “{suffix}” are not read.", suffix=path.suffix),
            Message("Use one of: {names}.", names=", ".join(_READERS)),
        )
    if not path.is_file():
        raise SamspillError(
            Message("There is no file “{name}”.", name=path.name), "Check its name and folder."
        )
    try:
        return reader(path, options)
    except SamspillError:
        raise
    except Exception as error:
        raise SamspillError(
            Message(
                "“{name}” cannot be read as {suffix} ({kind}: {error}).",
                name=path.name,
                suffix=path.suffix,
                kind=type(error).__name__,
                error=str(error),
            ),
            "Check that the file is whole and of the kind its ending says.",
        ) from error


def _csv(path: Path, options: Options) -> Source:
    import csv
    import io

    from samspill.study.delimited import check_rows, other_sign

    content = path.read_bytes()
    encoding = "utf-8-sig" if options.encoding.lower() in {"utf-8", "utf8"} else options.encoding
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise SamspillError(
            Message(
                "“{name}” is not text in the encoding “{encoding}” ({error}).",
                name=path.name,
                encoding=options.encoding,
                error=str(error),
            ),
            'Give the right one in the mapping: [table] encoding = "latin-1", for instance.',
        ) from error
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=options.delimiter, strict=True)
    rows = [row for row in lines if row]
    sign = other_sign(rows[0], options.delimiter) if rows else None
    problems = (
        [_other_delimiter(path.name, sign, options.delimiter)]
        if sign
        else check_rows(path.name, rows)
    )
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=path.name), problems)
    columns = zip(*rows[1:], strict=True) if rows[1:] else [()] * len(rows[0])
    series = [
        pl.Series(name, [cell or None for cell in cells], pl.String)
        for name, cells in zip(rows[0], columns, strict=True)
    ]
    return Source(path.name, pl.DataFrame(series))


def _other_delimiter(file: str, sign: str, read_by: str) -> Problem:
    from samspill.study.delimited import SIGNS

    message = Message(
        "The columns are separated by {signs}, not {read_by}.",
        signs=Message(SIGNS[sign]),
        read_by=Message(SIGNS[read_by]) if read_by in SIGNS else read_by,
    )
    written = "\\t" if sign == "\t" else sign
    step = Message('Write delimiter = "{written}" under [table] in the mapping.', written=written)
    return Problem(file, None, None, message, step)


def _parquet(path: Path, options: Options) -> Source:  # noqa: ARG001
    import pyarrow.parquet as pq

    about = {
        field.name: {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
        for field in pq.read_schema(path)
    }
    return Source(
        path.name,
        _as_text(pl.read_parquet(path)),
        {name: facts["label"] for name, facts in about.items() if facts.get("label")},
        {
            name: json.loads(facts["value_labels"])
            for name, facts in about.items()
            if "value_labels" in facts
        },
        {
            name: frozenset(json.loads(facts["missing"]))
            for name, facts in about.items()
            if "missing" in facts
        },
    )


def _xlsx(path: Path, options: Options) -> Source:
    frame = pl.read_excel(path, sheet_name=options.sheet) if options.sheet else pl.read_excel(path)
    return Source(path.name, _as_text(frame))


def _sav(path: Path, options: Options) -> Source:  # noqa: ARG001
    import pyreadstat

    frame, meta = pyreadstat.read_sav(str(path), output_format="polars", user_missing=True)
    return _labelled(path, frame, meta)


def _dta(path: Path, options: Options) -> Source:  # noqa: ARG001
    import pyreadstat

    frame, meta = pyreadstat.read_dta(str(path), output_format="polars")
    return _labelled(path, frame, meta)


def _labelled(path: Path, frame: Any, meta: Any) -> Source:
    text = _as_text(frame)
    value_labels = {
        name: {_cell(value): label for value, label in labels.items()}
        for name, labels in meta.variable_value_labels.items()
    }
    missing = {}
    for name, ranges in meta.missing_ranges.items():
        values = {*frame[name].drop_nulls().unique(), *meta.variable_value_labels.get(name, {})}
        missing[name] = frozenset(
            _cell(value) for value in values if any(_within(value, r) for r in ranges)
        )
    labels = {name: label for name, label in meta.column_names_to_labels.items() if label}
    return Source(path.name, text, labels, value_labels, missing)


def _within(value: Any, bounds: Mapping[str, Any]) -> bool:
    try:
        return bool(bounds["lo"] <= value <= bounds["hi"])
    except TypeError:
        return False


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        [pl.Series(c.name, [_cell(v) or None for v in c], pl.String) for c in frame.iter_columns()]
    )


def _cell(value: Any) -> str:
    """A value as the text of a study: 1.0 is 1, true is 1, a date is ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat() if isoformat else value)


_READERS: dict[str, Callable[[Path, Options], Source]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".sav": _sav,
    ".dta": _dta,
    ".xlsx": _xlsx,
}
