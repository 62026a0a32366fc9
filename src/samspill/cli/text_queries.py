"""``samspill text matrix|sides|cooccurrence|search|quotes``: questions asked of coded texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import emit, emit_json, json_option, language_option, note, say
from samspill.errors import Message, SamspillError

if TYPE_CHECKING:
    import polars as pl

    from samspill.qualitative import Tables

PICTURES = (".svg", ".png", ".pdf", ".json")

_PROJECT = click.argument("path", metavar="PROJECT", type=click.Path(path_type=Path))
_CODES = click.argument("codes", nargs=-1)
_OUTPUT = click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
_CODERS = click.option("--coder", "coders", multiple=True, help="Only this coder's codings.")
_BELOW = click.option(
    "--with-descendants/--alone",
    default=True,
    show_default=True,
    help="Count codes below a code for it too.",
)


def _tables(path: Path) -> Tables:
    from samspill.qualitative import open_project

    return open_project(path).tables()


@click.command()
@_PROJECT
@_CODES
@click.option(
    "--by", multiple=True, default=("field",), show_default=True, help="Attribute; may be repeated."
)
@click.option(
    "--measure",
    type=click.Choice(["codings", "sources", "share_of_sources", "characters"]),
    default="codings",
    show_default=True,
)
@click.option("--long", "layout", flag_value="long", help="One row a cell, with n and interval.")
@_CODERS
@_BELOW
@_OUTPUT
@language_option
@json_option
def matrix(
    path: Path,
    codes: tuple[str, ...],
    by: tuple[str, ...],
    measure: Any,
    layout: str | None,
    coders: tuple[str, ...],
    with_descendants: bool,
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Code by attribute: on the terminal, as a table (.csv, .xlsx, .html) or a figure (.svg …).

    \b
    Examples:
      samspill text matrix interviews.qdpx
      samspill text matrix interviews.qdpx --by field --by side --measure share_of_sources
      samspill text matrix interviews.qdpx --output matrix.xlsx --lang nb
    """
    from samspill.presentation import matrix_figure, matrix_table
    from samspill.qualitative import queries

    counted = queries.matrix(
        _tables(path),
        codes or "code",
        by,
        measure=measure,
        coders=coders or None,
        with_descendants=with_descendants,
    )
    if output and output.suffix.lower() in PICTURES:
        _written(matrix_figure(counted, language).save(output), as_json)
        return
    table = matrix_table(counted, language, "long" if layout else "wide")
    if output:
        _written(table.save(output), as_json)
    elif as_json:
        emit(counted.frame, table.title, as_json=True, note=table.note, warning=table.warning)
    else:
        _warn(table.warning)
        labels = {column.name: column.label for column in table.columns}
        emit(table.frame.rename(labels), table.title, as_json=False)


