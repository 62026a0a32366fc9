"""``samspill register standard``."""

from __future__ import annotations

from pathlib import Path

import click

from samspill.cli.output import json_option, language_option
from samspill.cli.register.check import tell


@click.command()
@click.argument("kind", type=click.Choice(["360giving", "hsds"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--schema",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The standard's own JSON Schema of one grant, organisation or service.",
)
@language_option
@json_option
def standard(kind: str, file: Path, schema: Path | None, language: str, as_json: bool) -> None:
    """List what is wrong with a FILE of 360Giving grants or HSDS services, whoever made it.

    What the standard cannot do without is always checked. Its published schema says more; it does
    not come with Samspill, so give it by --schema.

    \b
    Examples:
      samspill register standard 360giving grants.json --schema 360-giving-schema.json
      samspill register standard hsds services.json
    Exit code 1 where something is wrong.
    """
    from samspill.register.interchange import check_grants, check_services

    check = check_grants if kind == "360giving" else check_services
    tell(check(file, schema), language, as_json, file.name)
