"""In a crisis: what anyone sees, who has room, and lists that are handed over."""

import csv
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web.volunteering.receiving import PERSON, day, need, offer, organisation, room

from samspill.errors import SamspillError
from samspill.web.audit.models import Event
from samspill.web.municipality.models import Offer, Referral
from samspill.web.volunteering.actions.handing import hand_over
from samspill.web.volunteering.actions.surges import begin_surge, end_surge
from samspill.web.volunteering.models import surge_in
from samspill.web.volunteering.status import status_of

AT = "/municipalities/9901/volunteers/crisis/"


def test_a_crisis_is_switched_on_and_off_with_its_reason_in_the_log(desk, client, municipality):
    desk.post(f"{AT}begin/", {"reason": "Flom i dalen"})
    assert "Flom i dalen" in client.get("/municipalities/9901/help/").content.decode()
    assert "Flom i dalen" in client.get("/municipalities/9901/help/status/").content.decode()
    with pytest.raises(SamspillError):
        begin_surge(actor="test", municipality=municipality, reason="En til")
    desk.post(f"{AT}end/")
    assert surge_in(municipality) is None
    assert "Flom i dalen" not in client.get("/municipalities/9901/help/").content.decode()
    logged = Event.objects.filter(action__startswith="volunteering.")
    assert [(e.action, e.actor) for e in logged.order_by("pk")] == [
        ("volunteering.begin_surge", "coordinator@k.example"),
        ("volunteering.end_surge", "coordinator@k.example"),
    ]
    with pytest.raises(SamspillError):
        end_surge(actor="test", municipality=municipality)


def test_those_who_waited_longest_are_handed_over_as_far_as_there_is_room(municipality, delivered):
    receiver = organisation(municipality, "red-cross")
    room(municipality, receiver, 2)
    made = [offer(municipality, name=f"Person {n}", email=f"p{n}@x.example") for n in range(3)]
    with pytest.raises(SamspillError):
        hand_over(actor="test", organisation=receiver)
    begin_surge(actor="test", municipality=municipality, reason="Flom")
    with delivered() as box:
        given_now = hand_over(actor="test", organisation=receiver)
    assert [r.offer_id for r in given_now] == [made[0].pk, made[1].pk]
    assert {m.to[0] for m in box} == {
        "p0@x.example", "p1@x.example", "red-cross@organisation.example",
    }  # fmt: skip
    to_the_organisation = next(m for m in box if m.to == ["red-cross@organisation.example"])
    assert "Person 0" not in to_the_organisation.body
    with pytest.raises(SamspillError):
        hand_over(actor="test", organisation=receiver)
    assert Offer.objects.filter(status="waiting").count() == 1


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    persons=st.integers(0, 4),
    fields=st.lists(st.sampled_from(["integration", "health_care"]), min_size=1, max_size=6),
    only=st.sampled_from(["", "integration"]),
)
def test_no_more_are_handed_over_than_there_is_room_for(municipality, persons, fields, only):
    from django.db import transaction

    with transaction.atomic():
        receiver = organisation(municipality, "red-cross")
        room(municipality, receiver, persons, field=only)
        for name in fields:
            offer(municipality, fields=[name])
        begin_surge(actor="test", municipality=municipality, reason="Flom")
        fit = [name for name in fields if only in {"", name}]
        expected = min(persons, len(fit))
        if expected:
            hand_over(actor="test", organisation=receiver)
        else:
            with pytest.raises(SamspillError):
                hand_over(actor="test", organisation=receiver)
        assert Referral.objects.filter(outcome="accepted").count() == expected
        transaction.set_rollback(True)


def test_the_list_holds_those_received_in_three_forms_and_is_logged(desk, municipality):
    receiver = organisation(municipality, "red-cross")
    room(municipality, receiver, 1)
    offer(municipality, name="=HYPERLINK(1)", phone="+47 999 88 777")
    offer(municipality, name="Venter Ennå")
    begin_surge(actor="test", municipality=municipality, reason="Flom")
    hand_over(actor="test", organisation=receiver)
    page = desk.get(f"{AT}red-cross/list/").content.decode()
    text = desk.get(f"{AT}red-cross/list.csv").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{AT}red-cross/list.xlsx").content))
    rows = list(csv.reader(io.StringIO(text)))
    sheet = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert sheet[1][0] == "=HYPERLINK(1)"
    assert book.active["A2"].data_type == "s"
    assert rows[1][0].startswith("'="), "no spreadsheet takes it for a formula"
    assert rows[1][2] == sheet[1][2] == PERSON["email"]
    assert PERSON["email"] in page
    for content in (page, text, str(sheet)):
        assert "Venter" not in content
        assert "oppdiktet" in content
    logged = Event.objects.filter(action="volunteering.hand_over").order_by("pk")
    assert [e.new for e in logged] == [
        {"persons": 1, "form": form} for form in ("print", "csv", "xlsx")
    ]
    assert desk.get(f"{AT}red-cross/list.exe").status_code == 404


@pytest.mark.parametrize(("persons", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_anyone_sees_persons_in_steps_of_five(municipality, persons, shown):
    for _ in range(persons):
        offer(municipality)
    status = status_of(municipality, day())
    assert status.at_least == shown
    assert all(one.at_least == shown for one in status.fields)


def test_the_status_says_what_is_needed_and_where_it_is_full(client, municipality):
    full, roomy = organisation(municipality, "full"), organisation(municipality, "roomy")
    room(municipality, full, 0)
    room(municipality, roomy, 3)
    need(municipality, "homework", organisation="roomy", wanted=4)
    need(municipality, "closed", organisation="roomy", closed_on=day())
    need(municipality, "draft", organisation="roomy", published_on=None)
    status = status_of(municipality, day())
    assert [(str(r.organisation), r.is_full) for r in status.receivers] == [
        ("Full", True),
        ("Roomy", False),
    ]
    (field,) = status.fields
    assert (field.wanted, [s.need.identifier for s in field.needs]) == (4, ["homework"])
    assert status.changed_at == Event.objects.latest("pk").at
    page = client.get("/municipalities/9901/help/status/").content.decode()
    assert "Homework" in page
    assert "Draft" not in page


def test_a_need_shows_anyone_only_what_is_public(client, municipality):
    organisation(municipality, "hidden", public=[])
    need(
        municipality, "homework", organisation="hidden", description="Kun internt",
        public=["title", "organisation"],
    )  # fmt: skip
    page = client.get("/municipalities/9901/help/needs/").content.decode()
    assert "Homework" in page
    assert "Kun internt" not in page
    assert "Hidden" not in page
