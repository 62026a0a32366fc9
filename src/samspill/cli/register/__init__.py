"""``samspill register …``: a municipality's register, one module for each command."""

from __future__ import annotations

import click

from samspill.cli.register.national import national


@click.group()
def register() -> None:
    """Keep a municipality's register of organisations and collaboration."""


register.add_command(national)

__all__ = ["register"]
