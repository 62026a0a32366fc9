"""``samspill text convert | check | codebook``: coded text in and out of other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samspill.cli.output import FOUND, emit_json, json_option, language_option, note

if TYPE_CHECKING:
    from samspill.errors import Problem
    from samspill.language import Translator
    from samspill.qualitative import Project
    from samspill.qualitative.refi import OffsetEvidence, OffsetPolicy, Reading

UNITS = ("codepoint", "utf16", "utf8")
LINE_BREAKS = ("as_stored", "one", "two")
file_argument = click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


EXCHANGE, CODEBOOK, FOLDER = "exchange", "codebook", "folder"


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
    """Convert a project (.qdpx, .qde, or a folder) or a codebook (.qdc).

    \b
    Examples:  samspill text convert from-nvivo.qdpx ours.qdpx
               samspill text convert project ours.qdpx
               samspill text convert ours.qdpx project
               samspill text convert project.qdpx codes.qdc
    A project may become a codebook. What the target cannot hold is listed before it is written.
    """
    from samspill.errors import Message, SamspillError
    from samspill.qualitative import save_project
    from samspill.qualitative.refi import losses, read_qdc, write_qdc, write_qdpx

    kinds = (_kind(source), _kind(target))
    if kinds == (CODEBOOK, CODEBOOK):
        codebook = read_qdc(source)
        _tell(codebook.problems, language)
        write_qdc(codebook.codes, target, codebook.sets)
    elif kinds[0] in (EXCHANGE, FOLDER) and kinds[1] in (EXCHANGE, FOLDER, CODEBOOK):
        project = _read(source, _policy(unit, line_break), language)
        if kinds[1] == CODEBOOK:
            write_qdc(project.codes, target)
        elif kinds[1] == FOLDER:
            save_project(project, target)
        else:
            _tell(losses(project), language)
            write_qdpx(project, target)
    else:
        raise SamspillError(
            Message("“{source}” cannot become “{target}”.", source=source.name, target=target.name),
            "Convert .qdpx, .qde or a folder to .qdpx, .qdc or a folder, or .qdc to .qdc.",
        )
    click.echo(target)


def _kind(path: Path) -> str:
    """What a path holds or is to hold; empty where it is nothing that can be converted."""
    suffixes = {".qdpx": EXCHANGE, ".qde": EXCHANGE, ".qdc": CODEBOOK, "": FOLDER}
    return FOLDER if path.is_dir() else suffixes.get(path.suffix.lower(), "")


def _read(source: Path, policy: OffsetPolicy | None, language: str) -> Project:
    if source.is_dir():
        from samspill.qualitative import open_project

        return open_project(source)
    from samspill.qualitative.refi import read_qdpx

    reading = read_qdpx(source, policy=policy)
    _tell(reading.problems, language)
    return reading.project


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
        "asked": t("As you asked: {policy}.", policy=_said(offsets.chosen, t)),
        "evidence": t("Decided by the evidence: {policy}.", policy=_said(offsets.chosen, t)),
        "no_difference": t(
            "No other count fits better than {policy}.", policy=_said(offsets.chosen, t)
        ),
    }
    lines = [reasons[offsets.reason]]
    for found in offsets.policies:
        if found.words_share is None or found.within_share is None:
            continue
        lines.append(
            t(
                "{policy}: {words} of {n} passages begin and end where words do, {within} lie "
                "within the text",
                policy=_said(found.policy, t),
                words=format_percent(found.words_share, 1, t.language),
                within=format_percent(found.within_share, 1, t.language),
                n=found.passages,
            )
        )
    return lines


def _said(policy: OffsetPolicy, t: Translator) -> str:
    units = {"codepoint": t("codepoints"), "utf16": t("UTF-16 units"), "utf8": t("bytes of UTF-8")}
    breaks = {
        "as_stored": t("line breaks as they are stored"),
        "one": t("a line break as one"),
        "two": t("a line break as two"),
    }
    said = f"{units[policy.unit]}, {breaks[policy.line_break]}"
    return f"{said}, {t('the byte order mark too')}" if policy.bom else said


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
