"""``samspill register national``: organisations from the national registers, with a preview."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from samspill.cli.output import FOUND, emit_json, json_option, language_option, note
from samspill.cli.progress import progress_bar

if TYPE_CHECKING:
    from samspill.language import Translator
    from samspill.register.national import Change, Changes, National, Selection, VoluntaryRegister
    from samspill.register.national.opening import Progress

_SHOWN = 20
_Item = TypeVar("_Item")
_path = click.Path(path_type=Path)


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=_path)
@click.option(
    "--into",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The register's organisations.csv; it may not exist yet.",
)
@click.option(
    "--voluntary",
    multiple=True,
    type=_path,
    help="Saved pages of Frivillighetsregisteret, files or a folder.",
)
@click.option("--municipality", "codes", multiple=True, help="Its code; without, the country.")
@click.option(
    "--code-changes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Changes of municipalities from KLASS, where a code may be an old one.",
)
@click.option("--form", "forms", multiple=True, help="Take all of this legal form, such as FLI.")
@click.option("--hold", multiple=True, help="A column that is held by hand in every row.")
@click.option("--online", is_flag=True, help="Ask the registers instead of reading FILE.")
@click.option("--apply", "write", is_flag=True, help="Make the changes; without, they are shown.")
@language_option
@json_option
def national(
    files: tuple[Path, ...],
    into: Path,
    voluntary: tuple[Path, ...],
    codes: tuple[str, ...],
    code_changes: Path | None,
    forms: tuple[str, ...],
    hold: tuple[str, ...],
    online: bool,
    write: bool,
    language: str,
    as_json: bool,
) -> None:
    """Keep organisations in step with Enhetsregisteret and Frivillighetsregisteret.

    FILE is Enhetsregisteret's download (JSON or CSV, plain or .gz) or a saved page.

    \b
    Examples:
      samspill register national enheter_alle.json.gz --voluntary pages \\
          --municipality 4601 --into organisations.csv
      samspill register national --online --municipality 4601 --into organisations.csv --apply
    Exit code 1 where something in the files could not be read.
    """
    from samspill.language import said, translator
    from samspill.register.national import (
        Selection,
        apply,
        changes,
        held_by_provenance,
        number_of,
    )
    from samspill.register.national.table_file import read_organisations, write_organisations

    if online == bool(files):
        raise click.UsageError("Give FILE or --online, one of them.")
    present = read_organisations(into) if into.exists() else []
    selection = Selection(
        _municipalities(codes, code_changes),
        frozenset(forms),
        frozenset(filter(None, map(number_of, present))),
    )
    with progress_bar(quiet=as_json) as progress:
        pages = _voluntary(voluntary, progress)
        arriving = _arriving(files, online, selection, pages, progress)
    held = {row["identifier"]: frozenset(hold) for row in present}
    for identifier, columns in held_by_provenance(present).items():
        held[identifier] |= columns
    found = changes(present, arriving, held)
    problems = [*(pages.problems if pages else ()), *arriving.problems]
    for problem in problems:
        note(said(problem, language))
    if as_json:
        about = {"looked_at": arriving.looked_at, "nothing": found.nothing, "applied": write}
        emit_json({**about, **asdict(found)})
    else:
        _show(arriving, found, translator(language))
    if write and not found.nothing:
        write_organisations(into, apply(present, found))
    if not as_json:
        _say_what_was_done(found, write, into, translator(language))
    if problems:
        sys.exit(FOUND)


def _municipalities(codes: Sequence[str], code_changes: Path | None) -> frozenset[str]:
    if code_changes is None:
        return frozenset(codes)
    from datetime import date

    from samspill.classification import read_changes, trace
    from samspill.register.national import current_codes

    history = trace(read_changes(code_changes.read_bytes(), code_changes.name))
    return current_codes(codes, history, date.today())


def _voluntary(paths: tuple[Path, ...], progress: Progress) -> VoluntaryRegister | None:
    from samspill.register.national import read_voluntary

    return read_voluntary(paths, progress) if paths else None


def _arriving(
    files: tuple[Path, ...],
    online: bool,
    selection: Selection,
    voluntary: VoluntaryRegister | None,
    progress: Progress,
) -> National:
    from samspill.register.national import Registers, read_national

    if online:
        return Registers().organisations(selection, voluntary, progress)
    return read_national(files, selection, voluntary, progress)


def _show(arriving: National, found: Changes, t: Translator) -> None:
    from samspill.register.national import code

    click.echo(
        t(
            "{looked_at} entities looked at, {n} asked for.",
            looked_at=arriving.looked_at,
            n=len(arriving.rows),
        )
    )
    _list(
        t("New"),
        found.new,
        lambda row: t(
            "{number} {name} ({categories}); suggested fields: {fields}",
            number=row["number"],
            name=row["name"],
            categories=", ".join(map(code, filter(None, row.get("categories", "").split(";")))),
            fields=_fields(row.get("fields", ""), t),
        ),
        t,
    )
    _list(t("Changed"), found.changed, lambda change: _said(change, t), t)
    _list(t("Held by hand, not changed"), found.held, lambda change: _said(change, t), t)
    _list(
        t("No longer in the national registers"),
        found.gone,
        lambda gone: f"{gone.number} {gone.name}",
        t,
    )
    click.echo(t("{n} organisations as they are.", n=found.untouched))


def _fields(cell: str, t: Translator) -> str:
    from samspill.vocabulary import load

    labels = [load().fields[field].label(t.language) for field in cell.split(";") if field]
    return ", ".join(labels) or "–"


def _said(change: Change, t: Translator) -> str:
    return t(
        "{name}, {column}: “{old}” becomes “{new}”",
        name=change.name,
        column=change.column,
        old=change.old,
        new=change.new,
    )


def _list(
    heading: str, items: Sequence[_Item], line: Callable[[_Item], str], t: Translator
) -> None:
    if not items:
        return
    click.echo(f"{heading}: {len(items)}")
    for item in items[:_SHOWN]:
        click.echo(f"  {line(item)}")
    if len(items) > _SHOWN:
        click.echo(f"  {t('and {n} more', n=len(items) - _SHOWN)}")


def _say_what_was_done(found: Changes, write: bool, into: Path, t: Translator) -> None:
    if found.nothing:
        click.echo(t("Nothing to change."))
    elif write:
        click.echo(t("Written: {file}", file=into))
    else:
        click.echo(t("Nothing is changed yet; run it again with --apply."))
