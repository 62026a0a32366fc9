"""Open answers become texts, once each."""

from __future__ import annotations

import pytest
from web.fieldwork.fielding import answer, ask, make_collection, make_units

from samspill.instrument import shipped_instrument, steps

START = "/studies/trial/interviews/sources/answers/"


@pytest.fixture
def survey():
    return shipped_instrument("norway-2018")


@pytest.fixture
def question(survey):
    return next(q for _, q in survey.questions() if q.type == "text")


@pytest.fixture
def page(question):
    return f"{START}autumn/{question.variable}/"


@pytest.fixture
def collection(study, wave, survey):
    return make_collection(study, wave, survey)


@pytest.fixture
def responses(collection, study, survey, question):
    item = next(
        a.item for s in steps(survey) for a in s.asked if a.item.variable == question.variable
    )
    first, second, third = ask(collection, make_units(study, 3), language="nn")
    return [
        answer(first, survey, {item: "Vi manglar ein   stad\n\nå møtast."}),
        answer(second, survey, {item: "Ingen ringer tilbake."}),
        answer(third, survey, {item: "Ikke sendt inn."}, submit=False),
    ]


def test_each_answer_that_was_sent_in_becomes_a_text(client_of, study, responses, page, question):
    client = client_of("analyst")
    assert question.variable in client.get(START).content.decode()
    assert len(client.get(page).context["new"]) == 2
    client.post(page + "take-in/")
    first, second = study.sources.order_by("order")
    assert first.text == "Vi manglar ein stad\nå møtast."
    assert (first.kind, first.side, first.unit.identifier) == (
        "open_answer",
        "municipality",
        "u001",
    )
    assert (first.language, first.respondent) == ("nn", responses[0].respondent)
    assert second.text == "Ingen ringer tilbake."


def test_run_again_it_takes_only_the_new(client_of, study, responses, page):
    client = client_of("analyst")
    client.post(page + "take-in/")
    responses[2].submitted_at = responses[0].submitted_at
    responses[2].save()
    assert len(client.get(page).context["new"]) == 1
    client.post(page + "take-in/")
    client.post(page + "take-in/")
    assert study.sources.count() == 3


def test_a_changed_answer_is_shown_and_not_overwritten(client_of, study, responses, page):
    client = client_of("analyst")
    client.post(page + "take-in/")
    saved = responses[0].pages.get()
    (key,) = saved.answers
    saved.answers = {key: "Noko heilt anna."}
    saved.save()
    shown = client.get(page)
    assert [a.source.text for a in shown.context["changed"]] == ["Noko heilt anna."]
    client.post(page + "take-in/")
    assert study.sources.order_by("order").first().text.startswith("Vi manglar")


def test_an_edited_text_is_no_changed_answer(client_of, study, responses, page, make_user):
    client = client_of("analyst")
    client.post(page + "take-in/")
    source = study.sources.first()
    source.text = "Pseudonymised."
    source.save()
    assert client.get(page).context["changed"] == []


def test_a_question_with_categories_is_no_open_question(client_of, study, collection, survey):
    client = client_of("analyst")
    closed = next(q.variable for _, q in survey.questions() if q.type != "text")
    assert client.get(f"{START}autumn/{closed}/").status_code == 404
    assert client.get(f"{START}none/{closed}/").status_code == 404


@pytest.mark.parametrize("role", ["coder", "reader"])
def test_only_those_who_edit_sources_take_answers_in(client_of, study, responses, page, role):
    client = client_of(role)
    assert client.get(START).status_code == 403
    assert client.get(page).status_code == 403
    assert client.post(page + "take-in/").status_code == 403
