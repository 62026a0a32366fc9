"""What a gathering brings together, and what came of it."""

import pytest
from web.volunteering.receiving import day, entry, need, offer, organisation, unit

from samspill.errors import SamspillError
from samspill.web.municipality.matches import due_matches
from samspill.web.municipality.models import Match, Relation
from samspill.web.volunteering.actions.gatherings import add_match, follow_up_match
from samspill.web.volunteering.board import brought_to

AT = "/municipalities/9901/gatherings/g-1/"


@pytest.fixture
def gathering(municipality):
    return entry(
        municipality, "gatherings", "g-1", title="Treff", held_on=day(days=-10),
        fields=["integration"],
    )  # fmt: skip


def test_open_needs_and_offers_in_the_fields_are_brought_there(municipality, gathering):
    receiver, service = organisation(municipality, "club"), unit(municipality)
    before = day(days=-20)
    need(municipality, "here", published_on=before, municipal_unit=service.identifier)
    need(municipality, "any-field", published_on=before, field="")
    need(municipality, "other", published_on=before, field="culture_leisure")
    need(municipality, "closed", published_on=before, closed_on=day(days=-15))
    need(municipality, "later", published_on=day())
    entry(
        municipality, "offers", "o-club", organisation=receiver.identifier, fields=["integration"],
        given_on=before, expires_on=day(days=90), status="waiting",
    )  # fmt: skip
    offer(municipality)
    board = brought_to(gathering, day())
    assert [n.identifier for n in board.needs] == ["here", "any-field"]
    assert [o.identifier for o in board.offers] == ["o-club"]


def test_a_match_is_followed_up_and_becomes_a_relation(desk, municipality, gathering):
    receiver, service = organisation(municipality, "club"), unit(municipality)
    need(municipality, "homework", published_on=day(days=-20), municipal_unit=service.identifier)
    desk.post(f"{AT}match/", {"need": "homework", "by": "organisation:club", "offered": "Lekser"})
    match = Match.objects.get()
    assert (match.organisation, match.outcome) == (receiver, "pending")
    assert match.follow_up_on == day(days=80)

    page = desk.get(AT).content.decode()
    assert "Gjør det til en relasjon" not in page
    answer = {f"{match.identifier}-outcome": "led_to_collaboration"}
    desk.post(f"{AT}matches/{match.identifier}/", answer)
    match.refresh_from_db()
    assert (match.followed_up_on, match.follow_up_on) == (day(), None)

    page = desk.get(AT)
    ((_, _, address),) = page.context["matches"]
    form = desk.get(address).context["form"]
    given = {name: form.initial.get(name) for name in ("organisation", "municipal_unit", "field")}
    assert given == {"organisation": "club", "municipal_unit": "refugees", "field": "integration"}
    desk.post(address, {**form.initial, "form": "service_delivery"})
    made = Relation.objects.get()
    assert (made.organisation, made.municipal_unit) == (receiver, service)


def test_a_match_that_is_not_settled_is_asked_about_again(desk, municipality, gathering):
    organisation(municipality, "club")
    need(municipality, "homework", published_on=day(days=-20))
    desk.post(
        f"{AT}match/",
        {"need": "homework", "by": "organisation:club", "follow_up_on": day(days=-1).isoformat()},
    )
    (due,) = [one.match for one in desk.get("/municipalities/9901/gatherings/").context["due"]]
    past = {f"{due.identifier}-outcome": "pending", f"{due.identifier}-follow_up_on": str(day())}
    desk.post(f"{AT}matches/{due.identifier}/", past)
    assert desk.get("/municipalities/9901/gatherings/").context["due"], "that day is no new day"
    ahead = {**past, f"{due.identifier}-follow_up_on": str(day(days=30))}
    desk.post(f"{AT}matches/{due.identifier}/", ahead)
    assert desk.get("/municipalities/9901/gatherings/").context["due"] == []


def test_nobody_answers_oneself_or_twice(municipality, gathering):
    receiver = organisation(municipality, "club")
    own = need(municipality, "own", organisation="club")
    others = need(municipality, "others")
    with pytest.raises(SamspillError):
        add_match(actor="test", gathering=gathering, need=own, by=receiver, offered="")
    add_match(actor="test", gathering=gathering, need=others, by=receiver, offered="")
    with pytest.raises(SamspillError):
        add_match(actor="test", gathering=gathering, need=others, by=receiver, offered="")


def test_needs_are_published_and_closed_at_the_desk(desk, client, municipality):
    need(municipality, "draft", published_on=None)
    at = "/municipalities/9901/volunteers/needs/draft/close/"
    desk.post(at, {"publish": "1"})
    assert "Draft" in client.get("/municipalities/9901/help/needs/").content.decode()
    desk.post(at)
    assert "Draft" not in client.get("/municipalities/9901/help/needs/").content.decode()


def own_match(municipality, **values):
    """A match that organisations made on their own pages."""
    organisation(municipality, "club")
    need(municipality, "homework", published_on=day(days=-20))
    return entry(
        municipality, "matches", "m-own", need="homework", organisation="club",
        outcome="pending", **values,
    )  # fmt: skip


def test_a_match_without_a_gathering_is_followed_up_too(desk, municipality):
    match = own_match(municipality, follow_up_on=day(days=-1))
    page = desk.get("/municipalities/9901/gatherings/")
    assert [one.match for one in page.context["due"]] == [match]
    assert "/municipalities/9901/volunteers/matches/" in page.content.decode()
    today = desk.get("/municipalities/9901/")
    assert "matches/m-own" in today.content.decode()
    there = "/municipalities/9901/volunteers/matches/"
    assert desk.get(there).status_code == 200
    later = day(days=30)
    answer = {"m-own-outcome": "pending", "m-own-follow_up_on": later.isoformat()}
    desk.post(f"{there}m-own/", answer)
    match = Match.objects.get()
    assert (match.followed_up_on, match.follow_up_on) == (day(), later)
    assert due_matches(municipality, day()) == []
    assert [one.match for one in due_matches(municipality, later)] == [match]


def test_one_that_was_made_without_a_day_is_due_90_days_after_it_was_made(municipality):
    match = own_match(municipality)
    assert due_matches(municipality, day(days=88)) == []
    assert [one.match for one in due_matches(municipality, day(days=91))] == [match]


def test_a_settled_match_is_due_no_more(municipality):
    match = own_match(municipality, follow_up_on=day(days=-1))
    follow_up_match(actor="kari", match=match, outcome="came_to_nothing")
    assert due_matches(municipality, day(days=400)) == []
