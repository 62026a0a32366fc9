"""A study's questionnaire, and pages read in English."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["samspill_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def version(study):
    from samspill.instrument import shipped_instrument
    from samspill.web.instruments import actions

    return actions.add_instrument(
        actor="test", study=study, content=shipped_instrument("norway-2018")
    )
