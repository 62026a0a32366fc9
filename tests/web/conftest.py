"""What tests of the web application share: built assets, users with roles, a study."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from samspill.web import assets


@pytest.fixture(scope="session", autouse=True)
def built_assets() -> Iterator[None]:
    """Collected style sheets, which WhiteNoise looks through once, not for each test's client."""
    assets.ensure()
    assets.collect()
    look_through = WhiteNoiseMiddleware.update_files_dictionary
    seen: dict[tuple[str, str], dict[str, Any]] = {}

    def look_once(self: Any, root: str, prefix: str) -> None:
        if (root, prefix) not in seen:
            look_through(self, root, prefix)
            seen[root, prefix] = dict(self.files)
        self.files.update(seen[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "update_files_dictionary", look_once)
        yield


@pytest.fixture(autouse=True)
def language_of_its_own():
    """A test begins in English, whatever the one before it has activated."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture
def study(db):
    from samspill.web.studies.models import Study

    return Study.objects.create(
        slug="trial", title={"nb": "Prøven", "nn": "Prøva", "en": "The trial"}, year=2026
    )


@pytest.fixture
def wave(study):
    return study.waves.create(
        identifier="first",
        title={"nb": "Første", "nn": "Første", "en": "First"},
        reference_date=datetime.date(2026, 1, 1),
    )


@pytest.fixture
def make_user(db):
    """``make_user("owner", study)`` makes a user with a role in a study, or with none."""
    from samspill.web.accounts.models import User

    def make(role: str = "", study=None, **fields):
        name = role or "outsider"
        user = User.objects.create_user(f"{name}-{User.objects.count()}@example.org", **fields)
        if role:
            study.memberships.create(user=user, role=role)
        return user

    return make


@pytest.fixture
def client_of(client, make_user, study):
    """``client_of("analyst")``: a test client signed in as a member of the study."""

    def sign_in(role: str = ""):
        client.force_login(make_user(role, study))
        return client

    return sign_in
