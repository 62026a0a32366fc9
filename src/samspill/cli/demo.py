"""``samspill demo``: the application with made-up people and studies, on this machine alone."""

from __future__ import annotations

from pathlib import Path

import click

from samspill.cli.output import note


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where the demonstration keeps its data.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--keep", is_flag=True, help="Go on with what the last demonstration left.")
@click.option("--browser/--no-browser", default=True, show_default=True, help="Open a browser.")
def demo(folder: Path, port: int, keep: bool, browser: bool) -> None:
    """Open the application with made-up people and studies.

    Everything is made anew at each start, in a folder of its own. Only this machine reaches it. The
    report of the founding study is `samspill report norway-2018`.

    \b
    Example:  samspill demo --port 8080
    """
    from samspill.web.demonstration.opening import open_demonstration

    open_demonstration(folder, port=port, keep=keep, browser=browser, tell=note)
