"""The official schemas and files of others that stand beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
STANDARDS = SHARED / "standards"
SAMPLES = SHARED / "samples" / "civic"

needs_shared = pytest.mark.skipif(not STANDARDS.is_dir(), reason="needs ../shared")
