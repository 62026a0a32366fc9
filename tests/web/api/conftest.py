"""A published study and tokens for members of another."""

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.utils import timezone
from web.answering.asking import open_collection
from web.answering.instruments import every_kind

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


@pytest.fixture
def collection(study, wave):
    """An open collection of a questionnaire with every kind of question."""
    return open_collection(study, wave, every_kind())


@pytest.fixture
def send(client, study, token):
    """``send("put", "units", {…}, role="analyst")``: a request in the study, as JSON."""
    headers: dict[str, dict[str, str]] = {}

    def ask(verb, path, content=None, role="analyst"):
        if role not in headers:
            headers[role] = token(role)
        given = {} if content is None else {"data": content, "content_type": "application/json"}
        address = f"/api/v1/studies/{study.slug}/{path}"
        return getattr(client, verb)(address, headers=headers[role], **given)

    return ask
