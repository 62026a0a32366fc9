"""``samspill groups`` and ``samspill ordered``: many small groups, and ordered answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samspill.cli.output import emit, json_option

if TYPE_CHECKING:
    from samspill.analysis.pooling import PooledModel

MODELS = ("auto", "beta", "logit", "normal", "bambi")


@click.command()
@click.argument("name", metavar="STUDY")
@click.argument("indicator")
@click.option(
    "--by",
    "groups",
    multiple=True,
    help="Groups by this attribute of the units; may be repeated, and 'field' crosses fields. "
    "Without it the fields are the groups.",
)
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option(
    "--model",
    type=click.Choice(MODELS),
    default="auto",
    show_default=True,
    help="auto: beta for 0/1, normal for numbers. bambi needs the extra 'pooling'.",
)
@click.option(
    "--towards", multiple=True, help="Draw towards a mean of each category of this (one of --by)."
)
@click.option("--level", default=0.95, show_default=True, help="Level of the intervals.")
@json_option
def groups(
    name: str,
    indicator: str,
    groups: tuple[str, ...],
    fields: tuple[str, ...],
    model: PooledModel,
    towards: tuple[str, ...],
    level: float,
    as_json: bool,
) -> None:
    """Read many small groups of INDICATOR together: raw beside partially pooled.

    \b
    Examples:
      samspill groups norway-2018 meeting_point
      samspill groups my-study meeting_point --by county --field integration
    """
    from samspill.analysis import open_study
    from samspill.statistics.results import text_table

    result = open_study(name).pooled(
        indicator, by=groups, fields=fields or None, model=model, towards=towards, level=level
    )
    pools = result.details["pools"]
    emit(result.frame, result.heading, as_json, pools=pools.to_dicts())
    if not as_json:
        click.echo(f"\nThe spread between the groups\n{text_table(pools)}")


@click.command()
@click.argument("name", metavar="STUDY")
@click.argument("indicator")
@click.option("--by", default="has_policy", show_default=True, help="The predictor.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option("--level", default=0.95, show_default=True, help="Level of the intervals.")
@json_option
def ordered(
    name: str, indicator: str, by: str, fields: tuple[str, ...], level: float, as_json: bool
) -> None:
    """Ordered logit of an ordered INDICATOR, field by field, beside least squares.

    \b
    Example:  samspill ordered norway-2018 number_of_relations --by has_policy
    """
    from samspill.analysis import open_study

    result = open_study(name).ordered(indicator, by=by, fields=fields or None, level=level)
    emit(result.frame, result.heading, as_json)
