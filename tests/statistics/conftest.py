"""What the tests of statistics share."""

from __future__ import annotations

from typing import Any

import pytest
from data_engines import start_spark


@pytest.fixture(scope="session")
def spark() -> Any:
    """The one Spark session of a test run: starting it takes seconds."""
    return start_spark()
