"""``samspill text``: interviews, open answers and documents."""

from __future__ import annotations

import click

from samspill.cli.text_names import names, pseudonymise, restore
from samspill.cli.text_sources import answers, edit, info, read


@click.group()
def text() -> None:
    """Read, keep and change interviews, open answers and documents.

    A project is a folder: project.json, codes.csv, codings.csv, memos.csv, and a text file a
    source.

    \b Examples:
      samspill text read interviews/*.docx --into project --side municipality samspill text info
      project samspill text names project --output names.csv samspill text pseudonymise project
      --names names.csv --key ../key.json --into public
    """


for command in (read, answers, info, edit, names, pseudonymise, restore):
    text.add_command(command)
