"""``samspill text read``, ``answers``, ``info`` and ``edit``: the sources of a project's folder."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import (
    FOUND,
    emit_json,
    json_option,
    language_option,
    note,
    say,
    spoken_option,
)

if TYPE_CHECKING:
    from samspill.qualitative import Project, Source

folder_argument = click.argument("folder", metavar="PROJECT", type=click.Path(path_type=Path))


@click.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--into", type=click.Path(path_type=Path), help="Project to put them in, or to make.")
@click.option("--unit", default="", help="The unit that they speak of.")
@click.option("--side", default="", help="Who speaks: municipality or organisation.")
@click.option("--field", "fields", multiple=True, help="A field they speak of; may be repeated.")
@click.option("--role", default="", help="The informant's role.")
@click.option("--date", default="", help="When it was said, as 2018-05-30.")
@click.option("--text-language", default="", help="Language of the texts, such as nb or nn.")
@click.option("--kind", type=click.Choice(["interview", "document"]), default="interview")
@click.option(
    "--consent",
    type=click.Choice(["named_quote", "anonymous", "not_quoted"]),
    default="anonymous",
    show_default=True,
    help="What may be quoted.",
)
@click.option("--speaker", "speakers", multiple=True, help="Who speaks, instead of those found.")
@language_option
@json_option
def read(
    files: tuple[Path, ...],
    into: Path | None,
    speakers: tuple[str, ...],
    language: str,
    as_json: bool,
    text_language: str,
    kind: str,
    **about: Any,
) -> None:
    """Read each FILE (txt, md, docx, odt, rtf, pdf, html, vtt, srt) as a source.

    Says for each what was found, left out and guessed. Without --into nothing is written.

    \b
    Examples:
      samspill text read interview.docx
      samspill text read *.vtt --into project --side organisation --field culture_leisure
    Exit code 1 where a file cannot be read; the others are.
    """
    from samspill.errors import SamspillError
    from samspill.language import said, translate
    from samspill.qualitative.reading import read_source, with_speakers

    project = _project(into)
    told: list[dict[str, Any]] = []
    new: list[Source] = []
    for file in files:
        try:
            found = read_source(file, kind=kind)
        except SamspillError as error:
            told.append({"file": str(file), "fault": said(error, language)})
            continue
        if speakers:
            found = with_speakers(found, speakers)
        source = replace(found.source, language=text_language, **about)
        new.append(source)
        told.append(
            {
                "file": str(file),
                "format": found.format,
                "characters": len(source.text),
                "paragraphs": source.text.count("\n") + 1,
                "speakers": list(source.speakers),
                "may_be_speakers": [s.name for s in found.speakers if not s.taken],
                "notes": [translate(message, language) for message in found.notes],
            }
        )
    added = _add(project, new, into)
    if as_json:
        emit_json({"files": told, "added": added, "project": str(into) if into else None})
    else:
        for row in told:
            _tell(row)
        if into and added:
            _tell_added(into, added, project)
    if any("fault" in row for row in told):
        sys.exit(FOUND)


def _tell(row: dict[str, Any]) -> None:
    if "fault" in row:
        click.echo(f"{row['file']}: {row['fault']}")
        return
    click.echo(
        say(
            "{file}: {format}; characters: {characters}; paragraphs: {paragraphs}; "
            "speakers: {speakers}",
            **{name: row[name] for name in ("file", "format", "characters", "paragraphs")},
            speakers=", ".join(row["speakers"]) or say("nobody"),
        )
    )
    for message in row["notes"]:
        click.echo(f"  {message}")


def _tell_added(into: Path, added: int, project: Project) -> None:
    total = len(project.sources) + added
    note(say("Wrote {path}: {added} new, {n} sources in all", path=into, added=added, n=total))


def _project(into: Path | None) -> Project:
    from samspill.qualitative import Project
    from samspill.qualitative.folder import read_project

    if into and into.is_dir() and any(into.iterdir()):
        return read_project(into)
    return Project(into.resolve().name if into else "")


def _add(project: Project, new: list[Source], into: Path | None) -> int:
    """Write the project with the sources that it does not have; gives how many those are."""
    from samspill.qualitative.folder import write_project

    there = {(source.name, source.text) for source in project.sources}
    guids = {source.guid for source in project.sources}
    added = [s for s in new if (s.name, s.text) not in there and s.guid not in guids]
    if into and added:
        joined = replace(project, sources=(*project.sources, *added))
        write_project(joined, into, overwrite=True)
    return len(added) if into else 0


@click.command()
@click.argument("study", metavar="STUDY")
@click.argument("variable", metavar="QUESTION")
@click.option(
    "--into", required=True, type=click.Path(path_type=Path), help="Project to put them in."
)
@click.option("--side", default="municipality", show_default=True, help="Who answered.")
@click.option("--text-language", default="nb", show_default=True, help="Language of the answers.")
@spoken_option
@json_option
def answers(
    study: str,
    variable: str,
    into: Path,
    side: str,
    text_language: str,
    as_json: bool,
) -> None:
    """Take the answers to the open QUESTION of STUDY as sources, with their units' attributes.

    \b
    Example:  samspill text answers ./my-study challenges --into project
    Answers that the project has already are not taken again.
    """
    from samspill.qualitative.open_answers import open_answer_sources
    from samspill.study import locate_study, read_study

    found = read_study(locate_study(study))
    sources = open_answer_sources(
        found.tables["answers"],
        found.tables["units"],
        variable,
        study=found.identifier,
        side=side,
        language=text_language,
    )
    project = _project(into)
    added = _add(project, list(sources), into)
    if as_json:
        emit_json({"answers": len(sources), "added": added, "project": str(into)})
    else:
        _tell_added(into, added, project)


@click.command()
@folder_argument
@language_option
@json_option
def info(folder: Path, language: str, as_json: bool) -> None:
    """Say what PROJECT holds.

    \b
    Example:  samspill text info project
    """
    from samspill.qualitative.folder import read_project

    project = read_project(folder)
    sources = project.sources
    facts: dict[str, Any] = {
        "name": project.name,
        "sources": len(sources),
        "characters": sum(len(source.text) for source in sources),
        "kinds": dict(Counter(source.kind for source in sources)),
        "units": len({source.unit for source in sources if source.unit}),
        "sides": dict(Counter(source.side or "unknown" for source in sources)),
        "fields": dict(Counter(field for source in sources for field in source.fields)),
        "consent": dict(Counter(source.consent for source in sources)),
        "invented": sum(source.invented for source in sources),
        "codes": len(project.codes),
        "codings": len(project.codings),
        "coders": [coder.name for coder in project.coders],
        "memos": len(project.memos),
    }
    if as_json:
        emit_json(facts)
        return
    labels = {name: say(label) for name, label in FACTS.items()}
    width = max(map(len, labels.values()))
    for name, value in facts.items():
        click.echo(f"{labels[name].ljust(width)}  {_shown(name, value, language)}".rstrip())


FACTS = {
    "name": "Name",
    "sources": "Sources",
    "characters": "Characters",
    "kinds": "Kinds",
    "units": "Units",
    "sides": "Sides",
    "fields": "Fields",
    "consent": "Consent",
    "invented": "Invented sources",
    "codes": "Codes",
    "codings": "Codings",
    "coders": "Coders",
    "memos": "Memos",
}
VALUES = {
    "interview": "interview",
    "open_answer": "open answer",
    "document": "document",
    "municipality": "municipality",
    "organisation": "organisation",
    "unknown": "not known",
    "named_quote": "may be quoted by name",
    "anonymous": "may be quoted without name",
    "not_quoted": "not to be quoted",
}


def _word(name: str, key: str, language: str) -> str:
    """A kind, side, field or consent in words."""
    from samspill.vocabulary import load

    fields = load().fields
    if name == "fields" and key in fields:
        return fields[key].short_label(language)
    return say(VALUES.get(key, key))


def _shown(name: str, value: object, language: str) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{_word(name, key, language)} {n}" for key, n in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


@click.command()
@folder_argument
@click.argument("source", metavar="SOURCE")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, path_type=Path))
@spoken_option
@json_option
def edit(folder: Path, source: str, file: Path, as_json: bool) -> None:
    """Put the text of FILE (UTF-8) in place of that of SOURCE, a source's name or GUID.

    Codings go with their words; those whose words are gone are listed and taken out.

    \b
    Example:  samspill text edit project "Leader, case 3" corrected.txt
    Exit code 1 where a coding was lost.
    """
    from samspill.qualitative.editing import edit as edited_by
    from samspill.qualitative.folder import read_project, write_project
    from samspill.qualitative.reading import read_source

    project = read_project(folder)
    old = _named(project, source)
    made = edited_by(old, read_source(file).source.text, project.codings)
    lost = [{"coding": item.coding.guid, "words": item.words} for item in made.lost]
    sources = tuple(made.source if s.guid == old.guid else s for s in project.sources)
    write_project(replace(project, sources=sources, codings=made.codings), folder, overwrite=True)
    if as_json:
        emit_json({"changed": sorted(made.changed), "lost": lost, "edits": len(made.undo)})
    else:
        click.echo(
            say(
                "{name}: edits: {edits}; codings with other words: {changed}; codings lost: {lost}",
                name=old.name,
                edits=len(made.undo),
                changed=len(made.changed),
                lost=len(lost),
            )
        )
        for item in lost:
            click.echo(f"  {item['coding']}  {say('“{words}”', words=item['words'])}")
    if lost:
        sys.exit(FOUND)


def _named(project: Project, name: str) -> Source:
    from samspill.errors import Message, SamspillError

    found = [s for s in project.sources if name in {s.guid, s.name}]
    if len(found) != 1:
        raise SamspillError(
            Message("{n} sources are called “{name}”.", n=len(found), name=name),
            "Give the GUID of one, as project.json has it.",
        )
    return found[0]
