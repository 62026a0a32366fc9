"""``samspill sources``: what interviews, survey and register say of the same, side by side."""

from __future__ import annotations

from datetime import date, datetime
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
from samspill.errors import Message, SamspillError

if TYPE_CHECKING:
    from collections.abc import Callable

    from samspill.triangulation import JointDisplay, Row
    from samspill.triangulation.memo import Memos
    from samspill.triangulation.words import Words

_STUDY = click.argument("study")
_FILE = click.option(
    "--memo",
    "memo",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with the memo; it is read beside the study's own, and written to.",
)
_THEME = click.option("--theme", required=True, help="Theme, such as extent_by_phase.")
_FIELD = click.option("--field", default="", help="Field; empty is all fields together.")
_BY = click.option("--by", required=True, help="Who says so.")
_TEXT = click.option("--text", required=True, help="What is said, in a sentence.")


def _brought(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that bring sources to a study."""
    for option in (
        click.option(
            "--project",
            type=click.Path(exists=True, path_type=Path),
            help="Interviews: a folder, or a REFI-QDA file.",
        ),
        click.option(
            "--register",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="A municipality's register: its folder.",
        ),
        click.option(
            "--on",
            type=click.DateTime(["%Y-%m-%d"]),
            help="The day that the register is looked at; today without one.",
        ),
    ):
        command = option(command)
    return command


class _ShowFirst(click.Group):
    """A group whose first word may be a study: ``sources STUDY`` is ``sources show STUDY``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ShowFirst)
def sources() -> None:
    """Do the sources say the same? Interviews, survey and register side by side.

    \b
    Examples:
      samspill sources norway-2018
      samspill sources my-study --project interviews --register our-register --csv joint.csv
      samspill sources memo norway-2018 --theme extent_by_phase
      samspill sources decide my-study --memo memo.csv --theme barriers close --text "…" --by "…"
    """


