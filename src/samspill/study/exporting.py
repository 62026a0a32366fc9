"""Give a study out as one labelled data file with a codebook beside it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.study.cells import as_text
from samspill.study.delimited import write_csv
from samspill.study.limits import LIMITS, longest_name, missing_ranges, refuse_what_does_not_fit
from samspill.study.model import Study
from samspill.study.places import writing_to
from samspill.study.wide import WideColumn, WideTable, column_name, wide_table
from samspill.study.writing import study_content
from samspill.vocabulary import Vocabulary, load

_MEASURES = {"binary": "nominal", "nominal": "nominal", "ordinal": "ordinal"}
_CODEBOOK = (
    "column",
    "variable",
    "field",
    "type",
    "label",
    "question",
    "code",
    "value",
    "value_label",
    "missing",
)


def export_study(
    study: Study,
    folder: Path | str,
    format: str,  # noqa: A002
    *,
    language: str = "nb",
    names: Mapping[str, str] | None = None,
    overwrite: bool = False,
    vocabulary: Vocabulary | None = None,
) -> list[Path]:
    """Write ``<identifier>.<format>`` and ``<identifier>-codebook-<format>.csv`` into a folder.

    The file has one row per unit, one column per attribute and per variable × field (named
    ``variable__field``), with variable and value labels in ``language``; ``format`` is ``csv``,
    ``parquet``, ``sav`` or ``dta``. The codebook tells for every column its variable and field,
    and for every code its value and label.

    Names are short in .dta (32 characters): there a field is named by its number in the
    vocabulary (``variable__1``). A name that is still too long, there or in .sav, ends in the
    column's number instead; ``names`` (wide column → name) gives others. A title too long for
    the file's own label gives way to the study's identifier.

    Raises:
        InvalidInput: the study is unsound, or the format would cut a name, a label or a text;
            nothing is written.
        SamspillError: unknown format or language, a file that stands there already, or a folder
            that cannot be written.
    """
    if format not in _WRITERS:
        raise SamspillError(
            Message("There is no format “{format}”.", format=format),
            Message("Choose one of: {names}.", names=", ".join(_WRITERS)),
        )
    vocabulary = vocabulary or load()
    study_content(study, vocabulary)
    table = wide_table(study, language, vocabulary, numeric_codes=format in LIMITS)
    table = _renamed(table, _names(table, format, vocabulary) | dict(names or {}))
    title = study.title.get(language, study.identifier)
    if format in LIMITS and LIMITS[format].measure(title) > LIMITS[format].file_label:
        title = study.identifier
    target = Path(folder).expanduser()
    files = [
        target / f"{study.identifier}.{format}",
        target / f"{study.identifier}-codebook-{format}.csv",
    ]
    if format in LIMITS:
        refuse_what_does_not_fit(table, title, format, files[0].name)
    with writing_to(target):
        _refuse_existing(files, overwrite)
        _write(table, format, title, files)
    return files


def _write(table: WideTable, format: str, title: str, files: list[Path]) -> None:  # noqa: A002
    """The data file and its codebook, both or neither."""
    target = files[0].parent
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=target) as draft:
        drafts = [Path(draft) / file.name for file in files]
        _WRITERS[format](table, drafts[0], title)
        _write_text(codebook(table), drafts[1])
        for made, file in zip(drafts, files, strict=True):
            os.replace(made, file)


def codebook(table: WideTable) -> pl.DataFrame:
    """A row for each category of each column, or one for a column without categories."""
    rows: list[tuple[str, ...]] = []
    for column in table.columns:
        about = (
            column.name,
            column.variable,
            column.field,
            column.type,
            column.label,
            column.question,
        )
        rows.extend(
            (*about, _code(c.code), c.value, c.label, "true" if c.missing else "false")
            for c in column.categories
        )
        if not column.categories:
            rows.append((*about, "", "", "", ""))
    return pl.DataFrame(rows, schema=dict.fromkeys(_CODEBOOK, pl.String), orient="row")


def _names(table: WideTable, format: str, vocabulary: Vocabulary) -> dict[str, str]:  # noqa: A002
    """Shorter names where the format asks for them, unlike each other by the column's number."""
    if format not in LIMITS:
        return {}
    limits = LIMITS[format]
    numbers = {field: str(n) for n, field in enumerate(vocabulary.fields, start=1)}
    names = {}
    for position, column in enumerate(table.columns, start=1):
        name = column.name
        if format == "dta" and column.field:
            name = column_name(column.variable, numbers[column.field])
        longest = longest_name(table, column, format)
        if limits.measure(name) > longest:
            ending = f"_{position}"
            while limits.measure(name + ending) > longest:
                name = name[:-1]
            name += ending
        if name != column.name:
            names[column.name] = name
    return names


