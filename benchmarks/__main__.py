"""python3 start.py run python -m benchmarks [--largest 1e8] [--only NAME …] [--json FILE]

`python -m benchmarks simulation` judges the estimates by a population with known truth instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import (
    against_rows,
    against_scan,
    coding,
    engines,
    family,
    pooling,
    reconstruction,
    replicates,
)

ROWS = {
    "rows": (against_rows, [10**4, 10**6, 10**7]),
    "scan": (against_scan, [10**6, 10**7, 10**8]),
    "family": (family, [10**5, 10**6, 10**7]),
    "replicates": (replicates, [10**4, 10**6]),
    "reconstruction": (reconstruction, []),
    "coding": (coding, []),
    "engines": (engines, [10**6, 10**7, 10**8]),
    "pooling": (pooling, []),
}

ACROSS = 3


def main() -> None:
    if sys.argv[1:2] == ["simulation"]:
        from benchmarks.simulation.__main__ import main as simulation

        simulation(sys.argv[2:])
        return
    options = _options()
    names = options.only or list(ROWS)
    results: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory(prefix="samspill-benchmarks-", dir=options.folder) as folder:
        for name in names:
            module, sizes = ROWS[name]
            chosen = [size for size in sizes if size <= options.largest]
            results[name] = module.run(chosen, Path(folder))
            _show(module.TITLE, results[name])
    if options.json:
        options.json.write_text(json.dumps(results, indent=2, default=float), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--largest",
        type=lambda text: int(float(text)),
        default=10**6,
        help="largest number of rows (default 1e6; 1e8 takes minutes and some disk)",
    )
    parser.add_argument("--only", nargs="+", choices=list(ROWS), help="these benchmarks alone")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--folder", type=Path, help="where to put the temporary data")
    return parser.parse_args()


def _show(title: str, rows: list[dict[str, Any]]) -> None:
    """Print the measurements as tables of a few columns, one column a measurement."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"\n[bold]{title}[/bold]")
    for start in range(0, len(rows), ACROSS):
        part = rows[start : start + ACROSS]
        table = Table(show_header=False)
        table.add_column(min_width=16, overflow="fold")
        for name in part[0]:
            table.add_row(name, *(_text(row.get(name, "")) for row in part))
        for column in table.columns[1:]:
            column.justify = "right"
        console.print(table)


def _text(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if not isinstance(value, float):
        return str(value)
    return f"{value:.1e}" if 0 < abs(value) < 1e-4 else f"{value:,.4g}"


if __name__ == "__main__":
    main()
