"""The whole questionnaire answered through its pages, as a respondent does."""

import random

import pytest
from web.answering.forms import walk

from samspill.instrument import (
    Item,
    relevant_steps,
    shipped_instrument,
    validate_answers,
    without_irrelevant,
)
from samspill.web.fieldwork.responses import answers_of

FORM = shipped_instrument("norway-2018")


def chosen_by(seed):
    """Answers drawn anew for each seed: among what is offered, now and then nothing."""
    draw = random.Random(seed)
    texts = ["", "Få folk", "Line one\nline two", "<b>&</b> «æøå» 𝕏", " mellomrom "]

    def answer(name, offered):
        if not offered:
            return [draw.choice(texts)]
        if name.endswith("/has_relation") or draw.random() < 0.8:
            return [draw.choice(offered)]
        return []

    return answer


@pytest.mark.parametrize("seed", range(6))
def test_what_is_sent_through_the_pages_is_what_is_stored(client, respondent, seed):
    given = {}
    draw = chosen_by(seed)

    def answer(name, offered):
        given[name] = draw(name, offered)
        return given[name]

    met = walk(client, f"/a/{respondent.token}/", answer)

    stored = answers_of(respondent.response)
    wanted = {
        Item(*name.split("/")): values[0].strip() for name, values in given.items() if any(values)
    }
    assert without_irrelevant(FORM, stored) == wanted
    assert met == [step.identifier for step in relevant_steps(FORM, stored)]
    assert validate_answers(FORM, stored, "nb") == []

    sent = client.post(f"/a/{respondent.token}/review/")
    assert sent["Location"] == f"/a/{respondent.token}/receipt/"
    respondent.response.refresh_from_db()
    assert respondent.response.submitted_at is not None
