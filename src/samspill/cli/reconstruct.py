"""``samspill reconstruct`` and ``samspill disclosure``: from printed statistics back to counts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samspill.cli.output import FOUND, emit, emit_json, json_option

if TYPE_CHECKING:
    from samspill.reconstruction import Disclosure


def _printed_file(name: str) -> Path:
    if Path(name).is_file():
        return Path(name)
    from samspill.study import locate_study

    return locate_study(name) / "printed.csv"


SHOWN = ("tables", "statistics", "solutions", "explanations", "groups", "chance")
NOT_HELD = ("impossible",)


@click.command()
@click.argument("table", metavar="TABLE")
@click.option(
    "--show",
    type=click.Choice(SHOWN),
    default="tables",
    show_default=True,
    help="What to list: the tables' counts, each printed number, every solution, the readings "
    "that would explain an impossible table, the group sizes tried, or the chance of a match.",
)
@json_option
def reconstruct(table: str, show: str, as_json: bool) -> None:
    """Find the counts behind the printed statistics in TABLE (a CSV file, or a study).

    \b
    Examples:
      samspill reconstruct printed.csv
      samspill reconstruct printed.csv --show solutions
      samspill reconstruct norway-2018 --show statistics
    The columns of TABLE are described in docs/methods/reconstruction.md.
    With --json everything is written. Exit code 1 where a table has no solution.
    """
    from samspill.reconstruction import read_printed
    from samspill.reconstruction import reconstruct as solve

    result = solve(read_printed(_printed_file(table)))
    if as_json:
        frames = {name: getattr(result, name).to_dicts() for name in SHOWN}
        emit_json({"summary": result.summary(), **frames})
    else:
        emit(getattr(result, show), "\n".join(result.summary()), as_json=False)
    if result.tables["status"].is_in(NOT_HELD).any():
        sys.exit(FOUND)


@click.command()
@click.argument("table", metavar="TABLE")
@click.option("--threshold", default=5, show_default=True, help="Cells below this are small.")
@click.option("--by", default="has_policy", show_default=True, help="A study's split, if any.")
@json_option
def disclosure(table: str, threshold: int, by: str, as_json: bool) -> None:
    """Ask whether the statistics in TABLE can be turned back into small cells.

    TABLE is a CSV file of printed statistics, or a study, whose answers are then looked at as a
    report would print them.

    \b
    Examples:
      samspill disclosure my-table.csv --threshold 5
      samspill disclosure ./my-study --by has_policy
    Exit code 1 where a small cell can be found.
    """
    result = (
        _of_table(table, threshold) if Path(table).is_file() else _of_study(table, threshold, by)
    )
    if as_json:
        emit_json(
            {
                "safe": result.safe,
                "cells": result.cells.to_dicts(),
                "proposals": result.proposals.to_dicts(),
                "undecided": result.undecided,
            }
        )
    else:
        click.echo("\n".join(result.summary()))
    if not result.safe:
        sys.exit(FOUND)


def _of_table(table: str, threshold: int) -> Disclosure:
    from samspill.reconstruction import disclosure_check, read_printed

    return disclosure_check(read_printed(table), threshold=threshold)


def _of_study(name: str, threshold: int, by: str) -> Disclosure:
    from samspill.analysis import open_study

    study = open_study(name)
    split = by if by in study.study.units.columns else None
    return study.disclosure(by=split, threshold=threshold)
