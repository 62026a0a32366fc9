"""``samspill demo``: the founding study, recomputed, in a folder to open."""

from __future__ import annotations

from pathlib import Path

import click

from samspill.cli.output import emit_json, json_option, language_option
from samspill.cli.progress import progress_bar


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where the report is written.",
)
@language_option
@json_option
def demo(folder: Path, language: str, as_json: bool) -> None:
    """Build the founding study's report and show its headline findings.

    \b
    Example:  samspill demo --lang nb
    """
    from samspill.analysis import open_study
    from samspill.presentation import build_report, headline_findings

    study = open_study("norway-2018")
    with progress_bar(quiet=as_json) as progress:
        written = build_report(study, language, ("html", "pdf", "docx"), folder, progress)
    if as_json:
        emit_json(
            {
                "findings": list(headline_findings(study, language)),
                "written": [str(path.resolve()) for path in written],
            }
        )
        return
    click.echo()
    for line in headline_findings(study, language):
        click.echo(f"  {line}\n")
    for path in written:
        click.echo(path.resolve())
