"""What is saved of a page, what is told of it, and that nothing is lost on the way."""

import pytest
from django.test import Client
from lxml import html
from web.answering.forms import read_form
from web.answering.instruments import every_kind

from samspill.instrument import Item
from samspill.web.fieldwork.models import Response, SavedPage
from samspill.web.fieldwork.responses import answers_of, answers_of_all


@pytest.fixture
def kinds(make_collection, make_respondent):
    return make_respondent(make_collection(every_kind()))


def page(respondent, step="first"):
    return f"/a/{respondent.token}/page/{step}/"


def answers(respondent):
    return answers_of(Response.objects.get(respondent=respondent))


def text(answer):
    return " ".join(html.fromstring(answer.content).text_content().split())


def send(client, respondent, sent, step="first", **more):
    """Open a page, fill it in and send it, as a browser does."""
    form, _ = read_form(client.get(page(respondent, step)))
    return client.post(page(respondent, step), {**form, **sent, "go": "next", **more})


def test_every_kind_of_answer_is_read_in_the_language_and_shown_again(client, kinds):
    client.cookies["samspill_language"] = "nb"
    sent = {"/any": "0", "/share": "12,5", "/channels": ["phone", "mail"], "/why": "Én\r\ntil"}
    moved = send(client, kinds, sent)
    assert moved.status_code == 303
    assert answers(kinds) == {
        Item("", "any"): "0",
        Item("", "share"): "12.5",
        Item("", "channels"): ("mail", "phone"),
        Item("", "why"): "Én\ntil",
    }
    shown, _ = read_form(client.get(page(kinds)))
    assert shown["/share"] == ["12,5"]
    assert shown["/channels"] == ["mail", "phone"]
    assert shown["/why"] == ["Én\ntil"]


def test_an_answer_with_three_decimals_stays_what_it_is(client, kinds):
    client.cookies["samspill_language"] = "nb"
    send(client, kinds, {"/any": "0", "/share": "1,234"})
    again = send(client, kinds, {"/why": "More"})
    assert again.status_code == 303
    assert answers(kinds)[Item("", "share")] == "1.234"


def test_what_cannot_be_read_is_shown_again_beside_its_fault_and_the_rest_is_saved(client, kinds):
    client.cookies["samspill_language"] = "en"
    answer = send(client, kinds, {"/any": "0", "/share": "a lot", "/why": "Kept"})
    assert answer.status_code == 422
    assert answers(kinds) == {Item("", "any"): "0", Item("", "why"): "Kept"}
    shown = html.fromstring(answer.content)
    (field,) = shown.xpath("//input[@name='/share']")
    assert field.get("value") == "a lot"
    assert field.get("aria-invalid") == "true"
    described = [shown.get_element_by_id(i) for i in field.get("aria-describedby").split()]
    assert "Write a number in digits." in " ".join(d.text_content() for d in described)
    (link,) = shown.xpath("//*[@id='summary']//li/a/@href")
    assert shown.get_element_by_id(link.removeprefix("#")).xpath(".//input[@name='/share']")
    assert shown.xpath("//title")[0].text_content().startswith("Must be corrected")


def test_an_unreadable_answer_leaves_the_one_before_standing(client, kinds):
    send(client, kinds, {"/any": "0", "/share": "7"})
    assert send(client, kinds, {"/share": "7 or 8"}).status_code == 422
    assert answers(kinds)[Item("", "share")] == "7"


def test_a_page_may_wait_for_what_must_be_answered_but_cannot_be_sent_in(client, kinds):
    client.cookies["samspill_language"] = "en"
    moved = send(client, kinds, {"/why": "First things first"})
    assert moved.status_code == 303
    assert "“First” is saved; 3 questions are left there." in text(client.get(moved["Location"]))
    refused = client.post(f"/a/{kinds.token}/review/")
    assert refused.status_code == 422
    assert "One question must be answered or corrected" in text(refused)
    assert Response.objects.get(respondent=kinds).submitted_at is None