@click.command()
@_PROJECT
@_CODES
@click.option(
    "--by", multiple=True, default=("field",), show_default=True, help="Attribute; may be repeated."
)
@click.option("--contradictions", is_flag=True, help="Only where opposed codes are in two mouths.")
@_CODERS
@_OUTPUT
@language_option
@json_option
def sides(
    path: Path,
    codes: tuple[str, ...],
    by: tuple[str, ...],
    contradictions: bool,
    coders: tuple[str, ...],
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """What each side says of each theme: both, one only, neither; and who was not asked.

    \b
    Examples:
      samspill text sides interviews.qdpx
      samspill text sides interviews.qdpx --by field --by unit --contradictions
    """
    from samspill.qualitative import queries

    tables = _tables(path)
    if contradictions:
        found = queries.contradictions(tables, by=by, coders=coders or None)
        judged = found.frame["verdict"].count()
        told = "Possible contradictions: {n}, judged: {judged}"
        heading = say(told, n=found.frame.height, judged=judged)
        _give(found.frame, heading, output, as_json, _warning(tables, language))
    else:
        compared = queries.sides(tables, codes or "code", by=by, coders=coders or None)
        heading = say("The two sides compared, by {by}", by=_across(compared.by))
        _give(compared.frame, heading, output, as_json, _warning(tables, language))


@click.command()
@_PROJECT
@_CODES
@click.option(
    "--within",
    type=click.Choice(["overlap", "paragraph", "source"]),
    default="overlap",
    show_default=True,
)
@_CODERS
@_BELOW
@_OUTPUT
@language_option
@json_option
def cooccurrence(
    path: Path,
    codes: tuple[str, ...],
    within: Any,
    coders: tuple[str, ...],
    with_descendants: bool,
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Which codes go together, with Jaccard's coefficient and what chance would give.

    \b
    Example:  samspill text cooccurrence interviews.qdpx --within source
    """
    from samspill.qualitative import queries

    tables = _tables(path)
    found = queries.cooccurrence(
        tables,
        codes or None,
        within,
        coders=coders or None,
        with_descendants=with_descendants,
    )
    _give(found.frame, say(TOGETHER[within]), output, as_json, _warning(tables, language))


@click.command()
@_PROJECT
@click.argument("query")
@click.option(
    "--within", type=click.Choice(["paragraph", "source"]), default="paragraph", show_default=True
)
@click.option("--as-written", is_flag=True, help="Find words as they are written, not their forms.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@_OUTPUT
@language_option
@json_option
def search(
    path: Path,
    query: str,
    within: Any,
    as_written: bool,
    limit: int,
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Find words in the texts, in all their forms.

    QUERY: words, "phrases", begin*, AND, OR, NOT, NEAR/5 and parentheses.

    \b
    Example:  samspill text search interviews.qdpx "frivillig* NEAR/5 penger"
    """
    from samspill.qualitative import queries

    tables = _tables(path)
    hits = queries.search(
        tables, query, within=within, stems=not as_written, limit=None if output else limit
    )
    shown = hits.frame if as_json or output else hits.frame.select("name", "text", "excerpt")
    heading = say(
        "{query}: {n} hits in {sources} sources", query=query, n=hits.total, sources=hits.sources
    )
    _give(shown, heading, output, as_json, _warning(tables, language))


@click.command()
@_PROJECT
@_CODES
@click.option("--side", "sides_", multiple=True, help="Only this side; may be repeated.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option(
    "--smallest",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Informants who must share what is told of a speaker.",
)
@click.option("--longest", type=click.IntRange(min=20), default=400, show_default=True)
@click.option(
    "--known-names",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with a name or place a line; a quote that has one is withheld.",
)
@_OUTPUT
@language_option
@json_option
def quotes(
    path: Path,
    codes: tuple[str, ...],
    sides_: tuple[str, ...],
    fields: tuple[str, ...],
    smallest: int,
    longest: int,
    known_names: Path | None,
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Quotes for print: never the unit, small groups not told apart, no known name left.

    \b
    Example:  samspill text quotes interviews.qdpx "No meeting points" --lang nb -o quotes.md
    """
    from samspill.qualitative import queries
    from samspill.qualitative.queries import conditions

    tables = _tables(path)
    wanted = [
        *([conditions.code(*codes)] if codes else []),
        *([conditions.side(*sides_)] if sides_ else []),
        *([conditions.field(*fields)] if fields else []),
    ]
    condition = None
    for one in wanted:
        condition = one if condition is None else condition & one
    names = known_names.read_text(encoding="utf-8").splitlines() if known_names else []
    made = queries.quotes(
        tables,
        condition,
        language=language,
        smallest=smallest,
        longest=longest,
        known_names=[name for name in names if name.strip()],
    )
    told = "{n} quotes, {withheld} withheld"
    heading = say(told, n=made.frame.height, withheld=made.withheld.height)
    if output and output.suffix.lower() == ".md":
        output.write_text(made.to_markdown(), encoding="utf-8")
        _written(output, as_json)
    elif as_json:
        emit(made.frame, heading, as_json=True, withheld=made.withheld.height)
    elif output:
        _give(made.frame, heading, output, as_json, _warning(tables, language))
    else:
        click.echo(made.to_markdown())
    if made.withheld.height and not as_json:
        note(heading)


COMMANDS = (matrix, sides, cooccurrence, search, quotes)
"""What a group of commands about texts registers."""


TOGETHER = {
    "overlap": "Codes together on the same words",
    "paragraph": "Codes together in one paragraph",
    "source": "Codes together in one source",
}


def _across(names: tuple[str, ...]) -> str:
    known = {"field": say("field"), "unit": say("unit"), "side": say("side")}
    return " × ".join([say("code"), *(known.get(name, name) for name in names)])


def _give(
    frame: pl.DataFrame, heading: str, output: Path | None, as_json: bool, warning: str
) -> None:
    """A frame on the terminal, as JSON, or in a CSV file whose rows say what is invented."""
    import polars as pl

    if output is None:
        if not as_json:
            _warn(warning)
        emit(frame, heading, as_json, **({"warning": warning} if warning else {}))
        return
    if output.suffix.lower() != ".csv":
        raise SamspillError(
            Message("This is not written as “{what}”.", what=output.suffix or output.name),
            "End the name in .csv.",
        )
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    flat = frame.drop("marks", strict=False).with_columns(
        pl.col(name).list.join("; ") for name in lists if name != "marks"
    )
    marked = flat.with_columns(pl.lit(warning).alias("warning")) if warning else flat
    marked.write_csv(output)
    _written(output, as_json)


def _warning(tables: Tables, language: str) -> str:
    from samspill.language import translator
    from samspill.presentation.tables.codes import provenance_of
    from samspill.presentation.tables.words import invented_warning

    return invented_warning(provenance_of(tables), translator(language))


def _warn(warning: str) -> None:
    if warning:
        note(warning)


def _written(path: Path, as_json: bool) -> None:
    if as_json:
        emit_json({"written": [str(path)]})
    else:
        note(say("Wrote {path}", path=path))
