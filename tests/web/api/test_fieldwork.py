"""Respondents, response and answers of a collection through the API."""

import csv
import io

import pytest
from web.answering.asking import ask

from samspill.web.audit.models import Event
from samspill.web.fieldwork.models import Respondent, Response, SavedPage

ANSWERS = {"/any": "1", "/how_many": "12", "/channels": ["mail", "phone"], "/why": "So"}


@pytest.fixture
def respondent(collection):
    return ask(collection)


@pytest.fixture
def at(collection, respondent):
    """The path of the respondent."""
    return f"collections/{collection.identifier}/respondents/{respondent.pk}"


def _page(answers=ANSWERS, **more):
    return {"mode": "phone", "answers": answers, **more}


def test_a_list_of_respondents_is_taken_in(send, collection):
    for code in ("0301", "3001"):
        collection.study.units.create(identifier=code)
    rows = [{"unit": "0301", "email": "post@example.org", "language": "nn"}, {"unit": "3001"}]
    path = f"collections/{collection.identifier}/respondents"
    assert send("post", path, {"respondents": rows}).json() == {
        "added": 2,
        "changed": 0,
        "unchanged": 0,
    }
    assert send("post", path, {"respondents": rows}).json()["unchanged"] == 2
    assert Respondent.objects.get(unit__identifier="0301").email == "post@example.org"
    assert "post@example.org" not in send("get", path).content.decode()


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"unit": "none"}, "respondents.1.unit"),
        ({"unit": "0301"}, "respondents.1.unit"),
        ({"unit": "3001", "email": "no address"}, "respondents.1.email"),
        ({"unit": "3001", "side": "organisation"}, "respondents.1.side"),
        ({"unit": "3001", "organisation": "A club"}, "respondents.1.organisation"),
    ],
)
def test_one_fault_keeps_all_respondents_out(send, collection, row, place):
    for code in ("0301", "3001"):
        collection.study.units.create(identifier=code)
    path = f"collections/{collection.identifier}/respondents"
    answer = send("post", path, {"respondents": [{"unit": "0301"}, row]})
    assert answer.status_code == 422
    assert place in [fault["place"] for fault in answer.json()["faults"]]
    assert not collection.respondents.exists()


def test_a_refusal_is_written_down_and_taken_back(send, at, respondent):
    assert send("patch", at, {"refused": True}).json()["refused"]
    assert Event.objects.filter(action="fieldwork.mark_refused").count() == 1
    assert not send("patch", at, {"refused": False}).json()["refused"]


def test_who_does_not_belong_is_marked_with_a_reason(send, at, respondent):
    answer = send("patch", at, {"ineligible": "Merged"}).json()
    assert (answer["ineligible"], answer["refused"]) == ("Merged", False)


def test_answers_are_entered_page_by_page_and_sent(send, at, collection, respondent):
    pages = send("get", f"{at}/pages?language=en").json()
    assert [page["page"] for page in pages] == ["first", "last"]
    assert "/why" in pages[0]["asks"]
    saved = send("put", f"{at}/pages/first", _page()).json()
    assert (saved["answers"], saved["revision"]) == (ANSWERS, 1)
    assert send("post", f"{at}/submission", {"mode": "phone"}).json()["submitted_at"]
    response = Response.objects.get()
    assert (response.mode, response.entered_by.email[:7]) == ("phone", "analyst")
    assert Event.objects.filter(action="fieldwork.enter_response").count() == 1


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"/any": "perhaps"}, "answers./any"),
        ({"/any": "1", "/how_many": "100"}, "answers./how_many"),
        ({"/any": "1", "/nothing": "1"}, "answers./nothing"),
        ({"/any": ["1", "0"]}, "answers./any"),
        ({"/rest": "of another page"}, "answers./rest"),
    ],
)
def test_an_answer_that_does_not_fit_saves_nothing(send, at, respondent, answers, place):
    answer = send("put", f"{at}/pages/first", _page(answers))
    assert answer.status_code == 422
    assert place in [fault["place"] for fault in answer.json()["faults"]]
    assert not SavedPage.objects.exists()


def test_nothing_is_sent_while_what_must_be_answered_is_lacking(send, at, respondent):
    send("put", f"{at}/pages/first", _page({"/why": "So"}))
    answer = send("post", f"{at}/submission", {"mode": "paper"})
    assert answer.status_code == 422
    assert [fault["place"] for fault in answer.json()["faults"]] == ["answers./any"]
    assert Response.objects.get().submitted_at is None


def test_what_the_respondent_has_saved_is_not_overwritten_unread(send, at, client, respondent):
    client.post(f"/a/{respondent.token}/page/first/", {"/any": "0", "base": "0"})
    before = list(SavedPage.objects.values_list("revision", "answers"))
    assert before
    answer = send("put", f"{at}/pages/first", _page())
    assert answer.status_code == 409
    assert list(SavedPage.objects.values_list("revision", "answers")) == before
    revision = send("get", f"{at}/pages").json()[0]["revision"]
    assert send("put", f"{at}/pages/first", _page(base=revision)).status_code == 200


def test_nothing_is_entered_before_the_collection_opens(send, at, collection, respondent):
    collection.opens_at = None
    collection.save()
    assert send("put", f"{at}/pages/first", _page()).status_code == 400
    assert not SavedPage.objects.exists()


def test_answers_are_taken_out_tidy_and_it_stands_in_the_log(send, at, collection, respondent):
    send("put", f"{at}/pages/first", _page())
    send("post", f"{at}/submission", {"mode": "phone"})
    path = f"collections/{collection.identifier}/answers"
    rows = send("get", path).json()
    assert {"unit": "0301", "field": "", "variable": "how_many", "value": "12"} in rows
    told = Event.objects.get(action="fieldwork.export")
    assert (told.actor[:7], told.new) == ("analyst", {"formats": ["json"]})
    table = send("get", f"{path}?format=csv").content.decode()
    assert list(csv.DictReader(io.StringIO(table))) == rows


def test_the_response_is_that_of_the_dashboard(send, at, collection, respondent):
    ask(collection, "3001", "Halden", email="post@example.org")
    ask(collection, "3002", "Moss", ineligible="Merged")
    send("put", f"{at}/pages/first", _page())
    send("post", f"{at}/submission", {"mode": "phone"})
    found = send("get", f"collections/{collection.identifier}/response").json()
    counts = {case["code"]: case["count"] for case in found["cases"] if case["count"]}
    assert counts == {"1.1": 1, "3.19": 1, "4.10": 1}
    rates = {rate["rate"]: rate["value"] for rate in found["rates"]}
    assert rates["RR1"] == 0.5
    assert found["representativity"] is None
    assert found["no_representativity"]
