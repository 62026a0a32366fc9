"""``samspill text convert | check | codebook``: projects of coded text in and out of other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samspill.cli.output import FOUND, emit_json, json_option, language_option, note

if TYPE_CHECKING:
    from samspill.errors import Problem
    from samspill.language import Translator
    from samspill.qualitative.refi import OffsetEvidence, OffsetPolicy, Reading

UNITS = ("codepoint", "utf16", "utf8")
LINE_BREAKS = ("as_stored", "one", "two")
file_argument = click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.command()
@click.argument("source", metavar="FROM", type=click.Path(exists=True, path_type=Path))
@click.argument("target", metavar="TO", type=click.Path(path_type=Path))
@click.option("--unit", type=click.Choice(UNITS), help="What FROM's positions count.")
@click.option(
    "--line-break", type=click.Choice(LINE_BREAKS), help="What FROM counts a line break as."
)
@language_option
def convert(
    source: Path, target: Path, unit: str | None, line_break: str | None, language: str
) -> None:
    """Convert a project (.qdpx, .qde) or a codebook (.qdc).

    \b
    Examples:  samspill text convert from-nvivo.qdpx ours.qdpx
               samspill text convert project.qdpx codes.qdc
    A project may become a codebook. What the target cannot hold is listed before it is written.
    """
    from samspill.errors import SamspillError
    from samspill.qualitative.refi import losses, read_qdc, read_qdpx, write_qdc, write_qdpx

    kinds = (source.suffix.lower(), target.suffix.lower())
    if kinds == (".qdc", ".qdc"):
        codebook = read_qdc(source)
        _tell(codebook.problems, language)
        write_qdc(codebook.codes, target, codebook.sets)
    elif kinds[0] in (".qdpx", ".qde") and kinds[1] in (".qdpx", ".qdc"):
        reading = read_qdpx(source, policy=_policy(unit, line_break))
        _tell(reading.problems, language)
        if kinds[1] == ".qdc":
            write_qdc(reading.project.codes, target)
        else:
            _tell(losses(reading.project), language)
            write_qdpx(reading.project, target)
    else:
        raise SamspillError(
            f"“{source.name}” cannot become “{target.name}”.",
            "Convert .qdpx or .qde to .qdpx or .qdc, or .qdc to .qdc.",
        )
    click.echo(target)


@click.command()
@file_argument
@click.option("--unit", type=click.Choice(UNITS), help="What the file's positions count.")
@click.option(
    "--line-break", type=click.Choice(LINE_BREAKS), help="What it counts a line break as."
)
@language_option
@json_option
def check(
    file: Path, unit: str | None, line_break: str | None, language: str, as_json: bool
) -> None:
    """Say what is in a .qdpx: its elements, what its positions count, and what is lost.

    \b
    Example:  samspill text check from-nvivo.qdpx --lang nb
    Exit code 1 where something in it is not as the standard has it.
    """
    from samspill.language import translator
    from samspill.qualitative.refi import losses, read_qdpx

    reading = read_qdpx(file, policy=_policy(unit, line_break))
    lost = losses(reading.project)
    t = translator(language)
    if as_json:
        emit_json(_as_json(reading, lost, language))
    else:
        _show(reading, t)
        _list(t("Not as the standard has it"), reading.problems, t)
        _list(t("Lost on export"), lost, t)
    if reading.problems or lost:
        sys.exit(FOUND)


@click.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write the .qdc.",
)
@language_option
def codebook(output: Path, language: str) -> None:
    """Write the codebook that comes with Samspill: barriers, enablers, evidence of placement.

    \b
    Example:  samspill text codebook --lang nb --output codes.qdc
    """
    from samspill.qualitative import shipped_codebook
    from samspill.qualitative.refi import write_qdc

    write_qdc(shipped_codebook(language), output)
    click.echo(output)


COMMANDS = (convert, check, codebook)


def _policy(unit: str | None, line_break: str | None) -> OffsetPolicy | None:
    from samspill.qualitative.refi import OffsetPolicy

    if unit is None and line_break is None:
        return None
    return OffsetPolicy(unit or UNITS[0], line_break or LINE_BREAKS[0])


def _tell(problems: tuple[Problem, ...], language: str) -> None:
    from samspill.language import said

    for problem in problems:
        note(said(problem, language))


def _show(reading: Reading, t: Translator) -> None:
    click.echo(reading.project.name)
    if reading.origin:
        click.echo(t("Written by {program}", program=reading.origin))
    for name, number in reading.contents().items():
        click.echo(f"  {number:>7}  {name}")
    click.echo(t("What positions count"))
    for line in _offset_lines(reading.offsets, t):
        click.echo(f"  {line}")


def _offset_lines(offsets: OffsetEvidence, t: Translator) -> list[str]:
    from samspill.language import format_percent

    reasons = {
        "declared": t("Codepoints, as Samspill wrote the file."),
        "asked": t("As you asked: {policy}.", policy=offsets.chosen),
        "evidence": t("Decided by the evidence: {policy}.", policy=offsets.chosen),
        "no_difference": t("No other count fits better than {policy}.", policy=offsets.chosen),
    }
    lines = [reasons[offsets.reason]]
    for found in offsets.policies:
        if found.words_share is None or found.within_share is None:
            continue
        lines.append(
            t(
                "{policy}: {words} of {n} passages begin and end where words do, {within} lie within "
                "the text",
                policy=found.policy,
                words=format_percent(found.words_share, 1, t.language),
                within=format_percent(found.within_share, 1, t.language),
                n=found.passages,
            )
        )
    return lines


def _list(heading: str, problems: tuple[Problem, ...], t: Translator) -> None:
    from samspill.language import said

    if problems:
        click.echo(heading)
    for problem in problems:
        click.echo(f"  {said(problem, t.language)}")


def _as_json(reading: Reading, lost: tuple[Problem, ...], language: str) -> dict[str, object]:
    from samspill.language import said

    return {
        "name": reading.project.name,
        "origin": reading.origin,
        "contents": dict(reading.contents()),
        "offsets": {
            "unit": reading.offsets.chosen.unit,
            "line_break": reading.offsets.chosen.line_break,
            "bom": reading.offsets.chosen.bom,
            "reason": reading.offsets.reason,
            "policies": [
                {
                    "unit": found.policy.unit,
                    "line_break": found.policy.line_break,
                    "bom": found.policy.bom,
                    "passages": found.passages,
                    "within": found.within,
                    "on_words": found.on_words,
                }
                for found in reading.offsets.policies
            ],
        },
        "problems": [said(problem, language) for problem in reading.problems],
        "lost": [said(problem, language) for problem in lost],
    }
