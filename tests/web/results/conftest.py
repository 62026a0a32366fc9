"""Published studies: the founding one, and the same as if its answers were observed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.utils import timezone

from samspill.analysis import open_study
from samspill.study import seal_study, write_study


@pytest.fixture(scope="session")
def analysis():
    return open_study("norway-2018")


@pytest.fixture
def founding(db):
    from samspill.web.studies.models import Study

    study = Study.objects.create(
        slug="norway-2018",
        title={"nb": "Samspill 2018", "nn": "Samspel 2018", "en": "Interplay 2018"},
        year=2018,
        published_at=timezone.now(),
    )
    study.publications.create(folder="norway-2018")
    return study


@pytest.fixture(scope="session")
def observed_folder(analysis):
    """The founding study with every provenance "observed", as a sealed folder of the data."""
    provenance = analysis.study.provenance.with_columns(pl.lit("observed").alias("provenance"))
    folder = Path(settings.DATA) / "studies" / "observed"
    write_study(analysis.study.with_tables(provenance=provenance), folder)
    seal_study(folder)
    return folder


@pytest.fixture
def observed(founding, observed_folder):
    founding.publications.all().delete()
    founding.publications.create(folder=str(observed_folder.relative_to(settings.DATA)))
    return founding


@pytest.fixture
def rows():
    """``rows(response)``: the cells of each row of each table body of a page, as texts."""
    from lxml import html

    def read(response):
        page = html.fromstring(response.content)
        return [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
            for row in page.xpath("//table/tbody/tr")
        ]

    return read


@pytest.fixture
def heading():
    """``heading(response)``: the text of a page's only first heading."""
    from lxml import html

    def read(response):
        (found,) = html.fromstring(response.content).xpath("//h1")
        return " ".join(found.text_content().split())

    return read
