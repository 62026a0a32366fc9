"""``samspill change|adoption|power``: a study asked again, and what a next wave could show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import emit, json_option, language_option

if TYPE_CHECKING:
    from samspill.analysis.change import Waves


def _linking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How the units of the waves are linked."""
    for option in (
        click.option(
            "--merged",
            type=click.Choice(["apart", "any", "all", "mean"]),
            default="apart",
            show_default=True,
            help="How units that were merged or split are compared: not, or as one.",
        ),
        click.option("--code", help="The attribute that holds the units' codes."),
        click.option(
            "--changes",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Changes of codes between the waves, as KLASS gives them (CSV or JSON).",
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("names", metavar="WAVE WAVE [WAVE…] INDICATOR", nargs=-1, required=True)
@_linking_options
@click.option("--by", help="Split by this attribute of the units, as it was in the first wave.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option(
    "--basis",
    type=click.Choice(["all", "panel", "independent"]),
    default="all",
    show_default=True,
    help="Every answer with the units in common; only those units; or as if none were.",
)
@click.option(
    "--against", type=click.Choice(["first", "previous", "both"]), default="first",
    show_default=True, help="Which earlier wave each wave is compared with.",
)  # fmt: skip
@click.option(
    "--method", type=click.Choice(["newcombe", "tango"]), default="newcombe", show_default=True
)
@click.option("--level", default=0.95, show_default=True, help="Confidence level.")
@click.option("--finite-population", is_flag=True, help="Correct for the share of units sampled.")
@click.option("--weight", help="A numeric attribute of the units that holds weights.")
@click.option("--units", is_flag=True, help="List what became of every unit instead.")
@click.option("--series", is_flag=True, help="Every wave with its panel, instead of the change.")
@language_option
@json_option
def change(
    names: tuple[str, ...],
    changes: Path | None,
    code: str | None,
    merged: str,
    by: str | None,
    fields: tuple[str, ...],
    basis: str,
    against: str,
    method: str,
    level: float,
    finite_population: bool,
    weight: str | None,
    units: bool,
    series: bool,
    language: str,
    as_json: bool,
) -> None:
    """How INDICATOR changed between waves, with intervals; and what became of the units.

    \b
    Examples:
      samspill change ./2022 ./2026 meeting_point --changes klass.csv --by has_policy
      samspill change ./2022 ./2026 meeting_point --units
      samspill change ./2018 ./2022 ./2026 meeting_point --series
    """
    studies, indicator = _split(names)
    waves = _waves(studies, changes, code, merged)
    if units:
        emit(waves.followed.frame, waves.followed.heading, as_json)
        return
    if series:
        every = waves.series(indicator, fields=fields or None, level=level)
        _told(every.frame, every.heading, waves, language, as_json)
        return
    found = waves.change(
        indicator,
        fields=fields or None,
        by=by,
        basis=basis,
        against=against,
        level=level,
        method=method,
        finite_population=finite_population,
        weight=weight,
    )
    _told(found.frame, found.heading, waves, language, as_json)


@click.command()
@click.argument("names", metavar="WAVE WAVE [WAVE…] INDICATOR", nargs=-1, required=True)
@_linking_options
@click.option(
    "--attribute", default="has_policy", show_default=True, help="What is adopted, of the units."
)
@click.option("--value", help="The attribute's value with; by default the last in order.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@click.option(
    "--errors", type=click.Choice(["welch", "cluster"]), default="welch", show_default=True
)
@click.option(
    "--estimator",
    type=click.Choice(["did", "saturated", "did2s", "twfe", "lpdid"]),
    default="did",
    show_default=True,
    help="The last two waves; or all of them, one field, by pyfixest.",
)
@click.option("--level", default=0.95, show_default=True, help="Confidence level.")
@language_option
@json_option
def adoption(
    names: tuple[str, ...],
    changes: Path | None,
    code: str | None,
    merged: str,
    attribute: str,
    value: str | None,
    fields: tuple[str, ...],
    errors: str,
    estimator: str,
    level: float,
    language: str,
    as_json: bool,
) -> None:
    """Whether units that adopted something changed otherwise than those that did not.

    \b
    Examples:
      samspill adoption ./2022 ./2026 meeting_point --attribute has_policy
      samspill adoption ./2018 ./2022 ./2026 meeting_point --estimator saturated --field integration
    """
    from samspill.analysis.change import adoption as compare

    studies, indicator = _split(names)
    waves = _waves(studies, changes, code, merged)
    if estimator != "did":
        _staggered(waves, indicator, attribute, value, fields, estimator, level, language, as_json)
        return
    found = compare(
        waves,
        indicator,
        attribute,
        adopted=value,
        fields=fields or None,
        errors=errors,
        level=level,
    )
    result = found.result
    _told(
        result.frame, result.heading, waves, language, as_json, found.design,
        units=found.groups,
    )  # fmt: skip


def _staggered(
    waves: Waves,
    indicator: str,
    attribute: str,
    value: str | None,
    fields: tuple[str, ...],
    estimator: str,
    level: float,
    language: str,
    as_json: bool,
) -> None:
    from samspill.analysis.change import staggered
    from samspill.language import translator

    t = translator(language)

    per_field = waves.last.definition(indicator).per_field
    if per_field and len(fields) != 1:
        raise click.UsageError("Give one --field for this estimator.")
    found = staggered(
        waves,
        indicator,
        attribute,
        field=fields[0] if per_field else "",
        adopted=value,
        estimator=estimator,
        level=level,
    )
    test = found.pretrend
    told = f"χ² = {test.statistic:.2f}, df = {test.df}, p = {test.p:.3f}" if test else ""
    more = {
        "assumptions": t(found.assumptions),
        "warning": t(found.warning) if found.warning else "",
        "before_adoption": told or (t(found.untested) if found.untested else ""),
        "units": dict(found.groups or {}),
    }
    emit(found.frame, found.heading, as_json, **more)
    for text in () if as_json else more.values():
        if isinstance(text, str) and text:
            click.echo(text)


@click.command()
@click.argument("name", metavar="STUDY")
@click.argument("indicator")
@click.option("--next", "n_next", type=int, help="Answers in the next wave; by default as many.")
@click.option("--both", "n_both", type=int, help="Units that would answer both times.")
@click.option(
    "--turnover", default=0.2, show_default=True, help="Share of units whose answer would change."
)
@click.option("--adopting", type=int, help="Units that would adopt something in between.")
@click.option("--power", "wanted", default=0.8, show_default=True, help="How surely it is found.")
@click.option("--level", default=0.95, show_default=True, help="Confidence level of the test.")
@click.option("--field", "fields", multiple=True, help="Only this field; may be repeated.")
@json_option
def power(
    name: str,
    indicator: str,
    n_next: int | None,
    n_both: int | None,
    turnover: float,
    adopting: int | None,
    wanted: float,
    level: float,
    fields: tuple[str, ...],
    as_json: bool,
) -> None:
    """How large a change of INDICATOR a next wave of STUDY would have to be to be found.

    \b
    Example:
      samspill power norway-2018 meeting_point --both 132 --turnover 0.25
    """
    from samspill.analysis import open_study
    from samspill.analysis.change import detectable_changes

    found = detectable_changes(
        open_study(name),
        indicator,
        n_next=n_next,
        n_both=n_both,
        turnover=turnover,
        adopting=adopting,
        power=wanted,
        level=level,
        fields=fields or None,
    )
    emit(found.frame, found.heading, as_json)


def _split(names: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    if len(names) < 3:
        raise click.UsageError("Give at least two waves, and then an indicator.")
    return names[:-1], names[-1]


def _waves(studies: tuple[str, ...], changes: Path | None, code: str | None, merged: str) -> Waves:
    from samspill.analysis.change import open_waves
    from samspill.classification import read_changes

    table = read_changes(changes.read_bytes(), changes.name) if changes else None
    return open_waves(studies, table=table, code=code, rule=merged)  # type: ignore[arg-type]


def _told(
    frame: Any,
    heading: str,
    waves: Waves,
    language: str,
    as_json: bool,
    design: Any = None,
    **more: object,
) -> None:
    """The numbers, who was followed, and what the design does not show."""
    from samspill.language import translator

    t = translator(language)
    caution = (design or waves.design).caution(t)
    consequence = t(waves.linking.consequence) if waves.linking.consequence else ""
    emit(
        frame,
        heading,
        as_json,
        followed=waves.linking.counts,
        answered_in_all=waves.panel,
        merged=consequence,
        caution=caution,
        **more,
    )
    if as_json:
        return
    kinds = ", ".join(f"{kind} {n}" for kind, n in waves.linking.counts.items())
    click.echo(f"\n{t('Units: {kinds}; {n} answered in every wave.', kinds=kinds, n=waves.panel)}")
    for groups in more.values():
        if isinstance(groups, dict):
            click.echo(", ".join(f"{kind} {n}" for kind, n in groups.items()))
    for sentence in (consequence, caution):
        if sentence:
            click.echo(sentence)
