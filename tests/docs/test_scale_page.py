"""The example of moving to Spark or Ibis runs, and counts what the study itself counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from samspill.indicators import indicator_frame

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
BLOCKS = dict(re.findall(r"<!-- run: (\w+) -->\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL))


@pytest.mark.parametrize(
    "engine", ["ibis", pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.long])]
)
def test_the_example_counts_what_the_study_counts(
    engine: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    if engine == "spark":
        request.getfixturevalue("spark")
    names: dict[str, Any] = {}
    for block in ("data", engine, "counted"):
        # Spark's folder is the one that it was started in
        code = re.sub(r'"(\w+\.parquet)"', rf'"{tmp_path.as_posix()}/\1"', BLOCKS[block])
        exec(compile(code, f"{PAGE.name}: {block}", "exec"), names)
    expected = names["cells"](
        indicator_frame(names["study"], ["policy_development"]).filter(pl.col("field") != ""),
        ("field", "has_policy"),
        "policy_development",
        drop_missing_key=True,
    )
    # a field of whose forms nobody was asked has no row to count in the example
    asked = expected.frame.filter(pl.col("n") > 0)
    assert names["counted"].frame.rows() == asked.rows()
    assert asked["n"].sum() > 900
