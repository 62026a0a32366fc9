"""A published study and tokens for members of another."""

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.utils import timezone

from samspill.analysis import open_study
from samspill.study import seal_study, write_study
from samspill.web.api.actions import create_token


@pytest.fixture
def published(db):
    """The founding study, published."""
    from samspill.web.studies.models import Study

    study = Study.objects.create(
        slug="norway-2018",
        title={"nb": "Norge 2018", "nn": "Noreg 2018", "en": "Norway 2018"},
        year=2018,
        published_at=timezone.now(),
    )
    study.publications.create(folder="norway-2018")
    return study


@pytest.fixture
def token(make_user, study):
    """``token("reader")``: the header of a member's token for the study."""

    def make(role: str, days: int = 30):
        _, secret = create_token(user=make_user(role, study), study=study, name="test", days=days)
        return {"Authorization": f"Bearer {secret}"}

    return make


@pytest.fixture(scope="session")
def observed_folder():
    """The founding study as if its answers were observed, sealed, in the installation's data."""
    study = open_study("norway-2018").study
    provenance = study.provenance.with_columns(pl.lit("observed").alias("provenance"))
    folder = Path(settings.DATA) / "studies" / "observed-for-the-api"
    write_study(study.with_tables(provenance=provenance), folder)
    seal_study(folder)
    return folder


@pytest.fixture
def observed(published, observed_folder):
    """The published study, of which small cells are withheld."""
    published.publications.all().delete()
    published.publications.create(folder=str(observed_folder.relative_to(settings.DATA)))
    return published
