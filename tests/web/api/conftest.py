"""A published study and tokens for members of another."""

import pytest
from django.utils import timezone

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
