"""What every command that publishes does first: look for small cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis


def small_cells_option(command: Callable[..., Any]) -> Callable[..., Any]:
    option = click.option(
        "--allow-small-cells",
        is_flag=True,
        help="Publish small cells of real answers, once that has been decided.",
    )
    return option(command)


def open_for_publishing(name: str, allow_small_cells: bool) -> StudyAnalysis:
    """The study, refused where real answers would be given away in a small cell."""
    from samspill.analysis import open_study, require_safe

    study = open_study(name)
    if not allow_small_cells:
        require_safe(study)
    return study
