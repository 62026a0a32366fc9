"""The page on how the fieldwork goes."""

from __future__ import annotations

import datetime
import random
import re

import pytest
from django.utils import timezone
from instrument.instrument_examples import small
from web.fieldwork.fielding import answer, ask, guesses, make_collection, make_units

from samspill.instrument import Item
from samspill.statistics.response import outcome_rates
from samspill.web.fieldwork.outcomes import count_dispositions, standings

ADDRESS = "/studies/trial/fieldwork/autumn/progress/"
SEPTEMBER = datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def collection(study, wave):
    """Sixty units, small ones answering rarely: 24 sent, 3 partial, 1 broke off, 1 opened it."""
    instrument = small()
    sizes = ["large"] * 2 + ["small"] * 4
    units = make_units(study, 60, {"size": sizes, "county": ["north", "south"]})
    collection = make_collection(study, wave, instrument)
    collection.opens_at = SEPTEMBER
    collection.save()
    respondents = ask(collection, units)
    source = random.Random(2009)
    large = [r for place, r in enumerate(respondents) if place % 6 < 2]
    small_ones = [r for r in respondents if r not in large]
    for place, each in enumerate([*large[:17], *small_ones[:7]]):
        given = guesses(instrument, source, 1.0)
        answer(each, instrument, given, at=SEPTEMBER + datetime.timedelta(days=place // 5))
    for each in small_ones[7:10]:
        answer(each, instrument, guesses(instrument, source, 1.0), submit=False)
    answer(small_ones[10], instrument, {Item("", "importance"): "3"}, submit=False)
    answer(small_ones[11], instrument, {}, submit=False)
    for each, field in (
        (small_ones[12], "refused_at"),
        (small_ones[13], "bounced_at"),
    ):
        setattr(each, field, timezone.now())
        each.save()
    small_ones[14].ineligible = "Merged"
    small_ones[14].save()
    small_ones[15].email = ""
    small_ones[15].save()
    return collection


def page(client, language="en", query="") -> str:
    client.cookies["samspill_language"] = language
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_each_respondent_has_its_outcome(collection):
    counts = count_dispositions(standings(collection))
    expected = {
        "1.1": 24, "1.2": 3, "2.12": 1, "2.1121": 1, "2.111": 1,
        "3.30": 1, "3.11": 1, "3.19": 27, "4.10": 1,
    }  # fmt: skip
    assert counts == expected
    rates = outcome_rates(counts)
    assert rates.eligibility == pytest.approx(30 / 31)
    assert rates.value("RR1") == pytest.approx(24 / 59)


def test_the_page_answers_with_numbers(collection, client_of):
    text = page(client_of("reader"))
    assert "24 of 59 have sent their answers (40.7%, RR1)" in text
    assert "3 more have answered enough to count (45.8% together, RR2)" in text
    assert "32 are missing" in text
    assert "R-indicator is" in text
    assert "Size: small" in text
    assert "Most came on 1 September 2026: 5." in text
    assert "RR6" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Hvor mange har svart"), ("nn", "Kor mange har svara")],
)
def test_the_page_speaks_norwegian(collection, client_of, language, words):
    text = page(client_of("owner"), language)
    assert words in text
    assert "40,7 %" in text


def test_who_is_missing_can_be_filtered_in_the_address(collection, client_of):
    client = client_of("analyst")
    refused = page(client, query="?code=2.111")
    assert "One unit without answers" in refused
    large = page(client, query="?by_size=large")
    assert "3 units without answers" in large
    everything = page(client, query="?by_size=nonsense&code=")
    assert "32 units without answers" in everything


def test_an_attribute_known_only_of_those_that_answered_is_set_aside(collection, client_of):
    study = collection.study
    policy = study.attributes.create(
        identifier="policy", label={"en": "Policy"}, type="nominal", categories=[]
    )
    for number, each in enumerate(standings(collection)):
        if each.counts:
            each.respondent.unit.values.create(attribute=policy, value=["no", "yes"][number % 2])
    text = page(client_of("owner"))
    assert "Known only of those that answered" in text
    assert "Response by Policy" not in text


def test_a_collection_without_respondents_says_what_will_stand_here(study, wave, client_of):
    make_collection(study, wave, small())
    assert "Nobody has been asked yet" in page(client_of("owner"))


def test_before_any_answer_nothing_is_claimed(study, wave, client_of):
    ask(make_collection(study, wave, small()), make_units(study, 5, {"size": ["a", "b"]}))
    text = page(client_of("owner"))
    assert "0 of 5 have sent" in text
    assert "No answers have been sent yet" in text
    assert "This can be said once some units have answered" in text


def test_coders_have_no_business_here(collection, client_of):
    assert client_of("coder").get(ADDRESS).status_code == 403
    assert client_of("owner").get("/studies/trial/fieldwork/none/progress/").status_code == 404


def test_the_queries_do_not_grow_with_the_respondents(
    collection, client_of, django_assert_max_num_queries
):
    client = client_of("owner")
    client.get(ADDRESS)
    with django_assert_max_num_queries(18):
        client.get(ADDRESS)
