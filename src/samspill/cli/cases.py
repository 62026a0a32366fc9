"""``samspill cases``: choosing cases, what they cover, the interviews made, and their guide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import emit, emit_json, json_option, language_option, note, say
from samspill.errors import Message, SamspillError

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from samspill.selection import Attribute, Coverage, InterviewCoverage, Selection

METHODS = (
    "diverse", "typical", "extreme", "deviant", "influential", "most_similar", "most_different",
)  # fmt: skip
PER_SIDE = 4


@click.group()
def cases() -> None:
    """Choose the units to study closely, and see what a choice covers.

    \b
    Examples:
      samspill cases choose units.csv --method diverse --number 12 --by population,county
      samspill cases coverage norway-2018 --lang nb
      samspill cases interviews norway-2018
      samspill cases guide --side organisation --field integration
    """


def _by_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--weight", "weights", multiple=True, metavar="NAME=NUMBER",
            help="What covering a category of an attribute counts; 1 by default.",
        ),
        click.option(
            "--ordinal", multiple=True, metavar="NAME[=A;B;C]",
            help="An ordered attribute, with its categories from least to most where they have no "
            "order of their own.",
        ),
        click.option(
            "--classes", multiple=True, metavar="NAME=LIMITS",
            help="Where a number is divided, as population=5000,20000; by default at its quartiles.",
        ),
        click.option("--by", required=False, help="Attributes, separated by commas."),
        click.option("--unit", default="unit", show_default=True, help="The column of the units."),
    ):  # fmt: skip
        command = option(command)
    return command


@cases.command()
@click.argument("file", metavar="FRAME.csv", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(METHODS), default="diverse", show_default=True)
@click.option("--number", type=int, required=True, help="How many cases.")
@_by_options
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

    frame = _frame(file, unit)
    found = choose_cases(
        frame, method, number, _attributes(frame, by, classes, ordinal, weights), outcome=outcome,
        quotas=[parse_quota(text) for text in quotas], include=include, exclude=exclude, seed=seed,
        distance=distance, influence=influence, pairs=pairs,
    )  # fmt: skip
    if output is not None:
        note(say("Wrote {path}", path=_saved(found, output, frame, language)))
    if as_json:
        emit_json(_told(found, language))
        return
    _show(found, left_out, language)


@cases.command()
@click.argument("name", metavar="FRAME.csv|STUDY")
@click.option("--case", "chosen", multiple=True, help="A case; may be repeated.")
@click.option(
    "--cases-in", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the cases, a line each or as the first column of a CSV.",
)  # fmt: skip
@_by_options
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

    path = Path(name)
    if path.suffix.lower() == ".csv":
        frame = _frame(path, unit)
        given = [*chosen, *(_listed(cases_in) if cases_in else [])]
        if not given:
            raise click.UsageError(say("Name the cases with --case or --cases-in."))
        found = measured(frame, given, _attributes(frame, by, classes, ordinal, weights))
        words = None
    else:
        found, words = _of_study(name, language)
    figure = coverage_figure(found, language, *([words] if words else []))
    if output is not None:
        note(say("Wrote {path}", path=figure.save(output)))
    if as_json:
        emit_json(_covered(found))
        return
    click.echo(figure.subtitle)
    click.echo(_text_table(figure.table.frame))
    click.echo(figure.note)


@cases.command()
@click.argument("name", metavar="PLAN.csv|STUDY")
@click.argument("project", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--each", type=int, default=None, help="Planned for each cell, without a plan file.")
@click.option("--next", "asked", default=10, show_default=True, help="How many to ask next.")
@click.option("--seed", default=2018, show_default=True, help="Decides between equals.")
@language_option
@json_option
def interviews(
    name: str, project: Path | None, each: int | None, asked: int, seed: int, language: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Interviews against the plan: what is met, what is uneven, and whom to ask next.

    PLAN.csv has unit, side, field and planned; the interviews are those of PROJECT. Of a STUDY
    they are those that its table of cases counts.

    \b
    Examples:
      samspill cases interviews plan.csv project
      samspill cases interviews norway-2018 --json
    """
    from samspill.selection.informants import reason

    found = _interviews(name, project, each)
    labels = _labels(language)
    to_ask = found.ask_next(asked, seed=seed)
    reasons = [reason(row, language, labels) for row in to_ask.iter_rows(named=True)]
    told = to_ask.with_columns(_series("reason", reasons))
    if as_json:
        emit_json(
            {
                "interviews": found.interviews, "unplaced": found.unplaced,
                "planned": found.planned, "met": found.met, "rows": found.frame.to_dicts(),
                "unevenness": found.unevenness().to_dicts(), "ask_next": told.to_dicts(),
            }
        )  # fmt: skip
        return
    emit(
        found.margin("unit", "side"),
        say("{met} of {planned} places filled by {n} interviews", met=found.met,
            planned=found.planned, n=found.interviews), as_json=False,
    )  # fmt: skip
    emit(found.unevenness(), say("How uneven against the plan"), as_json=False)
    emit(told.select("rank", "unit", "side", "field", "reason"), say("Whom to ask next"), False)


