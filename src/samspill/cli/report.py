"""``samspill report``: the whole study as a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samspill.cli.output import emit_json, json_option, language_option
from samspill.cli.progress import progress_bar
from samspill.cli.publishing import open_for_publishing, small_cells_option

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis
    from samspill.analysis.change import Waves

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
@click.option(
    "--earlier",
    multiple=True,
    metavar="STUDY",
    help="An earlier wave to compare with; may be repeated, the oldest first.",
)
@click.option(
    "--changes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Changes of codes between the waves, as KLASS gives them.",
)
@small_cells_option
@language_option
@json_option
def report(
    name: str,
    formats: str,
    folder: Path,
    earlier: tuple[str, ...],
    changes: Path | None,
    allow_small_cells: bool,
    language: str,
    as_json: bool,
) -> None:
    """Write the report of STUDY: sentences, figures, tables, method, printed and recomputed.

    \b
    Examples:
      samspill report norway-2018 --lang nb --format html,pdf,docx --folder out
      samspill report ./2026 --earlier ./2022 --changes klass.csv
    """
    from samspill.presentation import build_report

    chosen = formats_of(formats)
    study = open_for_publishing(name, allow_small_cells)
    waves = _waves(study, earlier, changes, allow_small_cells)
    with progress_bar(quiet=as_json) as progress:
        written = build_report(study, language, chosen, folder, progress, waves=waves)
    if as_json:
        emit_json({"written": [str(path) for path in written]})
    else:
        for path in written:
            click.echo(path)


def _waves(
    study: StudyAnalysis, earlier: tuple[str, ...], changes: Path | None, allow_small_cells: bool
) -> Waves | None:
    """The study with its earlier waves; None without any."""
    if not earlier:
        return None
    from samspill.analysis.change import open_waves
    from samspill.classification import read_changes

    before = [open_for_publishing(name, allow_small_cells) for name in earlier]
    table = read_changes(changes.read_bytes(), changes.name) if changes else None
    return open_waves([*before, study], table=table)
