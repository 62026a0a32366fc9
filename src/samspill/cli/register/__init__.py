"""``samspill register``: check a municipality's register, take it in, give it out, one module for
each command."""

from __future__ import annotations

import click

from samspill.cli.register.check import check
from samspill.cli.register.export import export
from samspill.cli.register.national import national
from samspill.cli.register.standard import standard
from samspill.cli.register.take_in import take_in

__all__ = ["register"]


@click.group()
def register() -> None:
    """Check a municipality's register, take it in, give it out.

    \b
    Examples:
      samspill register check ./fjordvik --lang nb
      samspill register export ./fjordvik --to xlsx --out ./out
      samspill register import register.xlsx --into ./fjordvik --overwrite
      samspill register national enheter.json.gz --voluntary pages --municipality 4601
    """


for command in (check, export, national, take_in, standard):
    register.add_command(command)
