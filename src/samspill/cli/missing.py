"""``samspill response|weight|sensitivity``: who is missing, and what that does to the numbers."""

from __future__ import annotations

from typing import Any

import click

from samspill.cli.output import emit, emit_json, json_option


@click.command()
@click.argument("name", metavar="STUDY")
@click.option("--by", "attributes", multiple=True, help="Only this attribute; may be repeated.")
@click.option("--level", default=0.95, show_default=True, help="Confidence level.")
@json_option
def response(name: str, attributes: tuple[str, ...], level: float, as_json: bool) -> None:
    """Who answered STUDY, by what is known of every unit.

    \b
    Example:  samspill response my-study --by size --by region
    Standardised differences, tests, the R-indicator with its partial ones, and propensities.
    """
    from samspill.analysis import open_study

    found = open_study(name).response(attributes, level=level)
    tests = [
        {
            "attribute": attribute,
            "test": each.test,
            "statistic": each.statistic,
            "degrees_of_freedom": each.degrees_of_freedom,
            "p": each.p,
            "standardised_difference": each.standardised_difference,
            "note": each.note,
        }
        for attribute, each in found.by.items()
    ]
    if as_json:
        emit_json(
            {
                "heading": found.heading,
                "units": found.units,
                "responded": found.responded,
                "known": list(found.known),
                "unknown": list(found.unknown),
                "tests": tests,
                "rows": found.frame.to_dicts(),
                **_more(found),
            }
        )
        return
    click.echo(found.heading)
    if found.unknown:
        click.echo(f"Not known of every unit: {', '.join(found.unknown)}.")
    if not found.known:
        click.echo("Nothing is known of every unit, so response cannot be told by anything.")
        return
    import polars as pl

    emit(found.frame, "Response by attribute", False)
    emit(pl.DataFrame(tests), "Tests", False)
    if found.representativity is not None and found.propensities is not None:
        emit(found.representativity.frame, found.representativity.heading, False)
        emit(found.representativity.variables, "Partial R-indicators", False)
        emit(found.propensities.frame, found.propensities.heading, False)


def _more(found: Any) -> dict[str, Any]:
    if found.representativity is None or found.propensities is None:
        return {}
    return {
        "representativity": found.representativity.frame.to_dicts(),
        "partial_by_variable": found.representativity.variables.to_dicts(),
        "partial_by_category": found.representativity.categories.to_dicts(),
        "propensities": {
            "model": found.propensities.model,
            "rows": found.propensities.frame.to_dicts(),
        },
    }


@click.command()
@click.argument("name", metavar="STUDY")
@click.option(
    "--by", "attributes", multiple=True, help="Weight by this attribute; may be repeated."
)
@click.option(
    "--method",
    type=click.Choice(["post_stratification", "raking", "calibration", "response_propensity"]),
    help="Leave out to use the weighting that the study declares.",
)
@click.option(
    "--distance",
    type=click.Choice(["linear", "raking", "logit"]),
    default="raking",
    show_default=True,
)
@click.option("--bounds", nargs=2, type=float, help="Lowest and highest factor, with logit.")
@click.option("--classes", type=int, help="Number of propensity classes.")
@click.option("--low", type=float, help="Lowest weight, as a multiple of the mean.")
@click.option("--high", type=float, help="Highest weight, as a multiple of the mean.")
@click.option("--declare", is_flag=True, help="Print what to put under samspill.weighting.")
@json_option
def weight(
    name: str,
    attributes: tuple[str, ...],
    method: str | None,
    distance: str,
    bounds: tuple[float, float] | None,
    classes: int | None,
    low: float | None,
    high: float | None,
    declare: bool,
    as_json: bool,
) -> None:
    """Weights of STUDY: those it declares, or tried out by attributes of its frame.

    \b
    Examples:
      samspill weight my-study
      samspill weight my-study --method raking --by size --by region --high 3
    """
    from samspill.analysis import open_study
    from samspill.analysis.weighting import weights_for
    from samspill.errors import SamspillError
    from samspill.study.weighting import KnownTotals, Weighting

    study = open_study(name)
    declared = study.weighting
    if method is not None:
        if not attributes:
            raise SamspillError(
                "No attribute to weight by is named.", "Name one or more with --by."
            )
        crossed = method == "post_stratification"
        margins = [tuple(attributes)] if crossed else [(each,) for each in attributes]
        declared = Weighting(
            method,
            tuple(KnownTotals(margin) for margin in margins),
            distance=distance,
            bounds=bounds,
            classes=classes,
            trim=(low, high),
        )
    if declared is None:
        raise SamspillError(
            "The study declares no weighting.",
            "Try one out with --method and --by, or declare it in datapackage.json.",
        )
    found = weights_for(study.study, declared)
    if declare:
        emit_json(declared.as_json())
        return
    if as_json:
        emit_json(
            {
                "heading": found.heading,
                "weighting": declared.as_json(),
                "diagnostics": found.diagnostics.to_dicts()[0],
                "margins": found.margins.to_dicts(),
                "rows": found.frame.to_dicts(),
            }
        )
        return
    emit(found.frame, found.heading, False)
    if found.margins.height:
        emit(found.margins, "Known totals", False)
    emit(found.diagnostics, "Diagnostics", False)


@click.command()
@click.argument("name", metavar="STUDY")
@click.argument("indicator")
@click.option("--by", help="Compare the two groups of this attribute, e.g. has_policy.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option("--threshold", default=0.5, show_default=True, help="Without --by: held against.")
@click.option("--level", default=0.95, show_default=True, help="Confidence level.")
@json_option
def sensitivity(
    name: str,
    indicator: str,
    by: str | None,
    fields: tuple[str, ...],
    threshold: float,
    level: float,
    as_json: bool,
) -> None:
    """How different the silent would have to be for a conclusion to change.

    \b
    Examples:
      samspill sensitivity norway-2018 activity_grant --by has_policy
      samspill sensitivity norway-2018 has_relation --threshold 0.5
    """
    from samspill.analysis import open_study

    result = open_study(name).sensitivity(
        indicator, by=by, fields=fields or None, threshold=threshold, level=level
    )
    emit(result.frame, result.heading, as_json)
