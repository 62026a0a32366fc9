"""``samspill reconstruct`` and ``samspill disclosure``: from printed statistics back to counts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from samspill.cli.output import FOUND, emit, emit_json, json_option


def _printed_file(name: str) -> Path:
    if Path(name).is_file():
        return Path(name)
    from samspill.study import locate_study

    return locate_study(name) / "printed.csv"


@click.command()
@click.argument("table", metavar="TABLE")
@click.option("--statistics", is_flag=True, help="One line per printed number instead.")
@json_option
def reconstruct(table: str, statistics: bool, as_json: bool) -> None:
    """Find the counts behind the printed statistics in TABLE (a CSV file, or a study).

    \b
    Examples:
      samspill reconstruct printed.csv
      samspill reconstruct norway-2018 --statistics --json
    The columns of TABLE are described in docs/methods/reconstruction.md.
    """
    from samspill.reconstruction import read_printed
    from samspill.reconstruction import reconstruct as solve

    result = solve(read_printed(_printed_file(table)))
    frame = result.statistics if statistics else result.tables
    emit(frame, "\n".join(result.summary()), as_json)


@click.command()
@click.argument("table", metavar="TABLE")
@click.option("--threshold", default=5, show_default=True, help="Cells below this are small.")
@json_option
def disclosure(table: str, threshold: int, as_json: bool) -> None:
    """Ask whether the statistics in TABLE can be turned back into small cells.

    \b
    Example:  samspill disclosure my-table.csv --threshold 5
    Exit code 1 where a small cell can be found.
    """
    from samspill.reconstruction import disclosure_check, read_printed

    result = disclosure_check(read_printed(_printed_file(table)), threshold=threshold)
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
