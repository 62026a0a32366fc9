"""``samspill report``: the whole study as a document."""

from __future__ import annotations

from pathlib import Path

import click

from samspill.cli.output import emit_json, json_option, language_option
from samspill.cli.progress import progress_bar
from samspill.cli.publishing import open_for_publishing, small_cells_option

FORMATS = ("html", "pdf", "docx")


def formats_of(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        raise click.BadParameter(f"choose among {', '.join(FORMATS)}, separated by commas.")
    return chosen


@click.command()
@click.argument("name", metavar="STUDY")
@click.option("--format", "formats", default="html", show_default=True, help="html,pdf,docx")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where to write; the current folder unless told.",
)
@small_cells_option
@language_option
@json_option
def report(
    name: str,
    formats: str,
    folder: Path,
    allow_small_cells: bool,
    language: str,
    as_json: bool,
) -> None:
    """Write the report of STUDY: sentences, figures, tables, method, printed and recomputed.

    \b
    Example:  samspill report norway-2018 --lang nb --format html,pdf,docx --folder out
    """
    from samspill.presentation import build_report

    chosen = formats_of(formats)
    study = open_for_publishing(name, allow_small_cells)
    with progress_bar(quiet=as_json) as progress:
        written = build_report(study, language, chosen, folder, progress)
    if as_json:
        emit_json({"written": [str(path) for path in written]})
    else:
        for path in written:
            click.echo(path)
