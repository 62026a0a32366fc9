"""A progress bar on standard error, where a person is looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int, str], None]


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Progress]:
    """Gives a function ``(step, of, label)`` that moves the bar."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<42}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True, quiet=quiet)
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def move(step: int, of: int, label: str) -> None:
            bar.update(task, completed=step, total=of, description=label)

        yield move