def _renamed(table: WideTable, names: Mapping[str, str]) -> WideTable:
    known = {column.name for column in table.columns}
    for name in names:
        if name not in known:
            raise SamspillError(
                Message("There is no column “{name}” to rename.", name=name),
                Message("There are: {names}.", names=", ".join(sorted(known))),
            )
    columns = tuple(replace(c, name=names.get(c.name, c.name)) for c in table.columns)
    given = [column.name for column in columns]
    for name in given:
        if given.count(name) > 1:
            raise SamspillError(
                Message("Two columns would be named “{name}”.", name=name),
                "Give each column a name of its own.",
            )
    return WideTable(table.frame.rename(dict(names)), columns)


def _refuse_existing(files: list[Path], overwrite: bool) -> None:
    for file in files:
        if file.is_dir() or (file.exists() and not overwrite):
            raise SamspillError(
                Message("“{name}” stands there already.", name=file.name),
                "Choose another folder, or move it away.",
            )


def _code(code: float | str) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)


def _value_labels(column: WideColumn) -> dict[int | float, str]:
    return {float(category.code): category.label for category in column.categories}


def _write_sav(table: WideTable, path: Path, title: str) -> None:
    import pyreadstat

    numbers = [column for column in table.columns if column.is_number]
    pyreadstat.write_sav(
        table.frame,
        path,
        file_label=title,
        column_labels={column.name: column.label for column in table.columns},
        variable_value_labels={c.name: _value_labels(c) for c in numbers if c.categories},
        missing_ranges={c.name: ranges for c in numbers if (ranges := missing_ranges(c))},
        variable_measure={c.name: _MEASURES.get(c.type, "scale") for c in numbers},
        variable_format={c.name: "F8.0" for c in numbers if c.type != "number"},
    )


def _write_dta(table: WideTable, path: Path, title: str) -> None:
    import pyreadstat

    pyreadstat.write_dta(
        table.frame.with_columns(pl.col(pl.String).fill_null("")),
        path,
        file_label=title,
        column_labels={column.name: column.label for column in table.columns},
        variable_value_labels={
            c.name: {int(code): label for code, label in _value_labels(c).items()}
            for c in table.columns
            if c.is_number and c.categories
        },
        version=15,
    )


def _write_parquet(table: WideTable, path: Path, title: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = table.frame.to_arrow()
    fields = []
    for field, column in zip(arrow.schema, table.columns, strict=True):
        about = {
            "label": column.label,
            "variable": column.variable,
            "field": column.field,
            "type": column.type,
            "question": column.question,
            "value_labels": json.dumps(
                {_code(c.code): c.label for c in column.categories}, ensure_ascii=False
            ),
            "missing": json.dumps([_code(c.code) for c in column.categories if c.missing]),
        }
        fields.append(field.with_metadata(about))
    pq.write_table(arrow.cast(pa.schema(fields, metadata={"title": title})), path)


def _write_csv(table: WideTable, path: Path, title: str) -> None:  # noqa: ARG001
    whole = [c.name for c in table.columns if c.is_number and c.type != "number"]
    _write_text(table.frame.with_columns(pl.col(whole).cast(pl.Int64)), path)


def _write_text(frame: pl.DataFrame, path: Path) -> None:
    text, _ = as_text(frame, path.name)
    write_csv(text, path)


_WRITERS: dict[str, Callable[[WideTable, Path, str], None]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "sav": _write_sav,
    "dta": _write_dta,
}
