"""Who is missing: the page of results, and choosing weights before there are any."""

from __future__ import annotations

import json
import random

import pytest
from web.fieldwork.fielding import answer, ask, guesses, make_collection, make_units

from samspill.instrument import shipped_instrument
from samspill.web.audit.models import Event

ENGLISH = {"accept-language": "en"}


def test_the_founding_study_says_what_the_silence_could_change(founding, client, rows, heading):
    page = client.get("/results/norway-2018/response/", headers=ENGLISH)
    assert heading(page) == "Who is missing, and what could the silence change?"
    text = page.content.decode()
    assert "199" in text
    assert "440" in text
    assert ["Integration", "+25.9", "+12.6 to +38.3", "−2.0", "−31.4"] in [
        r[:5] for r in rows(page)
    ]
    assert "/results/norway-2018/figures/silence.svg" in text


def test_the_policy_page_gives_the_condition_of_what_remains(founding, client):
    text = client.get("/results/norway-2018/policy/", headers=ENGLISH).content.decode()
    assert "It stays clear of zero unless the difference among the 199 silent units" in text
    assert "/results/norway-2018/response/" in text


def test_differences_of_real_answers_that_tell_of_few_are_left_out(observed, client, rows):
    from samspill.web.results.policy import hidden_pairs
    from samspill.web.results.published import edition

    page = client.get("/results/norway-2018/response/", headers=ENGLISH)
    assert page.status_code == 200
    hidden = hidden_pairs(edition(observed))
    shown = {row[0] for row in rows(page)}
    assert bool(hidden) == ("Some differences are not shown" in page.content.decode())
    assert shown


@pytest.fixture
def collection(study, wave):
    """Forty units of two sizes; the large answer more often."""
    instrument = shipped_instrument("pulse")
    source = random.Random(1)
    made = make_collection(study, wave, instrument)
    units = make_units(study, 40, {"size": ["small", "large"]})
    for place, respondent in enumerate(ask(made, units)):
        if place % 2 or place % 4 == 0:
            answer(respondent, instrument, guesses(instrument, source))
    return made


def given(**changes):
    return {
        "method": "raking",
        "use_size": "frame",
        "low": "0.3",
        "high": "3",
        "headline": "weighted",
        "chosen_by": "The project group",
        "reason": "The small answered too rarely.",
    } | changes


def test_weights_are_seen_before_they_are_chosen_and_go_with_the_draft(
    client_of, client, collection
):
    from samspill.analysis import open_study
    from samspill.web.results.drafts import prepare
    from samspill.web.results.missing.choices import chosen_weighting

    client_of("owner")
    address = f"/results/trial/weighting/{collection.identifier}/"
    assert client.get(address).status_code == 200
    seen = client.post(address, given(see="1"), headers=ENGLISH).content.decode()
    assert "What would the weights be?" in seen
    assert "as good as 27 equal answers" in seen
    assert chosen_weighting(collection) is None
    kept = client.post(address, given(keep="1"))
    assert kept.status_code == 302
    event = Event.objects.get(action="results.choose_weighting")
    assert event.new["reason"] == "The small answered too rarely."
    draft = prepare(collection)
    declared = json.loads((draft.folder / "datapackage.json").read_text())["samspill"]["weighting"]
    assert declared["chosen_by"] == "The project group"
    weights = open_study(draft.folder).weights
    assert weights.diagnostics["sum"].item() == pytest.approx(40)
    client.post(address, {"drop": "1"})
    assert chosen_weighting(collection) is None
    assert Event.objects.filter(action="results.drop_weighting").count() == 1


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"use_size": "no"}, "Choose at least one variable."),
        ({"use_size": "by_hand", "totals_size": "large: 20"}, "is not a value, an equals sign"),
        ({"use_size": "by_hand", "totals_size": "large = 40"}, "Units with size = small answered"),
        ({"method": "calibration", "low": ""}, "needs this limit"),
    ],
)
def test_what_cannot_be_weighted_is_told_and_nothing_is_kept(
    client_of, client, collection, changes, fault
):
    from samspill.web.results.missing.choices import chosen_weighting

    client_of("owner")
    address = f"/results/trial/weighting/{collection.identifier}/"
    page = client.post(address, given(keep="1", **changes), headers=ENGLISH)
    assert page.status_code == 200
    assert fault in page.content.decode().replace("&#x27;", "'")
    assert chosen_weighting(collection) is None


def test_only_those_who_publish_choose_weights(client_of, client, collection):
    client_of("reader")
    assert client.get("/results/trial/weighting/").status_code == 403
