"""``samspill cases coverage``: what some cases cover of a frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.cases.given import attributes_given, by_options, cases_of, listed, units_in
from samspill.cli.output import emit_json, json_option, language_option, note, say

if TYPE_CHECKING:
    from samspill.selection import Coverage


@click.command()
@click.argument("name", metavar="FRAME.csv|STUDY")
@click.option("--case", "chosen", multiple=True, help="A case; may be repeated.")
@click.option(
    "--cases-in", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the cases, a line each or as the first column of a CSV.",
)  # fmt: skip
@by_options
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path),
    help="Save the map as .svg, .png or .pdf, or its table as .csv or .xlsx.",
)  # fmt: skip
@language_option
@json_option
def coverage(
    name: str, chosen: tuple[str, ...], cases_in: Path | None, unit: str, by: str | None,
    classes: tuple[str, ...], ordinal: tuple[str, ...], weights: tuple[str, ...],
    output: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """What some cases cover: those of a STUDY's own table, or of FRAME.csv.

    \b
    Examples:
      samspill cases coverage norway-2018 --lang nb --output map.svg
      samspill cases coverage units.csv --case Asker --case Eid --by population,centrality
    """
    from samspill.presentation import coverage_figure
    from samspill.selection import coverage as measured
    from samspill.statistics.results import text_table

    path = Path(name)
    if path.suffix.lower() == ".csv":
        frame = units_in(path, unit)
        given = [*chosen, *(listed(cases_in) if cases_in else [])]
        if not given:
            raise click.UsageError(say("Name the cases with --case or --cases-in."))
        found = measured(frame, given, attributes_given(frame, by, classes, ordinal, weights))
        words = None
    else:
        found, words = _of_study(name, language)
    figure = coverage_figure(found, language, *([words] if words else []))
    if output is not None:
        note(say("Wrote {path}", path=figure.save(output)))
    if as_json:
        emit_json(covered(found))
        return
    click.echo(figure.subtitle)
    click.echo(text_table(figure.table.frame))
    click.echo(figure.note)


def covered(found: Coverage) -> dict[str, Any]:
    covered, of = found.categories_covered
    pairs, of_pairs = found.pairs_covered
    return {
        "cases": found.cases, "population": found.population,
        "categories_covered": covered, "categories": of, "pairs_covered": pairs,
        "pairs": of_pairs, "mean_distance": found.mean_distance, "alike": found.alike,
        "missing": dict(found.missing), "missed": found.missed, "rows": found.frame.to_dicts(),
    }  # fmt: skip


def _of_study(name: str, language: str) -> tuple[Coverage, Any]:
    from samspill.analysis import open_study
    from samspill.presentation.report.content.selection import words
    from samspill.selection.standard import case_coverage

    return case_coverage(cases_of(open_study(name))), words(language)
