"""What the commands are given: a frame and attributes to choose by, or a study's own cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import say
from samspill.errors import SamspillError

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from samspill.selection import Attribute


def by_options(command: Callable[..., Any]) -> Callable[..., Any]:
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
            help="Where a number is divided, as population=5000,20000; its quartiles by default.",
        ),
        click.option("--by", required=False, help="Attributes, separated by commas."),
        click.option("--unit", default="unit", show_default=True, help="The column of the units."),
    ):  # fmt: skip
        command = option(command)
    return command


def units_in(path: Path, unit: str) -> pl.DataFrame:
    from samspill.selection.reading import read_frame

    return read_frame(path, unit)


def attributes_given(
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


def listed(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    names = [line.split(",")[0].strip().strip('"') for line in lines]
    return [name for name in names if name and name not in ("unit", "case")]


def cases_of(analysis: Any) -> pl.DataFrame:
    found: pl.DataFrame | None = analysis.study.cases
    if found is None or found.is_empty():
        raise SamspillError("The study has no table of cases.", "Give it one, or name a frame.")
    return found


def labels_in(language: str) -> dict[str, str]:
    from samspill.selection.guide import shipped_codes
    from samspill.vocabulary import load

    words = load()
    plain = {c.identifier: c.label(language) for c in words.fields.concepts}
    return {**plain, **dict(shipped_codes(language))}


def _split(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise click.UsageError(say("“{text}” is no number.", text=text)) from None
