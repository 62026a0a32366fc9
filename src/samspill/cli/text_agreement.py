"""``samspill text agree``, ``suggest``, ``place``: where coders agree, and what it comes to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import emit, json_option, language_option, note
from samspill.errors import Message, SamspillError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl

    from samspill.qualitative import Project

BY = ("character", "sentence", "paragraph", "segment")
SHOW_PLACES = ("places", "axes", "evidence")


def _open(path: Path) -> Project:
    from samspill.qualitative import open_project

    return open_project(path)


def project_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    kind = click.Path(exists=True, path_type=Path)
    return click.argument("path", metavar="PROJECT", type=kind)(command)


@click.command()
@project_argument
@click.option("--coder", "coders", multiple=True, help="Name or initials; all coders by default.")
@click.option(
    "--by", type=click.Choice(BY), default="sentence", show_default=True, help="What is compared."
)
@click.option(
    "--over",
    type=click.Choice(["all", "coded"]),
    default="all",
    show_default=True,
    help="All text, or what any of the coders coded.",
)
@click.option("--code", "codes", multiple=True, help="A code's name; all used ones by default.")
@click.option("--with-descendants", is_flag=True, help="Count codes below a code as the code.")
@click.option(
    "--interval",
    type=click.Choice(["bootstrap", "analytic"]),
    default="bootstrap",
    show_default=True,
    help="By drawing whole texts, or with units as independent.",
)
@click.option("--disagreements", "differing", is_flag=True, help="List where the coders differ.")
@click.option("--seed", default=2018, show_default=True, help="Of the drawing.")
@language_option
@json_option
def agree(
    path: Path,
    coders: tuple[str, ...],
    by: str,
    over: str,
    codes: tuple[str, ...],
    with_descendants: bool,
    interval: str,
    differing: bool,
    seed: int,
    language: str,
    as_json: bool,
) -> None:  # fmt: skip
    """How far the coders of PROJECT (a folder or a .qdpx) agree, code by code.

    \b
    Examples:
      samspill text agree project --coder AN --coder BO
      samspill text agree project.qdpx --by character --over coded
      samspill text agree project --disagreements
    """
    import polars as pl

    from samspill.qualitative.agreement import coding_agreement, disagreements

    project = _open(path)
    people = _coders(project, coders)
    chosen = _codes(project, codes) if codes else None
    names = {coder.guid: coder.name for coder in project.coders}
    tables = project.tables()
    if differing:
        found = disagreements(tables, people, codes=chosen)
        titles = dict(tables.sources.select("source", "name").iter_rows())
        labels = {code.guid: code.name for code in project.codes}
        frame = found.with_columns(
            _named("source", titles), _named("first", names), _named("second", names),
            _named("first_code", labels), _named("second_code", labels),
        ).select("source", "start", "end", "kind", "first", "first_code", "second", "second_code",
                 "shared", "text")  # fmt: skip
        emit(frame, _say("Where coders differ", language), as_json)
        return
    result = coding_agreement(
        tables, people, by=by, over=over, codes=chosen, with_descendants=with_descendants,  # type: ignore[arg-type]
        interval=interval, seed=seed,  # type: ignore[arg-type]
    )  # fmt: skip
    frame = result.frame.with_columns(
        pl.col("name").fill_null(_say("all codes together", language)),
        _named("first", names), _named("second", names), _notes("note", language),
    ).drop(() if as_json else ("code", "raters"))  # fmt: skip
    emit(frame, _say("Agreement of coders", language), as_json, by=by, over=over)


@click.command()
@project_argument
@click.option(
    "--unit",
    type=click.Choice(["sentence", "paragraph"]),
    default="sentence",
    show_default=True,
    help="What a suggestion is for.",
)
@click.option("--least", default=0.5, show_default=True, help="The least score that is shown.")
@click.option(
    "--validate",
    "validating",
    is_flag=True,
    help="Show how well suggestions do on texts held out, code by code.",
)
@click.option("--seed", default=2018, show_default=True, help="Of the model.")
@language_option
@json_option
def suggest(
    path: Path, unit: str, least: float, validating: bool, seed: int, language: str, as_json: bool
) -> None:  # fmt: skip
    """Suggest codes for PROJECT from what has been coded in it; nothing is changed.

    \b
    Examples:
      samspill text suggest project --validate
      samspill text suggest project --least 0.8 --json
    """
    from samspill.qualitative.suggestions import examples, train, validate
    from samspill.qualitative.suggestions import suggest as suggested

    project = _open(path)
    tables = project.tables()
    learnt = examples(tables, unit)  # type: ignore[arg-type]
    labels = {code.guid: code.name for code in project.codes}
    if validating:
        result = validate(learnt, least=least, seed=seed)
        frame = result.frame.with_columns(_named("code", labels), _notes("note", language))
        heading = _say("How well suggestions do on texts held out", language)
        emit(frame, heading, as_json, passages=result.passages, folds=result.folds)
        return
    titles = dict(tables.sources.select("source", "name").iter_rows())
    found = suggested(tables, train(learnt, seed=seed), unit, least=least)  # type: ignore[arg-type]
    frame = found.with_columns(_named("code", labels), _named("source", titles))
    emit(frame, _say("Suggested codes; none is a coding until a person accepts it", language),
         as_json)  # fmt: skip


@click.command()
@project_argument
@click.option(
    "--typology",
    type=click.Choice(["policy_models", "activity_models"]),
    default="policy_models",
    show_default=True,
    help="Which ideal types.",
)
@click.option("--units", is_flag=True, help="Place each field in each unit.")
@click.option("--study", help="A study whose survey is taken as further evidence of formality.")
@click.option(
    "--show",
    type=click.Choice(SHOW_PLACES),
    default="places",
    show_default=True,
    help="The places, the positions on the axes by side, or the pieces of evidence.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Save the map, as .svg, .png, …")
@click.option("--seed", default=2018, show_default=True, help="Of the drawing of sources.")
@language_option
@json_option
def place(
    path: Path,
    typology: str,
    units: bool,
    study: str | None,
    show: str,
    output: Path | None,
    seed: int,
    language: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Place the fields of PROJECT among the ideal types, by what is coded as evidence.

    \b
    Examples:
      samspill text place project --lang nb
      samspill text place project --typology activity_models --show evidence
      samspill text place project --output map.svg
    """
    import polars as pl

    from samspill.typology import evidence, place_all

    project = _open(path)
    survey = _survey(study) if study else None
    pieces = evidence(project.tables(), survey)
    invented = any(source.invented for source in project.sources)
    placed = place_all(
        pieces, typology, units=units, seed=seed, provenance="invented" if invented else "observed"
    )
    if not placed:
        raise SamspillError(
            "Nothing in the project is coded as evidence of placement.",
            "Code with the shipped codes under “Evidence of placement”, and ask again.",
        )
    if output is not None:
        from samspill.presentation import placement_figure

        note(str(placement_figure(placed, language).save(output)))
        return
    if show == "evidence":
        frame = pieces.filter(pl.col("typology") == typology)
    elif show == "axes":
        frame = pl.concat(
            p.axes.select(pl.lit(p.unit).alias("unit"), pl.lit(p.field).alias("field"), pl.all())
            for p in placed
        ).with_columns(_notes("note", language))
    else:
        frame = pl.DataFrame([_placed(p, language) for p in placed], infer_schema_length=None)
    warning = {"invented": True} if invented else {}
    heading = _say("Fields placed among the ideal types by evidence", language)
    emit(frame, heading, as_json, typology=typology, **warning)
    if invented and not as_json:
        note(_say("The interviews are invented.", language))


