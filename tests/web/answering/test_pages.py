"""Start, overview, review, receipt, and what is said where nothing can be answered."""

import datetime
import io

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from web.answering.forms import read_form, walk
from web.answering.instruments import every_kind

from samspill.instrument import shipped_instrument
from samspill.web.audit.models import Event
from samspill.web.fieldwork.models import Response

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def english(client):
    client.cookies["samspill_language"] = "en"
    return client


@pytest.fixture
def kinds(make_collection, make_respondent):
    return make_respondent(make_collection(every_kind()), language="nn")


def text(answer):
    return " ".join(html.fromstring(answer.content).text_content().split())


def heading(answer):
    (first,) = html.fromstring(answer.content).xpath("//h1")
    return " ".join(first.text_content().split())


def shift(respondent, **times):
    collection = respondent.collection
    for name, value in times.items():
        setattr(collection, name, value)
    collection.save()


def send_in(client, respondent):
    walk(client, f"/a/{respondent.token}/", lambda name, offered: offered[-1:] or ["7"])
    assert client.post(f"/a/{respondent.token}/review/").status_code == 303


def test_the_first_page_says_for_whom_how_long_and_whom_to_ask(english, kinds):
    shown = english.get(f"/a/{kinds.token}/")
    for said in ("on behalf of Oslo", "minutes", "Kari Prøve", "kari@example.org"):
        assert said in text(shown)
    (link,) = html.fromstring(shown.content).xpath("//input[@id='link']/@value")
    assert link == f"http://testserver/a/{kinds.token}/"


@pytest.mark.parametrize("token", ["no-such-token", "%00", "%F0%9F%98%80", "x" * 500])
def test_an_unknown_link_is_explained_and_tells_nothing(english, db, token):
    answer = english.get(f"/a/{token}/page/first/")
    assert answer.status_code == 404
    assert heading(answer) == "The link does not work"


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"opens_at": None}, "The survey has not opened yet"),
        ({"opens_at": HOUR}, "The survey has not opened yet"),
        ({"closes_at": -HOUR}, "The survey is closed"),
    ],
)
def test_before_and_after_nothing_can_be_answered_and_nothing_is_stored(
    english, kinds, times, said
):
    shift(kinds, **{k: v and timezone.now() + v for k, v in times.items()})
    base = f"/a/{kinds.token}/"
    for part in ("", "page/first/", "overview/", "review/"):
        assert heading(english.get(base + part)) == said
    assert heading(english.post(base + "page/first/", {"/any": "1"})) == said
    assert heading(english.post(base + "review/")) == said
    assert not Response.objects.exists()


def test_the_receipt_can_be_had_after_closing(english, kinds):
    send_in(english, kinds)
    shift(kinds, closes_at=timezone.now() - HOUR)
    shown = english.get(f"/a/{kinds.token}/")
    assert "See what you answered" in text(shown)
    receipt = english.get(f"/a/{kinds.token}/receipt/")
    assert heading(receipt) == "Thank you, your answers are in"
    assert "can no longer be changed" in text(receipt)


def test_answers_can_be_changed_after_sending_in_and_the_first_time_stands(english, kinds):
    send_in(english, kinds)
    first = Response.objects.get().submitted_at
    form, _ = read_form(english.get(f"/a/{kinds.token}/page/last/"))
    english.post(f"/a/{kinds.token}/page/last/", {**form, "/rest": "Changed"})
    english.post(f"/a/{kinds.token}/review/")
    assert "Changed" in text(english.get(f"/a/{kinds.token}/receipt/"))
    assert Response.objects.get().submitted_at == first


