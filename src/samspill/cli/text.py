"""``samspill text``: interviews, open answers and documents."""

from __future__ import annotations

import click

from samspill.cli import text_exchange, text_queries
from samspill.cli.text_agreement import agree, place, suggest
from samspill.cli.text_names import names, pseudonymise, restore
from samspill.cli.text_sources import answers, edit, info, read


@click.group()
def text() -> None:
    """Read, keep and change interviews, open answers and documents.

    A project is a folder (project.json, codes.csv, codings.csv, memos.csv, and a text file a
    source) or a .qdpx of any program.

    \b
    Examples:
      samspill text read interviews/*.docx --into project --side municipality
      samspill text info project
      samspill text matrix project --by field
      samspill text pseudonymise project --names names.csv --key ../key.json --into public
    """


SOURCES = (read, answers, info, edit)
NAMES = (names, pseudonymise, restore)
FINDINGS = (agree, suggest, place)

for command in (
    *SOURCES, *NAMES, *text_queries.COMMANDS, *FINDINGS, *text_exchange.COMMANDS
):  # fmt: skip
    text.add_command(command)