def _placed(p: Any, language: str) -> dict[str, Any]:
    from samspill.vocabulary import load

    words = load()
    positions = {axis.identifier: p.position(axis.identifier)["share"]
                 for axis in words.schemes[p.typology].axes}  # fmt: skip
    return {
        "unit": p.unit,
        "field": words.fields[p.field].label(language),
        "status": _say(p.status.replace("_", " "), language),
        "ideal_type": words.label(p.ideal_type, language) if p.ideal_type else None,
        "probability": p.probability,
        **positions,
        "segments": p.evidence.filter(p.evidence["axis"].is_not_null()).height,
        "sources": p.evidence["source"].n_unique(),
    }


def _survey(name: str) -> pl.DataFrame:
    """The indicators that speak for a pole or a type, one row an answer."""
    from samspill.analysis import open_study
    from samspill.indicators import indicator_frame
    from samspill.typology import indicator_rules

    study = open_study(name).study
    known = set(study.indicators["indicator"])
    wanted = [rule.identifier for rule in indicator_rules() if rule.identifier in known]
    frame = indicator_frame(study, wanted)
    return frame.unpivot(wanted, index=["unit", "field"], variable_name="indicator")


def _coders(project: Project, asked: Iterable[str]) -> list[str]:
    names = tuple(asked)
    if not names:
        used = {coding.coder for coding in project.codings}
        return [coder.guid for coder in project.coders if coder.guid in used]
    found = []
    for name in names:
        own = [c.guid for c in project.coders if name in (c.guid, c.name, c.initials)]
        if len(own) != 1:
            raise SamspillError(
                Message("“{name}” names no coder of the project, or several.", name=name),
                Message("They are {names}.", names=", ".join(c.name for c in project.coders)),
            )
        found += own
    return found


def _codes(project: Project, asked: Iterable[str]) -> list[str]:
    found = []
    for name in asked:
        own = [code.guid for code in project.codes if name in (code.guid, code.name, code.concept)]
        if not own:
            raise SamspillError(
                Message("There is no code “{name}” in the project.", name=name),
                "Check the spelling.",
            )
        found += own
    return found


def _named(column: str, names: dict[str, str]) -> pl.Expr:
    import polars as pl

    return pl.col(column).replace(names)


def _notes(column: str, language: str) -> pl.Expr:
    """Notes in a language; several stand in one cell with semicolons between."""
    import polars as pl

    def said(text: str) -> str:
        return "; ".join(_say(part, language) for part in text.split("; ")) if text else ""

    return pl.col(column).map_elements(said, return_dtype=pl.String)


def _say(text: str, language: str) -> str:
    from samspill.language import translate

    return translate(text, language)
