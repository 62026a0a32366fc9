"""The page of a register's tables says what the schema says."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_written_from_the_tables_as_they_are():
    page = runpy.run_path(str(DOCS / "register_tables.py"))["page"]()
    assert (DOCS / "register-tables.md").read_text("utf-8") == page
