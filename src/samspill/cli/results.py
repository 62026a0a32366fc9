"""``samspill check|shares|model|table|figure``: a study's numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import FOUND, emit, emit_json, json_option, language_option, note
from samspill.cli.publishing import open_for_publishing, small_cells_option

if TYPE_CHECKING:
    import polars as pl


@click.command()
@click.argument("name", metavar="STUDY")
@click.option("--only-disagreements", is_flag=True, help="Leave out what agrees.")
@language_option
@json_option
def check(name: str, only_disagreements: bool, language: str, as_json: bool) -> None:
    """Recompute every printed number of STUDY and say whether it agrees.

    \b
    Example:  samspill check norway-2018 --only-disagreements
    Exit code 1 where a printed number disagrees, or a file was changed after it was sealed.
    """
    from samspill.analysis import open_study

    result = open_study(name).check()
    shown = result.disagreements if only_disagreements else result.frame
    explanations = result.explanations(language)
    emit(shown, result.summary(language), as_json, explanations=explanations)
    for sentence in [] if as_json else explanations:
        click.echo(f"\n{sentence}")
    if not result.sound:
        sys.exit(FOUND)


@click.command()
@click.argument("name", metavar="STUDY")
@click.argument("indicator")
@click.option("--by", help="Split by this attribute of the units, e.g. has_policy.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option("--level", default=0.95, show_default=True, help="Confidence level.")
@click.option("--finite-population", is_flag=True, help="Correct for the share of units sampled.")
@json_option
def shares(
    name: str,
    indicator: str,
    by: str | None,
    fields: tuple[str, ...],
    level: float,
    finite_population: bool,
    as_json: bool,
) -> None:
    """Shares of an indicator, with n, interval and provenance.

    \b
    Example:  samspill shares norway-2018 meeting_point --by has_policy
    """
    from samspill.analysis import open_study

    result = open_study(name).shares(
        indicator, by=by, fields=fields or None, level=level, finite_population=finite_population
    )
    emit(result.frame, result.heading, as_json)


@click.command()
@click.argument("name", metavar="STUDY")
@click.argument("indicator", required=False)
@click.option("--by", default="has_policy", show_default=True, help="The predictor.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option(
    "--method", type=click.Choice(["auto", "ml", "firth"]), default="auto", show_default=True
)
@json_option
def model(
    name: str, indicator: str | None, by: str, fields: tuple[str, ...], method: str, as_json: bool
) -> None:
    """Regress INDICATOR on an attribute, field by field; without INDICATOR, the whole family.

    Logit for binary indicators, OLS for the others.

    \b
    Examples:
      samspill model norway-2018 meeting_point --field integration
      samspill model norway-2018
    """
    from samspill.analysis import open_study

    study = open_study(name)
    if indicator is None:
        result = study.policy_effects(by=by)
    elif study.is_binary(indicator):
        result = study.logit(indicator, by=by, fields=fields or None, method=method)
    else:
        result = study.ols(indicator, by=by, fields=fields or None)
    emit(result.frame, result.heading, as_json)


def _with_number(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments of a command that draws one numbered piece of the report."""
    for option in (
        json_option,
        language_option,
        small_cells_option,
        click.option(
            "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write."
        ),
        click.argument("number", required=False),
        click.argument("name", metavar="STUDY"),
    ):
        command = option(command)
    return command


@click.command()
@_with_number
def table(**given: Any) -> None:
    """A table of the report: on the terminal, or as .html, .csv or .xlsx.

    \b
    Examples:
      samspill table norway-2018              lists the tables it can fill
      samspill table norway-2018 1.1 --lang nb
      samspill table norway-2018 A1.1 --output models.xlsx
    """
    from samspill.presentation import table as build
    from samspill.presentation import table_numbers

    _draw(table_numbers, build, lambda built: (built.frame, {"note": built.note}), **given)


@click.command()
@_with_number
def figure(**given: Any) -> None:
    """A figure of the report as .svg, .png, .pdf, .html or .json; without a file, its numbers.

    \b
    Examples:
      samspill figure norway-2018             lists the figures it can fill
      samspill figure norway-2018 4.8 --lang nb --output figure.svg
    """
    from samspill.presentation import figure as build
    from samspill.presentation import figure_numbers

    _draw(
        figure_numbers,
        build,
        lambda built: (built.data, {"alt": built.alt, "note": built.note}),
        **given,
    )


def _draw(
    numbers: Callable[[Any], tuple[str, ...]],
    build: Callable[[Any, str, str], Any],
    told: Callable[[Any], tuple[pl.DataFrame, dict[str, str]]],
    *,
    name: str,
    number: str | None,
    output: Path | None,
    allow_small_cells: bool,
    language: str,
    as_json: bool,
) -> None:
    """Without ``number`` list what can be drawn; else draw it to a file, or show what ``told``."""
    from samspill.analysis import open_study

    if number is None:
        _list(numbers(open_study(name)), as_json)
        return
    built = build(open_for_publishing(name, allow_small_cells), number, language)
    if output:
        _written(built.save(output), as_json)
        return
    frame, more = told(built)
    emit(frame, f"{built.number} {built.title}", as_json, **more)


def _written(path: Path, as_json: bool) -> None:
    if as_json:
        emit_json({"written": [str(path)]})
    else:
        note(f"Wrote {path}")


def _list(numbers: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        emit_json(list(numbers))
    else:
        click.echo("\n".join(numbers))
