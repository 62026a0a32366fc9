"""``samspill cases``: choosing cases, what they cover, the interviews made, and their guide."""

from __future__ import annotations

import click

from samspill.cli.cases.choose import choose
from samspill.cli.cases.coverage import coverage
from samspill.cli.cases.guide import guide
from samspill.cli.cases.interviews import interviews


@click.group()
def cases() -> None:
    """Choose the units to study closely, and see what a choice covers.

    \b
    Examples:
      samspill cases choose units.csv --method diverse --number 12 --by population,county
      samspill cases coverage norway-2018 --lang nb
      samspill cases interviews norway-2018
      samspill cases guide --side organisation --field integration
    """


for command in (choose, coverage, interviews, guide):
    cases.add_command(command)
