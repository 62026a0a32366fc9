"""Which tests go to the same worker, and which begin first, where several workers share them."""

from __future__ import annotations

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

DEAR_FIRST = (
    "journeys/test_every_page.py",
    "journeys",
    "web/demonstration",
    "web/serving",
    "presentation/report",
    "reconstruction",
    "statistics/pooling",
    "statistics/change",
    "web",
)
"""Where the dearest tests stand, which begin first: no worker is left alone with one at the end."""

APART = "journeys/test_every_page.py"
TOGETHER = {
    "presentation/report": "report",
    "presentation/figures": "figures",
    "web/demonstration/test_opening.py": "server",
    "web/serving/test_running.py": "server",
    "web/results": "results",
    "web/api/test_results.py": "results",
    "docs/test_scale_page.py": "spark",
    "statistics/test_cells_engines.py": "spark",
    "statistics/test_cells_same_everywhere.py": "spark",
}
"""Tests that read what is dear to make (a study opened, solved, drawn, a page kept, a server
started): on one worker, so that it is made once. Of all others those of a file, but for ``APART``,
of which each is long."""


def rank(place: PurePosixPath) -> int:
    """When a file below ``tests`` has its turn: 0 is first."""
    found = (rank for rank, dear in enumerate(DEAR_FIRST) if place.is_relative_to(dear))
    return next(found, len(DEAR_FIRST))


def group(test: str) -> str:
    """The name of what a test (``tests/web/test_dates.py::test_it[nb]``) stays together with."""
    place = PurePosixPath(test.partition("::")[0]).relative_to("tests")
    if place.is_relative_to(APART):
        return test
    found = (name for kept, name in TOGETHER.items() if place.is_relative_to(kept))
    return next(found, place.as_posix())


class ByGroup(LoadScopeScheduling):
    """xdist's scheduler by scope, whose scope is our ``group``.

    Its own ``--dist=loadgroup`` tells the groups by a name that pytest no longer lets it give a
    test (xdist 3.8 sets ``_nodeid``, pytest 9.2 reads another): it would part every file.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
