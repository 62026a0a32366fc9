"""``samspill study``: look at a study, find its faults, convert it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from samspill.cli.output import FOUND, emit_json, json_option, language_option, note


@click.group()
def study() -> None:
    """Look at a study, find its faults, convert it."""


@study.command()
@click.argument("name", metavar="STUDY")
@language_option
@json_option
def info(name: str, language: str, as_json: bool) -> None:
    """Say what STUDY holds.

    \b
    Example:  samspill study info norway-2018
    """
    from samspill.analysis import open_study

    facts = open_study(name).facts(language)
    if as_json:
        emit_json(facts)
        return
    width = max(len(key) for key in facts)
    for key, value in facts.items():
        click.echo(f"{key.ljust(width)}  {value}")


@study.command()
@click.argument("folder", metavar="STUDY")
@language_option
@json_option
def validate(folder: str, language: str, as_json: bool) -> None:
    """List everything that is wrong with STUDY: where, what, and what to do.

    \b
    Example:  samspill study validate ./my-study --lang nb
    Exit code 1 where something is wrong.
    """
    from samspill.language import said, translate_problem, translator
    from samspill.study import locate_study, validate_study

    problems = validate_study(locate_study(folder))
    if as_json:
        fields = ("file", "row", "column", "message", "next_step")
        told = [translate_problem(problem, language) for problem in problems]
        emit_json({"problems": [{f: getattr(p, f) for f in fields} for p in told]})
    elif not problems:
        click.echo(translator(language)("{folder}: no faults found.", folder=folder))
    for problem in [] if as_json else problems:
        click.echo(said(problem, language))
    if problems:
        sys.exit(FOUND)


@study.command()
@click.argument("folder", metavar="STUDY")
@json_option
def seal(folder: str, as_json: bool) -> None:
    """Record the files of STUDY as they are now, after a change by hand that is meant.

    \b
    Example:  samspill study seal ./my-study
    """
    from samspill.study import locate_study, seal_study

    _written([seal_study(locate_study(folder))], as_json)


@study.command()
@click.argument("source")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mapping file (TOML) that says which column is what; needed to read a data file.",
)
@click.option(
    "--format",
    "to_format",
    type=click.Choice(["csv", "parquet", "sav", "dta"]),
    help="Write a labelled data file of this kind instead of a study folder.",
)
@click.option("--overwrite", is_flag=True, help="Replace what TARGET holds already.")
@language_option
@json_option
def convert(
    source: str,
    target: Path,
    mapping: Path | None,
    to_format: str | None,
    overwrite: bool,
    language: str,
    as_json: bool,
) -> None:
    """Turn a data file into a study, or a study into labelled data files.

    \b
    Examples:
      samspill study convert answers.sav ./my-study --mapping mapping.toml
      samspill study convert norway-2018 ./out --format sav --lang nn
    """
    from samspill.study import export_study, import_table, locate_study, read_study, write_study

    if mapping:
        write_study(import_table(Path(source), mapping), target, overwrite=overwrite)
        written = [target]
    elif to_format:
        found = read_study(locate_study(source))
        written = export_study(found, target, to_format, language=language, overwrite=overwrite)
    else:
        raise click.UsageError("Give --mapping to read a data file, or --format to write one.")
    _written(written, as_json)


def _written(paths: list[Path], as_json: bool) -> None:
    if as_json:
        emit_json({"written": [str(path) for path in paths]})
    for path in [] if as_json else paths:
        note(f"Wrote {path}")