@cases.command()
@click.option("--side", default="", help="municipality or organisation.")
@click.option("--field", default="", help="A field, such as health_care.")
@click.option("--check", is_flag=True, help="Codes that no question feeds, and the other way.")
@click.option(
    "--project", type=click.Path(exists=True, path_type=Path),
    help="Check against the codes of this project, instead of those that come with Samspill.",
)  # fmt: skip
@click.option(
    "--guide", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A guide of your own, as TOML.",
)  # fmt: skip
@language_option
@json_option
def guide(
    side: str, field: str, check: bool, project: Path | None, file: Path | None, language: str,
    as_json: bool,
) -> None:  # fmt: skip
    """The interview guide for a side and a field, with the codes that each question is to feed.

    \b
    Examples:
      samspill cases guide --side municipality --field health_care --lang nn
      samspill cases guide --check
    """
    from samspill.selection import load_guide

    loaded = load_guide(file)
    if check or project:
        _check_guide(loaded, project, language, as_json)
        return
    _known(side, field)
    labels = _labels(language)
    rows = [
        {
            "identifier": q.identifier,
            "part": loaded.parts[q.part][language],
            "question": q.text(language),
            "probe": q.probe(language),
            "feeds": [labels.get(path, path) for path in q.feeds],
        }
        for q in loaded.asked(side, field)
    ]
    if as_json:
        emit_json(rows)
        return
    part = ""
    for number, row in enumerate(rows, start=1):
        if row["part"] != part:
            part = row["part"]
            click.echo(f"\n{part}")
        probe = f" {row['probe']}" if row["probe"] else ""
        click.echo(f"{number:>3}. {row['question']}{probe}")
        click.echo(f"     → {', '.join(row['feeds'])}")


def _frame(path: Path, unit: str) -> pl.DataFrame:
    from samspill.selection.reading import read_frame

    return read_frame(path, unit)


def _attributes(
    frame: pl.DataFrame, by: str | None, classes: tuple[str, ...], ordinal: tuple[str, ...],
    weights: tuple[str, ...],
) -> tuple[Attribute, ...]:  # fmt: skip
    from samspill.selection import attributes_of

    if not by:
        raise click.UsageError(say("Name the attributes with --by."))
    names = [part.strip() for part in by.split(",") if part.strip()]
    ordered = {k: [p.strip() for p in v.split(";")] if v else [] for k, v in map(_split, ordinal)}
    breaks = {k: [_number(p) for p in v.split(",")] for k, v in map(_split, classes)}
    return attributes_of(
        frame, names, ordinal=ordered, breaks=breaks,
        weights={k: _number(v) for k, v in map(_split, weights)},
    )  # fmt: skip


