"""``samspill serve`` and ``samspill manage``: the web application in real use."""

from __future__ import annotations

import click

from samspill.cli.output import note


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option(
    "--threads", default=2, show_default=True, type=click.IntRange(1), help="Threads in each."
)
@click.option(
    "--jobs/--no-jobs", default=True, show_default=True, help="Start the worker for long jobs too."
)
def serve(host: str, port: int, workers: int, threads: int, jobs: bool) -> None:
    """Serve the application: studies, fieldwork, answering, results.

    Makes the database and brings it up to date first. Settings are environment variables or one
    file; docs/serving.md names them.

    \b
    Example:  SAMSPILL_ADDRESS=https://samspill.example samspill serve --host 0.0.0.0
    """
    from samspill.web.serving.running import Server
    from samspill.web.serving.starting import serve as start

    start(Server(host=host, port=port, workers=workers, threads=threads, jobs=jobs), note)


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands for this installation.

    \b
    Example:  samspill manage check --deploy
    """
    from samspill.web.manage import manage as run

    run(list(arguments))
