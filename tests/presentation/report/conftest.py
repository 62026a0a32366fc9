"""One invented study for all tests of the report: what it has been asked once, it answers again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from presentation.report.report_study import invented_study

from samspill.analysis import StudyAnalysis
from samspill.presentation.report import build_document
from samspill.presentation.report.document import Document


@pytest.fixture(scope="session")
def study() -> StudyAnalysis:
    return invented_study()


@pytest.fixture(scope="session")
def report_in(study: StudyAnalysis) -> Callable[[str], Document]:
    """``report_in("nb")``: the invented study's report in a language, made once."""
    return cache(lambda language: build_document(study, language))