def test_a_constraint_is_told_when_the_page_is_sent_and_again_before_sending_in(client, kinds):
    client.cookies["samspill_language"] = "en"
    send(client, kinds, {"/any": "1"})
    answer = send(client, kinds, {"/how_many": "100"})
    assert answer.status_code == 422
    assert "Below a hundred, please." in text(answer)
    assert answers(kinds)[Item("", "how_many")] == "100"
    assert client.post(f"/a/{kinds.token}/review/").status_code == 422
    assert send(client, kinds, {"/how_many": "99"}).status_code == 303
    assert client.post(f"/a/{kinds.token}/review/").status_code == 303


def test_a_question_that_an_answer_opens_on_the_same_page_is_shown_before_going_on(client, kinds):
    client.cookies["samspill_language"] = "en"
    moved = send(client, kinds, {"/any": "1"})
    assert moved["Location"].endswith("/page/first/?saved=first#q-how_many")
    again = client.get(moved["Location"].split("#")[0])
    assert "Your answers opened more questions on this page." in text(again)
    assert "/how_many" in read_form(again)[0]


def test_an_answer_to_a_question_that_was_closed_comes_back_when_it_opens_again(client, kinds):
    send(client, kinds, {"/any": "1"})
    send(client, kinds, {"/how_many": "12"})
    send(client, kinds, {"/any": "0"})
    assert "/how_many" not in read_form(client.get(page(kinds)))[0]
    send(client, kinds, {"/any": "1"})
    assert read_form(client.get(page(kinds)))[0]["/how_many"] == ["12"]


def test_a_chosen_answer_can_be_removed(client, kinds):
    send(client, kinds, {"/any": "1", "/why": "Because"})
    moved = send(client, kinds, {"/why": "Because!"}, remove="/any")
    assert moved["Location"].endswith("/page/first/#q-any")
    assert answers(kinds) == {Item("", "why"): "Because!"}


def test_sending_the_same_page_twice_saves_it_once(client, kinds):
    form, _ = read_form(client.get(page(kinds)))
    for _ in range(3):
        assert client.post(page(kinds), {**form, "/any": "0"}).status_code == 303
    assert SavedPage.objects.count() == 1


def test_opening_pages_stores_nothing(client, kinds):
    for part in ("", "overview/", "review/", "page/first/"):
        assert client.get(f"/a/{kinds.token}/{part}").status_code == 200
    assert not Response.objects.exists()
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("field", ["/nothing", "x/any", "shown", "base", "/any"])
@pytest.mark.parametrize("value", ["", "9" * 50, "-1", "\0", "<script>", "1 2 x"])
def test_what_no_browser_would_send_does_no_harm(client, kinds, field, value):
    answer = client.post(page(kinds), {"/why": "Kept", field: value})
    assert answer.status_code in {303, 422}
    stored = SavedPage.objects.get().answers if SavedPage.objects.exists() else {}
    assert set(stored) <= {"/why", "/any"}
    assert stored.get("/any", "1") in {"0", "1"}


def test_a_page_costs_few_queries(client, kinds, django_assert_max_num_queries):
    send(client, kinds, {"/any": "1"})
    with django_assert_max_num_queries(3):
        client.get(page(kinds))
    with django_assert_max_num_queries(7):
        client.post(page(kinds), {"/any": "0", "go": "next"})


# two people at one link ---------------------------------------------------------------------------


@pytest.fixture
def other():
    client = Client()
    client.cookies["samspill_language"] = "en"
    return client


@pytest.fixture
def one(client):
    client.cookies["samspill_language"] = "en"
    return client