def _split(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise click.UsageError(say("“{text}” is no number.", text=text)) from None


def _listed(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    names = [line.split(",")[0].strip().strip('"') for line in lines]
    return [name for name in names if name and name not in ("unit", "case")]


def _of_study(name: str, language: str) -> tuple[Coverage, Any]:
    from samspill.analysis import open_study
    from samspill.presentation.report.content.selection import words
    from samspill.selection.standard import case_coverage

    return case_coverage(_cases_of(open_study(name))), words(language)


def _cases_of(analysis: Any) -> pl.DataFrame:
    found: pl.DataFrame | None = analysis.study.cases
    if found is None or found.is_empty():
        raise SamspillError("The study has no table of cases.", "Give it one, or name a frame.")
    return found


def _interviews(name: str, project: Path | None, each: int | None) -> InterviewCoverage:
    from samspill.selection import interview_coverage, interview_plan

    if Path(name).suffix.lower() == ".csv":
        if project is None:
            raise click.UsageError(say("Name the project with the interviews after the plan."))
        from samspill.qualitative import open_project

        return interview_coverage(_frame(Path(name), "unit"), open_project(project).tables().sources)
    if project is not None:
        from samspill.qualitative import open_project
        from samspill.vocabulary import load

        words = load()
        sources = open_project(project).tables().sources
        units = sorted({u for u in sources["unit"] if u})
        fields = [c.identifier for c in words.fields.having(in_depth=True)]
        plan = interview_plan(units, list(words.sides), fields, each=each or 1)
        return interview_coverage(plan, sources)
    from samspill.analysis import open_study
    from samspill.selection.standard import case_interviews

    return case_interviews(_cases_of(open_study(name)), each=each or PER_SIDE)


def _check_guide(loaded: Any, project: Path | None, language: str, as_json: bool) -> None:
    import polars as pl

    from samspill.selection.guide import shipped_codes

    codes: list[tuple[str, str]] = list(shipped_codes(language))
    if project is not None:
        from samspill.qualitative import open_project

        codes = [(c.concept or c.guid, c.name) for c in open_project(project).codes if c.codable]
    found = loaded.check(codes)
    if as_json:
        emit_json(
            {"unfed": found.unfed, "feeding_nothing": found.feeding_nothing,
             "unknown": found.unknown, "rows": found.frame.to_dicts()}
        )  # fmt: skip
        return
    names = dict(codes)
    questions: dict[str, set[str]] = {path: set() for path in names}
    for path, identifiers in found.frame.select("code", "identifiers").iter_rows():
        questions[path] |= {name for name in identifiers.split("; ") if name}
    table = pl.DataFrame(
        {"code": [names[p] for p in questions], "questions": [len(q) for q in questions.values()]}
    )
    emit(table, say("Codes, and how many questions feed them"), as_json=False)
    none = say("none")
    unfed = ", ".join(names[path] for path in found.unfed) or none
    nothing = ", ".join(found.feeding_nothing) or none
    click.echo(say("Codes that no question feeds: {names}", names=unfed))
    click.echo(say("Questions that feed no code: {names}", names=nothing))


def _known(side: str, field: str) -> None:
    from samspill.vocabulary import load

    words = load()
    for value, scheme in ((side, words.sides), (field, words.fields)):
        if value and value not in scheme:
            raise SamspillError(
                Message("There is no “{value}”.", value=value),
                Message("Choose among: {names}.", names=", ".join(scheme)),
            )


def _labels(language: str) -> dict[str, str]:
    from samspill.selection.guide import shipped_codes
    from samspill.vocabulary import load

    words = load()
    plain = {c.identifier: c.label(language) for c in words.fields.concepts}
    return {**plain, **dict(shipped_codes(language))}


def _series(name: str, values: list[str]) -> Any:
    import polars as pl

    return pl.Series(name, values, pl.String)


def _text_table(frame: pl.DataFrame) -> str:
    from samspill.statistics.results import text_table

    return text_table(frame)


def _saved(found: Selection, path: Path, frame: pl.DataFrame, language: str) -> Path:
    if path.suffix.lower() == ".csv":
        frame.filter(frame["unit"].cast(str).is_in(list(found.cases))).write_csv(path)
        return path
    from samspill.presentation import coverage_figure

    return coverage_figure(found.coverage, language).save(path)


def _covered(found: Coverage) -> dict[str, Any]:
    covered, of = found.categories_covered
    pairs, of_pairs = found.pairs_covered
    return {
        "cases": found.cases, "population": found.population,
        "categories_covered": covered, "categories": of, "pairs_covered": pairs,
        "pairs": of_pairs, "mean_distance": found.mean_distance, "alike": found.alike,
        "missing": dict(found.missing), "missed": found.missed, "rows": found.frame.to_dicts(),
    }  # fmt: skip


def _told(found: Selection, language: str) -> dict[str, Any]:
    from dataclasses import asdict

    from samspill.language import translate

    best = found.optimality
    return {
        "heading": found.heading, "method": found.method, "number": found.number,
        "seed": found.seed, "by": found.by, "outcome": found.outcome,
        "quotas": [str(quota) for quota in found.quotas], "cases": found.cases,
        "optimality": None if best is None else {**asdict(best), "optimal": best.optimal},
        "ties": found.ties, "notes": [translate(n, language) for n in found.notes],
        "coverage": _covered(found.coverage), "rows": found.reasons(language).to_dicts(),
    }  # fmt: skip


def _show(found: Selection, left_out: int, language: str) -> None:
    import polars as pl

    from samspill.language import translate

    told = found.reasons(language)
    emit(told.filter("chosen").select("unit", "reason"), say("Chosen"), as_json=False)
    for line in _verdict(found):
        click.echo(line)
    if left_out:
        others = told.filter(~pl.col("chosen")).head(left_out).select("unit", "reason")
        emit(others, say("Left out; those that would add most come first"), as_json=False)
    for message in found.notes:
        note(translate(message, language))
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
            else say("It is not known whether another covers more; at most {categories} and {pairs}.",
                     categories=best.categories_bound, pairs=best.pairs_bound)
        )  # fmt: skip
        lines.append(
            say("None that covers as much is nearer to all units.")
            if best.gap == 0
            else say("One that covers as much may be nearer, by at most {gap} per cent.",
                     gap=round(100 * best.gap, 1))
        )  # fmt: skip
    return lines
