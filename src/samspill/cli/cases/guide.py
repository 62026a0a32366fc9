"""``samspill cases guide``: what to ask, and the codes that the questions are to feed."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import click

from samspill.cli.cases.given import labels_in
from samspill.cli.output import emit, emit_json, json_option, language_option, say
from samspill.errors import Message, SamspillError


@click.command()
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
    labels = labels_in(language)
    rows = [
        {
            "identifier": q.identifier,
            "part": loaded.heading(q.part, language),
            "question": q.text(language),
            "probe": q.probe(language),
            "feeds": [labels.get(path, path) for path in q.feeds],
        }
        for q in loaded.asked(side, field)
    ]
    if as_json:
        emit_json(rows)
        return
    for part, group in groupby(enumerate(rows, start=1), lambda each: each[1]["part"]):
        click.echo(f"\n{part}")
        for number, row in group:
            click.echo(f"{number:>3}. {row['question']} {row['probe']}".rstrip())
            click.echo(f"     → {', '.join(row['feeds'])}")


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
    none = "–"
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