def test_two_who_had_the_same_page_open_lose_nothing_and_choose(one, other, kinds):
    mine, _ = read_form(one.get(page(kinds)))
    theirs, _ = read_form(other.get(page(kinds)))
    one.post(page(kinds), {**mine, "/any": "1", "/why": "Mine", "/share": "5"})
    moved = other.post(page(kinds), {**theirs, "/any": "0", "/why": "Theirs", "/share": "5"})
    assert moved["Location"].endswith("/page/first/compare/")
    assert answers(kinds)[Item("", "why")] == "Mine"

    shown = other.get(moved["Location"])
    assert "Somebody else with this link saved “First”" in text(shown)
    differing = html.fromstring(shown.content).xpath("//fieldset/legend/text()")
    assert differing == ["Any?", "Why?"]
    fields = html.fromstring(shown.content).xpath("//form[@class='answers']//input[@type='hidden']")
    hidden = {field.get("name"): field.get("value") for field in fields}
    done = other.post(moved["Location"], {**hidden, "/any": "theirs", "/why": "mine"})
    assert done["Location"].endswith("/page/first/?saved=first")
    assert answers(kinds) == {
        Item("", "any"): "1",
        Item("", "why"): "Theirs",
        Item("", "share"): "5",
    }
    assert [p.answers["/why"] for p in SavedPage.objects.order_by("revision")] == [
        "Mine",
        "Theirs",
        "Theirs",
    ]
    assert not SavedPage.objects.filter(set_aside=True).exists()


def test_what_only_the_other_has_changed_is_proposed_as_the_other_has_it(one, other, kinds):
    send(one, kinds, {"/any": "0", "/why": "Old", "/share": "5"})
    mine, _ = read_form(one.get(page(kinds)))
    theirs, _ = read_form(other.get(page(kinds)))
    one.post(page(kinds), {**mine, "/why": "New"})
    moved = other.post(page(kinds), {**theirs, "/share": "6"})
    shown = html.fromstring(other.get(moved["Location"]).content)
    chosen = shown.xpath("//input[@checked]")
    assert {i.get("name"): i.get("value") for i in chosen} == {"/why": "theirs", "/share": "mine"}


def test_a_version_set_aside_waits_also_when_its_browser_is_closed(one, other, kinds):
    theirs, _ = read_form(other.get(page(kinds)))
    send(one, kinds, {"/any": "0", "/why": "Mine"})
    for _ in range(2):
        other.post(page(kinds), {**theirs, "/why": "Theirs"})
    assert SavedPage.objects.filter(set_aside=True).count() == 1
    assert "Two versions: choose" in text(one.get(f"/a/{kinds.token}/overview/"))
    assert "Theirs" in text(one.get(page(kinds) + "compare/"))


def test_a_choice_made_on_an_old_comparison_is_asked_again(one, other, kinds):
    theirs, _ = read_form(other.get(page(kinds)))
    send(one, kinds, {"/why": "Mine"})
    moved = other.post(page(kinds), {**theirs, "/why": "Theirs"})
    send(one, kinds, {"/why": "Mine, second thoughts"})
    answer = other.post(moved["Location"], {"revision": "2", "base": "1", "/why": "mine"})
    assert "The page was saved once more while you chose" in text(answer)
    assert "Mine, second thoughts" in text(answer)
    assert answers(kinds)[Item("", "why")] == "Mine, second thoughts"


def test_two_who_say_the_same_are_not_disturbed(one, other, kinds):
    theirs, _ = read_form(other.get(page(kinds)))
    send(one, kinds, {"/any": "0"})
    assert "compare" not in other.post(page(kinds), {**theirs, "/any": "0"})["Location"]


def test_one_is_told_that_somebody_else_is_answering(one, other, kinds):
    send(one, kinds, {"/any": "0"})
    said = "Somebody else with this link saved a page"
    assert said in text(other.get(page(kinds, "last")))
    assert said not in text(one.get(page(kinds, "last")))


def test_many_responses_are_read_in_one_query(
    client, kinds, make_respondent, django_assert_num_queries
):
    second = make_respondent(kinds.collection, "0302", "Nes")
    for each in (kinds, second):
        send(client, each, {"/any": "0", "/why": each.unit.identifier})
    responses = list(Response.objects.all())
    with django_assert_num_queries(1):
        found = answers_of_all(responses)
    assert found == {r.pk: answers_of(r) for r in responses}
