"""``samspill register export``."""

from __future__ import annotations

from pathlib import Path

import click

from samspill.cli.output import emit_json, json_option, language_option, note

FORMATS = ("hsds", "360giving", "ics", "dcat", "xlsx", "csv")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--to", "forms", type=click.Choice(FORMATS), multiple=True, required=True, help="What to write."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option(
    "--internal", is_flag=True, help="Everything, for the municipality itself; not for publishing."
)
@click.option("--address", default="", help="Where the folder is published (dcat).")
@click.option("--number", default="", help="The municipality's organisation number.")
@click.option("--email", default="", help="E-mail address for questions about the data (dcat).")
@language_option
@json_option
def export(
    folder: Path,
    forms: tuple[str, ...],
    out: Path,
    internal: bool,
    address: str,
    number: str,
    email: str,
    language: str,
    as_json: bool,
) -> None:
    """Write the register in FOLDER as files of other standards, with what anyone may see.

    \b
    Examples:
      samspill register export ./fjordvik --to csv --to hsds --out ./open
      samspill register export ./fjordvik --to xlsx --internal --lang nb --out ./desk
    """
    from samspill.errors import SamspillError
    from samspill.register import read_register
    from samspill.register.interchange import Wishes, grants
    from samspill.register.interchange import export as write
    from samspill.register.interchange.writing import now
    from samspill.register.numbers import is_organisation_number

    if number and not is_organisation_number(number):
        raise SamspillError(
            "The municipality's organisation number is not one.",
            "Copy its nine digits from the register; the last one is a control digit.",
        )
    register = read_register(folder)
    wishes = Wishes(language, now(), internal, address, number, email)
    written = [path for form in forms for path in write(register, form, out, wishes)]
    left_out: tuple[str, ...] = ()
    if "360giving" in forms:
        left_out = grants(register, language, internal=internal).left_out
    if as_json:
        emit_json({"written": [str(path) for path in written], "left_out": list(left_out)})
        return
    for path in written:
        note(f"Wrote {path}")
    if left_out:
        note(f"Left out, without a date, an amount or a recipient that is shown: {len(left_out)}.")
