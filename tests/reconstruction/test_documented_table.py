"""The example of ``docs/methods/reconstruction.md`` gives what the page says."""

from __future__ import annotations

import re
from pathlib import Path

from samspill.reconstruction import read_printed, reconstruct
from samspill.reconstruction.printed_table import OPTIONAL, REQUIRED

FILE = Path(__file__).parents[2] / "docs" / "methods" / "reconstruction.md"
PAGE = FILE.read_text(encoding="utf-8")


def test_the_example_gives_the_output_shown(tmp_path: Path) -> None:
    (example,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "printed.csv").write_text(example, encoding="utf-8")
    found = reconstruct(read_printed(tmp_path / "printed.csv"))
    assert found.summary() == shown.splitlines()
    (row,) = found.tables.to_dicts()
    counts = "{count0} of {n0} and {count1} of {n1}".format(**row)
    assert f"`found.tables`: {counts}." in PAGE


def test_every_column_is_described() -> None:
    section = PAGE.split("## The table it reads")[1].split("```csv")[0]
    described = {
        name
        for line in section.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert described == {*REQUIRED, *OPTIONAL}
