"""``samspill cases choose``: units chosen as cases, each with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.cases.coverage import covered
from samspill.cli.cases.given import attributes_given, by_options, units_in
from samspill.cli.output import emit, emit_json, json_option, language_option, note, say

if TYPE_CHECKING:
    import polars as pl

    from samspill.selection import Selection

METHODS = (
    "diverse", "typical", "extreme", "deviant", "influential", "most_similar", "most_different",
)  # fmt: skip


@click.command()
@click.argument("file", metavar="FRAME.csv", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(METHODS), default="diverse", show_default=True)
@click.option("--number", type=int, required=True, help="How many cases.")
@by_options
@click.option("--outcome", default="", help="The outcome, or what pairs differ or agree in.")
@click.option("--quota", "quotas", multiple=True, help="As has_policy=no>=3; may be repeated.")
@click.option("--include", multiple=True, help="A unit that must be in; may be repeated.")
@click.option("--exclude", multiple=True, help="A unit that must not be in; may be repeated.")
@click.option(
    "--distance", type=click.Choice(["gower", "mahalanobis"]), default="gower", show_default=True,
    help="How far the units of a pair are apart.",
)  # fmt: skip
@click.option(
    "--influence", type=click.Choice(["cook", "dfbetas"]), default="cook", show_default=True,
    help="What an influential unit moves: the model as a whole, or one coefficient.",
)  # fmt: skip
@click.option("--pairs/--no-pairs", default=True, help="Cover pairs of categories too.")
@click.option("--seed", default=2018, show_default=True, help="Decides between equals.")
@click.option("--left-out", default=10, show_default=True, help="How many left out to show.")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path),
    help="Save the map of coverage (.svg, .png, .pdf) or the chosen units (.csv).",
)  # fmt: skip
@language_option
@json_option
def choose(
    file: Path, method: Any, number: int, unit: str, by: str | None, classes: tuple[str, ...],
    ordinal: tuple[str, ...], weights: tuple[str, ...], outcome: str, quotas: tuple[str, ...],
    include: tuple[str, ...], exclude: tuple[str, ...], distance: Any, influence: Any, pairs: bool,
    seed: int, left_out: int, output: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """Choose units of FRAME.csv as cases, each with its reason.

    \b
    Examples:
      samspill cases choose units.csv --number 12 --by population,centrality,has_policy \\
          --classes population=5000,20000 --ordinal centrality --quota "has_policy=no>=3"
      samspill cases choose units.csv --method deviant --number 3 --by population \\
          --outcome turnout --json
    """
    from samspill.selection import choose_cases, parse_quota

    frame = units_in(file, unit)
    found = choose_cases(
        frame, method, number, attributes_given(frame, by, classes, ordinal, weights),
        outcome=outcome,
        quotas=[parse_quota(text) for text in quotas], include=include, exclude=exclude, seed=seed,
        distance=distance, influence=influence, pairs=pairs,
    )  # fmt: skip
    if output is not None:
        note(say("Wrote {path}", path=_saved(found, output, frame, language)))
    if as_json:
        emit_json(_told(found, language))
        return
    _show(found, left_out, language)


def _saved(found: Selection, path: Path, frame: pl.DataFrame, language: str) -> Path:
    if path.suffix.lower() == ".csv":
        frame.filter(frame["unit"].cast(str).is_in(list(found.cases))).write_csv(path)
        return path
    from samspill.presentation import coverage_figure

    return coverage_figure(found.coverage, language).save(path)


def _told(found: Selection, language: str) -> dict[str, Any]:
    from dataclasses import asdict

    from samspill.selection.reasons import said

    best = found.optimality
    return {
        "heading": found.heading, "method": found.method, "number": found.number,
        "seed": found.seed, "by": found.by, "outcome": found.outcome,
        "quotas": [str(quota) for quota in found.quotas], "cases": found.cases,
        "optimality": None if best is None else {**asdict(best), "optimal": best.optimal},
        "ties": found.ties, "notes": [said(n, language) for n in found.notes],
        "coverage": covered(found.coverage), "rows": found.reasons(language).to_dicts(),
    }  # fmt: skip


def _show(found: Selection, left_out: int, language: str) -> None:
    import polars as pl

    from samspill.selection.reasons import said

    told = found.reasons(language)
    emit(told.filter("chosen").select("unit", "reason"), say("Chosen"), as_json=False)
    for line in _verdict(found):
        click.echo(line)
    if left_out:
        others = told.filter(~pl.col("chosen")).head(left_out).select("unit", "reason")
        emit(others, say("Left out; those that would add most come first"), as_json=False)
    for message in found.notes:
        note(said(message, language))
    for unit, case in found.ties:
        note(say("{unit} would have done as well as {case}; the seed decided.", unit=unit,
                 case=case or say("one of those chosen")))  # fmt: skip


def _verdict(found: Selection) -> list[str]:
    covered, of = found.coverage.categories_covered
    pairs, of_pairs = found.coverage.pairs_covered
    lines = [
        say("They cover {covered} of {all} categories and {pairs} of {all_pairs} pairs.",
            covered=covered, all=of, pairs=pairs, all_pairs=of_pairs)
    ]  # fmt: skip
    best = found.optimality
    if best is not None:
        lines.append(
            say("No other selection covers more.")
            if best.covers_most
            else say(
                "It is not known whether another covers more; at most {categories} and {pairs}.",
                categories=best.categories_bound, pairs=best.pairs_bound,
            )
        )  # fmt: skip
        lines.append(
            say("None that covers as much is nearer to all units.")
            if best.gap == 0
            else say("One that covers as much may be nearer, by at most {gap} per cent.",
                     gap=round(100 * best.gap, 1))
        )  # fmt: skip
    return lines