def test_before_sending_in_there_is_no_receipt(english, kinds):
    for part in ("receipt/", "receipt.pdf"):
        assert english.get(f"/a/{kinds.token}/{part}")["Location"] == f"/a/{kinds.token}/"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_pdf_is_tagged_and_claims_pdf_ua(client, kinds, language):
    client.cookies["samspill_language"] = language
    send_in(client, kinds)
    answer = client.get(f"/a/{kinds.token}/receipt.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as metadata:
            assert metadata.get("pdfuaid:part") == "1"
            assert metadata.get("dc:title") == kinds.collection.title[language]


def test_what_markup_an_answer_holds_stays_text(english, kinds):
    form, _ = read_form(english.get(f"/a/{kinds.token}/page/first/"))
    nasty = "<b>#let</b> $x$ *star* = heading\n- @ref"
    english.post(f"/a/{kinds.token}/page/first/", {**form, "/any": "0", "/why": nasty})
    review = html.fromstring(english.get(f"/a/{kinds.token}/review/").content)
    assert "<b>#let</b> $x$" in review.text_content()
    english.post(f"/a/{kinds.token}/review/")
    assert english.get(f"/a/{kinds.token}/receipt.pdf").status_code == 200


def test_who_will_not_take_part_says_so_confirms_and_can_come_back(english, kinds):
    base = f"/a/{kinds.token}/"
    assert heading(english.get(base + "decline/")) == "Will you not take part?"
    kinds.refresh_from_db()
    assert kinds.refused_at is None
    english.post(base + "decline/", {"answer": "decline"})
    kinds.refresh_from_db()
    assert kinds.refused_at is not None
    assert heading(english.get(base)) == "You have said that you will not take part"
    english.post(base + "decline/", {"answer": "take_part"})
    kinds.refresh_from_db()
    assert kinds.refused_at is None
    assert list(Event.objects.order_by("id").values_list("action", "actor")) == [
        ("answering.refuse", "respondent"),
        ("answering.take_part", "respondent"),
    ]


def test_a_page_that_the_answers_do_not_open_leads_to_the_overview(
    english, make_collection, make_respondent
):
    respondent = make_respondent(make_collection(shipped_instrument("norway-2018")))
    shown = english.get(f"/a/{respondent.token}/page/collaboration.integration/", follow=True)
    assert "“Integration” is not opened by your answers so far." in text(shown)


def test_the_respondents_language_is_spoken_until_another_is_chosen(client, kinds):
    assert html.fromstring(client.get(f"/a/{kinds.token}/").content).get("lang") == "nn"
    client.cookies["samspill_language"] = "en"
    assert html.fromstring(client.get(f"/a/{kinds.token}/").content).get("lang") == "en"


def test_to_change_language_on_a_page_saves_it_and_keeps_the_page(english, kinds):
    address = f"/a/{kinds.token}/page/first/"
    form, _ = read_form(english.get(address))
    moved = english.post(address, {**form, "/why": "Typed before", "language": "nn"})
    assert moved["Location"] == address
    shown = english.get(address)
    assert html.fromstring(shown.content).get("lang") == "nn"
    assert read_form(shown)[0]["/why"] == ["Typed before"]


def test_to_change_language_keeps_also_what_cannot_be_read(english, kinds):
    address = f"/a/{kinds.token}/page/first/"
    form, _ = read_form(english.get(address))
    shown = english.post(address, {**form, "/share": "a lot", "language": "nn"})
    assert html.fromstring(shown.content).get("lang") == "nn"
    assert read_form(shown)[0]["/share"] == ["a lot"]
    assert "What share? (nn)" in text(shown)


def test_who_has_an_account_finds_what_is_sent_to_its_address_and_no_more(
    client_of, kinds, make_respondent
):
    client = client_of()
    client.cookies["samspill_language"] = "en"
    assert "Nothing is sent to" in text(client.get("/to-answer/"))
    address = client.get("/").wsgi_request.user.email
    mine = make_respondent(kinds.collection, "0302", "Nes", email=address.upper())
    listed = html.fromstring(client.get("/to-answer/").content).xpath("//main//a/@href")
    assert [a for a in listed if a.startswith("/a/")] == [f"/a/{mine.token}/"]


def test_pages_are_small_and_not_kept_by_search_engines(english, make_collection, make_respondent):
    respondent = make_respondent(make_collection(shipped_instrument("norway-2018")))
    answer = english.get(f"/a/{respondent.token}/page/coordination/")
    assert len(answer.content) < 50_000
    assert answer["X-Robots-Tag"] == "noindex"
    assert "private" in answer["Cache-Control"]


def test_a_form_from_elsewhere_is_refused(kinds):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/a/{kinds.token}/page/first/", {"/any": "1"}).status_code == 403
    assert not Response.objects.exists()
