"""``samspill register``: check a municipality's register, take it in, give it out."""

from __future__ import annotations

import click

from samspill.cli.register.check import check
from samspill.cli.register.export import export
from samspill.cli.register.standard import standard
from samspill.cli.register.take_in import take_in


@click.group()
def register() -> None:
    """Check a municipality's register, take it in, give it out.

    \b
    Examples:
      samspill register check ./fjordvik --lang nb
      samspill register export ./fjordvik --to xlsx --out ./out
      samspill register import register.xlsx --into ./fjordvik --overwrite
    """


for command in (check, export, take_in, standard):
    register.add_command(command)
