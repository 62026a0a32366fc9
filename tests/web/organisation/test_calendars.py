"""A calendar at its secret address, read as calendars do."""

from __future__ import annotations

import icalendar
import pytest
from django.urls import reverse

from samspill.web.access.models import Position
from samspill.web.organisation.actions.keys import withdraw_link
from samspill.web.organisation.calendars import address_of
from samspill.web.organisation.models import Feed, Link


@pytest.fixture
def followed(signed_in, at):
    client = signed_in("representative")
    client.post(at("follow"))
    return address_of(Feed.objects.get())


def test_it_holds_what_the_page_tells_and_says_that_it_is_invented(client, followed):
    client.logout()
    answer = client.get(followed)
    assert answer["Content-Type"].startswith("text/calendar")
    feed = icalendar.Calendar.from_ical(answer.content)
    told = "\n".join(str(event["summary"]) for event in feed.walk("VEVENT"))
    assert len(feed.walk("VEVENT")) == 3
    for title in ("Bruk av kulturhuset", "Rådsmøte", "Kulturmidler"):
        assert title in told
    assert "Invented" in answer.content.decode()


def test_the_address_is_the_same_each_time_until_it_is_taken_away(client, at, followed):
    assert followed in client.get(at("page")).content.decode()
    assert address_of(Feed.objects.get()) == followed
    client.post(at("stop_following"))
    assert client.get(followed).status_code == 404
    client.post(at("follow"))
    assert address_of(Feed.objects.get()) != followed


def test_it_stops_with_the_position(client, followed):
    assert client.get(followed).status_code == 200
    Position.objects.all().delete()
    assert client.get(followed).status_code == 404


def test_it_stops_with_the_link(client, at, token):
    client.post(at("follow", token=token))
    address = address_of(Feed.objects.get())
    assert client.get(address).status_code == 200
    assert token not in address
    withdraw_link(actor="kari", link=Link.objects.get())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("signed", ["1", "1:forged", "x:y:z"])
def test_an_address_that_is_not_signed_leads_nowhere(client, followed, signed):
    assert client.get(reverse("calendar", args=(signed,))).status_code == 404
