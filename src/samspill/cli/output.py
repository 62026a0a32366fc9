"""How the command line speaks: tables or JSON on standard output, all else on standard error."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import click

from samspill.errors import SamspillError

if TYPE_CHECKING:
    import polars as pl

FOUND = 1
UNUSABLE = 3
_language: ContextVar[str] = ContextVar("language", default="en")


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")(
        command
    )


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return _language_option(expose=True)(command)


def spoken_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The language for a command that only uses ``say``, which is not handed it."""
    return _language_option(expose=False)(command)


def _language_option(*, expose: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    from samspill.language import languages

    return click.option(
        "--lang",
        "language",
        type=click.Choice(languages()),
        default="en",
        envvar="SAMSPILL_LANG",
        show_default=True,
        show_envvar=True,
        help="Language of labels and text.",
        callback=_remember,
        expose_value=expose,
    )


def _remember(_context: click.Context, _parameter: click.Parameter, language: str) -> str:
    _language.set(language)
    return language


def emit(frame: pl.DataFrame, heading: str, as_json: bool, **more: object) -> None:
    """Write a tidy frame as a table under its heading, or as JSON with one object per row."""
    if as_json:
        emit_json({"heading": heading, **more, "rows": frame.to_dicts()})
        return
    from samspill.statistics.results import text_table

    click.echo(heading)
    click.echo(text_table(frame))


def emit_json(value: object) -> None:
    click.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2, default=str))


def note(text: str) -> None:
    click.echo(text, err=True)


def say(message: str, /, **fields: object) -> str:
    """A message in the language that was asked for; without ``language_option``, in English."""
    from samspill.language import translator

    return translator(_language.get())(message, **fields)


def fail(error: SamspillError) -> None:
    """Tell what cannot be used and what to do, and leave with exit code 3."""
    from samspill.language import said_with_problems

    first, *problems = said_with_problems(error, _language.get())
    note(f"samspill: {first}")
    for problem in problems:
        note(f"  {problem}")
    sys.exit(UNUSABLE)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
