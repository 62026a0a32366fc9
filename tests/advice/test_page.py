"""The page on advice shows what the data hold."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from samspill.advice import load

DOCS = Path(__file__).parents[2] / "docs"


def test_the_tables_of_the_page_are_those_of_the_data():
    spec = importlib.util.spec_from_file_location("advice_table", DOCS / "advice_table.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert (DOCS / "advice.md").read_text(encoding="utf-8").endswith(script.tables(load()))