@sources.command()
@_STUDY
@_brought
@_FILE
@click.option("--open", "only_open", is_flag=True, help="Only contradictions that are open.")
@click.option(
    "--csv",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every number to a .csv file, or the display to .xlsx or .html.",
)
@language_option
@json_option
def show(
    study: str,
    project: Path | None,
    register: Path | None,
    on: datetime | None,
    memo: Path | None,
    only_open: bool,
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """The joint display of STUDY: theme by theme and field by field, contradictions first.

    \b
    Example:
      samspill sources show norway-2018 --open
    """
    from samspill.presentation import joint_table

    display, _ = _display(study, project, register, on, memo)
    rows = display.open if only_open else display.rows
    if output:
        if output.suffix.lower() == ".csv":
            display.frame.write_csv(output)
        else:
            joint_table(display, language, rows).save(output)
        if as_json:
            emit_json({"written": [str(output)]})
        else:
            note(say("Wrote {path}", path=output))
        return
    table = joint_table(display, language, rows)
    if as_json:
        kept = {(row.theme.identifier, row.field) for row in rows}
        summed = [r for r in display.assessments.to_dicts() if (r["theme"], r["field"]) in kept]
        emit_json(
            {
                "heading": table.title,
                "open": len(display.open),
                "assessments": summed,
                "rows": display.frame.to_dicts(),
            }
        )
        return
    if table.provenance == "invented":
        note(say("Some of this is invented."))
    labels = {column.name: column.label for column in table.columns}
    heading = say("{title} Open contradictions: {n}", title=table.title, n=len(display.open))
    if only_open or output:
        emit(table.frame.rename(labels), heading, as_json=False)
        return
    click.echo(heading)
    _tell(rows, language)


def _tell(rows: tuple[Row, ...], language: str) -> None:
    """The comparisons as lines a terminal can hold."""
    from samspill.triangulation.words import MARKS, Words

    words = Words(language)
    for row in rows:
        standing = f" ({words.standing(row.standing).lower()})" if row.standing else ""
        click.echo(
            f"\n{MARKS[row.holds]} {words.place(row)}: {words.assessment(row.holds)}{standing}"
        )
        for position in row.positions:
            click.echo(f"    {words.column(position.column)}: {words.says(row.theme, position)}")
        if row.margin is not None:
            click.echo(f"    {words.margin(row)}")


@sources.command()
@click.option(
    "--register",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A municipality's register: its folder.",
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today without one.")
@click.option(
    "--csv",
    "output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write.",
)
@spoken_option
@json_option
def counts(
    register: Path, on: datetime | None, output: Path, as_json: bool
) -> None:  # fmt: skip
    """What a register says of the themes, as counts that name no organisation.

    The file can be brought to a study in the application, by who has no access to the register.

    \b
    Example:
      samspill sources counts --register our-register --csv counts.csv
    """
    from samspill.triangulation.sources import counts_of_folder

    found = counts_of_folder(register, on.date() if on else None)
    found.write_csv(output)
    if as_json:
        emit_json({"written": [str(output)], "rows": found.frame.height})
    else:
        note(say("Wrote {path}", path=output))


@sources.command()
@_STUDY
@_brought
@_FILE
@_THEME
@_FIELD
@language_option
@json_option
def memo(
    study: str,
    project: Path | None,
    register: Path | None,
    on: datetime | None,
    memo: Path | None,
    theme: str,
    field: str,
    language: str,
    as_json: bool,
) -> None:
    """The memo of a theme: possible reasons with their evidence, and what people decided.

    \b
    Example:
      samspill sources memo norway-2018 --theme extent_by_phase
    """
    from samspill.triangulation.words import Words

    display, _ = _display(study, project, register, on, memo)
    rows = [
        row
        for row in display.rows
        if row.theme.identifier == theme and (not field or row.field == field)
    ]
    if not rows:
        display.row(theme, field)
    words = Words(language)
    if as_json:
        emit_json([_memo_of(row, words) for row in rows])
        return
    for row in rows:
        _tell((row,), language)
        for told in _memo_of(row, words)["reasons"]:
            click.echo(f"  - {told['kind']}: {told['text']} ({told['by']})")
            for item in told["evidence"]:
                click.echo(f"      {item['direction']}: {item['text']}")
        for decision in row.memo.decisions:
            text = next(iter(decision.texts.values()))
            click.echo(f"  * {words.decision(decision.kind)}: {text} ({decision.by})")


def _memo_of(row: Row, words: Words) -> dict[str, Any]:
    from samspill.triangulation.memo import in_language

    return {
        "theme": row.theme.identifier,
        "field": row.field,
        "assessment": row.assessment,
        "holds": row.holds,
        "standing": row.standing,
        "fingerprint": row.fingerprint,
        "reasons": [
            {
                "id": reason.id,
                "kind": words.reason(reason.kind),
                "text": in_language(reason.texts, words.language),
                "by": words.by(reason.by),
                "source": reason.source,
                "evidence": [
                    {
                        "direction": words.direction(item.direction),
                        "text": in_language(item.texts, words.language),
                        "source": item.source,
                    }
                    for item in reason.evidence
                ],
            }
            for reason in row.memo.reasons
        ],
        "decisions": [
            {
                "kind": decision.kind,
                "value": decision.value,
                "text": in_language(decision.texts, words.language),
                "by": decision.by,
                "date": decision.date,
                "holds": decision.fingerprint == row.fingerprint,
            }
            for decision in row.memo.decisions
        ],
    }


@sources.command()
@_STUDY
@_FILE
@_THEME
@_FIELD
@click.option("--kind", required=True, help="who, what, meaning, when, level or other.")
@_TEXT
@_BY
@click.option("--source", default="", help="Where it can be seen.")
@language_option
def reason(
    study: str, memo: Path | None, theme: str, field: str, kind: str, text: str, by: str,
    source: str, language: str,
) -> None:  # fmt: skip
    """Add a possible reason to the memo.

    \b
    Example:
      samspill sources reason ours --memo m.csv --theme barriers --kind who --text "…" --by "…"
    """
    row = {"entry": "reason", "theme": theme, "field": field, "kind": kind, "source": source}
    _add(study, memo, {**row, "by": by, f"text_{language}": text})


@sources.command()
@_STUDY
@_FILE
@_THEME
@click.option("--about", required=True, help="The id of the reason.")
@click.option("--against", is_flag=True, help="Speaks against the reason, and not for it.")
@_TEXT
@_BY
@click.option("--source", default="", help="Where it can be seen.")
@language_option
def evidence(
    study: str, memo: Path | None, theme: str, about: str, against: bool, text: str, by: str,
    source: str, language: str,
) -> None:  # fmt: skip
    """Add evidence for or against a reason.

    \b
    Example:
      samspill sources evidence ours --memo m.csv --theme barriers --about 1 --text "…" --by "…"
    """
    kind = "against" if against else "for"
    row = {"entry": "evidence", "theme": theme, "about": about, "kind": kind, "source": source}
    _add(study, memo, {**row, "by": by, f"text_{language}": text})


@sources.command()
@_STUDY
@click.argument("decision", type=click.Choice(["close", "reopen", "overrule", "withdraw"]))
@_brought
@_FILE
@_THEME
@_FIELD
@click.option("--state", default="", help="The assessment that holds instead, when overruling.")
@_TEXT
@_BY
@language_option
def decide(
    study: str, decision: str, project: Path | None, register: Path | None, on: datetime | None,
    memo: Path | None, theme: str, field: str, state: str, text: str, by: str, language: str,
) -> None:  # fmt: skip
    """Close a contradiction for what is said now, open it again, or overrule the assessment.

    Give the same sources as when it is shown: a decision holds for what they say.

    \b
    Example:
      samspill sources decide my-study close --memo memo.csv --theme barriers --text "…" --by "…"
    """
    display, _ = _display(study, project, register, on, _existing(memo))
    row = display.row(theme, field)
    if decision == "close" and not row.unsettled:
        raise SamspillError(
            "This is not an open contradiction.", "Choose one that samspill sources --open lists."
        )
    entry = {"entry": "decision", "theme": theme, "field": field, "kind": decision, "value": state}
    _add(
        study, memo,
        {**entry, "by": by, "fingerprint": row.fingerprint, f"text_{language}": text},
    )  # fmt: skip


def _display(
    study: str, project: Path | None, register: Path | None, on: datetime | None,
    memo: Path | None,
) -> tuple[JointDisplay, Memos]:  # fmt: skip
    from samspill.triangulation import sources_of

    found = sources_of(
        study, project=project, register=register, on=on.date() if on else None, memo=memo
    )
    return found.joint_display(), found.memos


def _existing(memo: Path | None) -> Path | None:
    return memo if memo is not None and memo.exists() else None


def _add(study: str, memo: Path | None, row: dict[str, str]) -> None:
    """Put a row at the end of the memo's file, after the whole has been read without fault."""
    import polars as pl

    from samspill.analysis import open_study
    from samspill.triangulation.memo import MEMO, read_memo

    if memo is None:
        raise SamspillError("It is not said where to write.", "Give a file with --memo.")
    own = open_study(study).study.triangulation
    frames = [frame for frame in (own,) if frame is not None]
    kept = pl.read_csv(memo, infer_schema=False) if memo.exists() else None
    frames += [kept] if kept is not None else []
    taken = {identity for frame in frames for identity in frame["id"]}
    number = next(n for n in range(1, len(taken) + 2) if f"m{n}" not in taken)
    day = date.today().isoformat()
    new = pl.DataFrame([{**dict.fromkeys(MEMO, ""), "id": f"m{number}", "date": day, **row}])
    read_memo(pl.concat([*frames, new], how="diagonal"))
    written = new if kept is None else pl.concat([kept, new], how="diagonal")
    try:
        written.fill_null("").write_csv(memo)
    except OSError as error:
        raise SamspillError(
            Message("“{path}” cannot be written.", path=memo), "Choose another file."
        ) from error
    note(say("Wrote {path}", path=memo))
