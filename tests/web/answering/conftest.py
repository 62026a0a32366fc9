"""A collection of the 2018 questionnaire, open, with one respondent who has a link."""

from functools import partial

import pytest
from web.answering.asking import ask, open_collection

from samspill.instrument import shipped_instrument


@pytest.fixture
def make_collection(study, wave):
    """``make_collection(instrument, opens_at=…)``: a collection that is open."""
    return partial(open_collection, study, wave)


@pytest.fixture
def make_respondent():
    """``make_respondent(collection, "0301", "Oslo")``: a unit with a name, and its link."""
    return ask


@pytest.fixture
def respondent(make_collection, make_respondent):
    return make_respondent(make_collection(shipped_instrument("norway-2018")))
