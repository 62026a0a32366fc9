"""``samspill register check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from samspill.cli.output import FOUND, emit_json, json_option, language_option
from samspill.errors import Problem


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@language_option
@json_option
def check(folder: Path, language: str, as_json: bool) -> None:
    """List everything that is wrong with the register in FOLDER, and what is worth a look.

    \b
    Example:  samspill register check ./fjordvik --lang nb
    Exit code 1 where something is wrong; what is worth a look changes nothing.
    """
    from samspill.register import read_register, validate_register, warn_of

    problems = validate_register(folder)
    warnings = [] if problems else warn_of(read_register(folder))
    tell(problems, language, as_json, str(folder), warnings)


def tell(
    problems: list[Problem],
    language: str,
    as_json: bool,
    what: str,
    warnings: list[Problem] | None = None,
) -> None:
    """Write faults and warnings; leave with exit code 1 where there are faults."""
    from samspill.language import said, translator

    t = translator(language)
    if as_json:
        found = {"problems": _plain(problems, language)}
        emit_json(found if warnings is None else {**found, "warnings": _plain(warnings, language)})
    else:
        if not problems:
            click.echo(t("{folder}: no faults found.", folder=what))
        for problem in problems:
            click.echo(said(problem, language))
        if warnings:
            click.echo(t("Worth a look:"))
            for warning in warnings:
                click.echo(f"  {said(warning, language)}")
    if problems:
        sys.exit(FOUND)


def _plain(problems: list[Problem], language: str) -> list[dict[str, object]]:
    from samspill.language import translate_problem

    fields = ("file", "row", "column", "message", "next_step")
    told = (translate_problem(problem, language) for problem in problems)
    return [{name: getattr(problem, name) for name in fields} for problem in told]
