"""``samspill text names``, ``pseudonymise`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import (
    emit,
    emit_json,
    json_option,
    language_option,
    note,
    say,
    spoken_option,
)
from samspill.cli.text_sources import folder_argument

if TYPE_CHECKING:
    from samspill.qualitative.pseudonyms import KnownName

names_option = click.option(
    "--names",
    "names_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The project's own list: CSV with name, kind (person, place, organisation), pseudonym.",
)
into_option = click.option(
    "--into", required=True, type=click.Path(path_type=Path), help="Folder to write to."
)


@click.command()
@folder_argument
@names_option
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the list with the suggestions to this file, to correct by hand.",
)
@language_option
@json_option
def names(
    folder: Path, names_file: Path | None, output: Path | None, language: str, as_json: bool
) -> None:
    """Suggest what may be names in PROJECT, with count and reason; those of the list are counted.

    Nothing is changed. A person decides what is a name: take out the rows that are none.

    \b
    Examples:
      samspill text names project
      samspill text names project --output names.csv
    """
    import polars as pl

    from samspill.language import translate
    from samspill.qualitative.folder import read_project
    from samspill.qualitative.pseudonyms import (
        KnownName,
        occurrences,
        suggest_names,
        write_names,
    )

    project = read_project(folder)
    known = _known(names_file)
    rows: list[dict[str, Any]] = []
    for item in known:
        found = [occurrences(source.text, [item]) for source in project.sources]
        counts = (sum(map(len, found)), sum(map(bool, found)))
        rows.append(dict(zip(COLUMNS, (item.name, item.kind, *counts, say("known")), strict=True)))
    suggested = suggest_names(project.sources, known)
    for name in suggested:
        reasons = " ".join(translate(reason, language) for reason in name.reasons)
        values = (name.name, name.kind, name.count, name.sources, reasons)
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    frame = pl.DataFrame(rows, schema=dict(zip(COLUMNS, TYPES, strict=True)))
    heading = say(
        "{known} known, {suggested} suggested", known=len(known), suggested=len(suggested)
    )
    emit(frame, heading, as_json)
    if output:
        write_names([*known, *(KnownName(s.name, s.kind) for s in suggested)], output)
        note(say("Wrote {path}", path=output))


COLUMNS = ("name", "kind", "count", "sources", "reasons")
TYPES = (str, str, int, int, str)


def _known(file: Path | None) -> tuple[KnownName, ...]:
    from samspill.qualitative.pseudonyms import read_names

    return read_names(file) if file else ()


@click.command()
@folder_argument
@names_option
@click.option(
    "--key",
    "key_file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The key: read if it is there, else made. Keep it apart from the texts.",
)
@into_option
@click.option("--overwrite", is_flag=True, help="Replace the project that is there.")
@spoken_option
@json_option
def pseudonymise(
    folder: Path,
    names_file: Path | None,
    key_file: Path,
    into: Path,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Write PROJECT anew with pseudonyms for the names of a list or a key; codings go along.

    Names without a pseudonym are given one. PROJECT itself is left as it is.

    \b
    Example:
      samspill text pseudonymise project --names names.csv --key ../key.json --into public
    """
    from samspill.qualitative.folder import read_project, write_project
    from samspill.qualitative.pseudonyms import propose_key, read_key, write_key
    from samspill.qualitative.pseudonyms import (
        pseudonymise as pseudonymised,
    )

    if into.resolve() in key_file.resolve().parents:
        raise click.UsageError(
            say("The key would lie beside the texts: give --key another folder.")
        )
    project = read_project(folder)
    if key_file.exists():
        known = {item.name: item for item in (*_known(names_file), *read_key(key_file).names)}
    else:
        known = {item.name: item for item in _known(names_file)}
    if not known:
        raise click.UsageError(say("Give --names, or a --key that is there."))
    key = propose_key(known.values(), (source.text for source in project.sources))
    done = pseudonymised(project, key)
    written = write_project(done.project, into, overwrite=overwrite)
    write_key(key, key_file)
    if as_json:
        emit_json({"replaced": done.replaced, "project": str(written), "key": str(key_file)})
        return
    replaced = sum(done.replaced.values())
    told = "Wrote {path}: {n} names replaced; the key is {key}"
    note(say(told, path=into, n=replaced, key=key_file))


@click.command()
@folder_argument
@click.option(
    "--key",
    "key_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The key that was written when the names were replaced.",
)
@into_option
@click.option("--overwrite", is_flag=True, help="Replace the project that is there.")
@spoken_option
@json_option
def restore(folder: Path, key_file: Path, into: Path, overwrite: bool, as_json: bool) -> None:
    """Write PROJECT anew with the names back, by their key.

    \b
    Example:  samspill text restore public --key ../key.json --into named
    """
    from samspill.qualitative.folder import read_project, write_project
    from samspill.qualitative.pseudonyms import read_key
    from samspill.qualitative.pseudonyms import restore as restored

    project = restored(read_project(folder), read_key(key_file))
    written = write_project(project, into, overwrite=overwrite)
    if as_json:
        emit_json({"project": str(written)})
    else:
        note(say("Wrote {path}", path=into))
