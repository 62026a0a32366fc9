"""``samspill register import``."""

from __future__ import annotations

from pathlib import Path

import click

from samspill.cli.output import emit_json, json_option, language_option, note


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder of the register."
)
@click.option(
    "--table", help="The table that FILES hold; without it, a file is called as its table."
)
@click.option(
    "--heading",
    "headings",
    multiple=True,
    metavar="HEADING=COLUMN",
    help="Which column a heading of the file's own is; =COLUMN may be empty to leave it out.",
)
@click.option("--overwrite", is_flag=True, help="Replace the register that is there.")
@language_option
@json_option
def take_in(
    files: tuple[Path, ...],
    into: Path,
    table: str | None,
    headings: tuple[str, ...],
    overwrite: bool,
    language: str,  # noqa: ARG001
    as_json: bool,
) -> None:
    """Take a workbook of a whole register, or single tables, into a register's folder.

    A workbook with a sheet about the register replaces everything. Other FILES are single tables:
    rows with an identifier that is there are changed in the columns that the file has, others are
    added, and nothing is taken away. Nothing is written where anything is wrong.

    \b
    Examples:
      samspill register import register.xlsx --into ./fjordvik --overwrite
      samspill register import organisasjoner.csv --into ./fjordvik --overwrite
      samspill register import list.csv --table organisations --heading "Lag=name" --into ./fjordvik
    """
    from samspill.register import read_register, write_register
    from samspill.register.merging import merged
    from samspill.register.spreadsheet import is_workbook, read_table, read_workbook, table_called

    own = dict(_pair(heading) for heading in headings)
    if len(files) == 1 and table is None and is_workbook(files[0]):
        register = read_workbook(files[0])
    else:
        register = read_register(into)
        for file in files:
            name = table_called(table or file.stem)
            if name is None:
                raise click.UsageError(f"“{table or file.stem}” is no table; name one by --table.")
            register = merged(register, name, read_table(file, name, own))
    write_register(register, into, overwrite=overwrite)
    if as_json:
        emit_json({"written": [str(into)]})
    else:
        note(f"Wrote {into}")


def _pair(text: str) -> tuple[str, str]:
    heading, equals, column = text.partition("=")
    if not equals:
        raise click.UsageError("Write --heading as HEADING=COLUMN.")
    return heading, column.strip()
