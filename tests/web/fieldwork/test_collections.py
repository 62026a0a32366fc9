"""A collection from preparation to closing, and who is asked."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from web.fieldwork.fielding import make_units

from samspill.errors import SamspillError
from samspill.instrument import shipped_instrument
from samspill.web.audit.models import Event
from samspill.web.fieldwork.actions.collections import (
    close_collection,
    create_collection,
    edit_collection,
    open_collection,
    reopen_collection,
)
from samspill.web.fieldwork.actions.respondents import (
    Entry,
    add_all_units,
    add_respondent,
    change_respondent,
    mark_ineligible,
    mark_refused,
    renew_link,
)
from samspill.web.fieldwork.models import Collection, Message
from samspill.web.fieldwork.roster import read_roster
from samspill.web.instruments.actions import add_instrument
from samspill.web.studies.models import UnitName

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared(study, wave, make_user):
    version = add_instrument(actor="test", study=study, content=shipped_instrument("pulse"))
    return create_collection(
        actor="test",
        study=study,
        wave=wave,
        version=version,
        identifier="pulse_2026",
        title={"nb": "Pulsen", "nn": "Pulsen", "en": "The pulse"},
        sides=["municipality", "organisation"],
    )


def _page(name, collection, *rest):
    return reverse(f"fieldwork:{name}", args=[collection.study.slug, collection.identifier, *rest])


def _file(text, name="list.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def test_opening_freezes_the_questionnaire_and_is_logged(prepared):
    assert prepared.state == Collection.PREPARED
    open_collection(actor="test", collection=prepared)
    open_collection(actor="test", collection=prepared)

    prepared.refresh_from_db()
    assert prepared.state == Collection.OPEN
    assert prepared.version.frozen_at is not None
    assert Event.objects.filter(action="fieldwork.open_collection").count() == 1


def test_closing_and_opening_again_are_logged(prepared):
    open_collection(actor="test", collection=prepared)
    close_collection(actor="test", collection=prepared)
    prepared.refresh_from_db()
    assert prepared.state == Collection.CLOSED

    with pytest.raises(SamspillError):
        close_collection(actor="test", collection=prepared)
    with pytest.raises(SamspillError):
        reopen_collection(actor="test", collection=prepared, closes_at=timezone.now())
    reopen_collection(actor="test", collection=prepared, closes_at=None)

    prepared.refresh_from_db()
    assert prepared.state == Collection.OPEN
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["fieldwork.close_collection", "fieldwork.reopen_collection"]


def test_changing_the_closing_day_does_not_close_by_accident(prepared):
    open_collection(actor="test", collection=prepared)
    with pytest.raises(SamspillError):
        edit_collection(
            actor="test",
            collection=prepared,
            title=prepared.title,
            closes_at=timezone.now() - datetime.timedelta(days=1),
            contact_name="",
            contact_email="",
        )


def test_a_short_name_is_taken_once(prepared):
    with pytest.raises(SamspillError):
        create_collection(
            actor="test",
            study=prepared.study,
            wave=prepared.wave,
            version=prepared.version,
            identifier="pulse_2026",
            title={"en": "Again"},
        )


def test_every_unit_of_the_wave_is_asked_once(prepared, study, wave):
    units = make_units(study, 3)
    units[0].ceased_on = wave.reference_date
    units[0].save()

    assert add_all_units(actor="test", collection=prepared) == 2
    assert add_all_units(actor="test", collection=prepared) == 0


def test_a_unit_has_one_municipality_and_many_organisations(prepared, study):
    unit = make_units(study, 1)[0]
    add_respondent(actor="test", collection=prepared, entry=Entry(unit))
    for name in ("Red Cross", "Choir"):
        add_respondent(actor="test", collection=prepared, entry=Entry(unit, "organisation", name))
    for again in (Entry(unit), Entry(unit, "organisation", "Choir")):
        with pytest.raises(SamspillError):
            add_respondent(actor="test", collection=prepared, entry=again)

    assert prepared.respondents.count() == 3


def test_a_new_link_revokes_the_old(prepared, study, client):
    open_collection(actor="test", collection=prepared)
    unit = make_units(study, 1)[0]
    respondent = add_respondent(actor="test", collection=prepared, entry=Entry(unit))
    old = reverse("answering:start", args=[respondent.token])
    assert client.get(old).status_code == 200

    renew_link(actor="test", respondent=respondent)

    respondent.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(reverse("answering:start", args=[respondent.token])).status_code == 200


def test_the_log_names_what_changed_and_no_address(prepared, study):
    unit = make_units(study, 1)[0]
    respondent = add_respondent(
        actor="test", collection=prepared, entry=Entry(unit, email="secret@example.org")
    )
    change_respondent(
        actor="test", respondent=respondent, email="other@example.org", name="Kari", language="nn"
    )
    mark_refused(actor="test", respondent=respondent, refused=True)
    mark_ineligible(actor="test", respondent=respondent, reason="merged")

    told = str(list(Event.objects.values("action", "subject", "old", "new")))
    assert "example.org" not in told
    assert "Kari" not in told
    assert "fieldwork.mark_ineligible" in told


def test_a_new_address_takes_the_mark_of_a_bounce_away(prepared, study):
    unit = make_units(study, 1)[0]
    respondent = add_respondent(
        actor="test", collection=prepared, entry=Entry(unit, email="a@b.no")
    )
    respondent.bounced_at = timezone.now()
    respondent.save()

    change_respondent(actor="test", respondent=respondent, email="A@b.no", name="", language="")
    respondent.refresh_from_db()
    assert respondent.bounced_at is not None

    change_respondent(actor="test", respondent=respondent, email="c@b.no", name="", language="")
    respondent.refresh_from_db()
    assert respondent.bounced_at is None


def test_a_file_of_addresses_is_taken_in_and_a_second_time_changes_nothing(
    prepared, study, client_of
):
    units = make_units(study, 2)
    UnitName.objects.create(unit=units[0], code="0301", name="Oslo")
    client = client_of("owner")
    text = "Kommunenr;E-post;Navn;Språk\n0301;post@oslo.example;Kari;nn\nu002;to@example.org;;\n"

    for _ in range(2):
        told = client.post(_page("take_in_respondents", prepared), {"file": _file(text)})
        assert told.status_code == 302

    got = sorted(prepared.respondents.values_list("unit__identifier", "email", "name", "language"))
    assert got == [("u001", "post@oslo.example", "Kari", "nn"), ("u002", "to@example.org", "", "")]
    assert Event.objects.filter(action="fieldwork.add_respondents").count() == 1


def test_a_workbook_is_read_like_a_file_of_text(prepared, study, client_of, tmp_path):
    make_units(study, 1)
    book = openpyxl.Workbook()
    book.active.append(["unit", "email", "side", "organisation"])
    book.active.append(["u001", "a@example.org", "organisation", "Choir"])
    book.active.append(["u001", "b@example.org", "organisation", "Band"])
    book.save(tmp_path / "list.xlsx")

    content = (tmp_path / "list.xlsx").read_bytes()
    client_of("owner").post(
        _page("take_in_respondents", prepared), {"file": _file(content, "list.xlsx")}
    )

    assert sorted(prepared.respondents.values_list("organisation", "email")) == [
        ("Band", "b@example.org"),
        ("Choir", "a@example.org"),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("u009;a@example.org;;;", "unit"),
        (";a@example.org;;;", "unit"),
        ("u002;no address;;;", "email"),
        ("u002;;xx;;", "language"),
        ("u002;;;state;", "side"),
        ("u002;;;municipality;Choir", "organisation"),
        ("u001;other@example.org;;;", "unit"),
    ],
)
def test_a_fault_in_one_row_takes_nothing_in_and_says_where(
    row, column, prepared, study, client_of
):
    make_units(study, 2)
    text = f"unit;email;language;side;organisation\nu001;a@example.org;;;\n{row}\n"

    told = client_of("owner").post(_page("take_in_respondents", prepared), {"file": _file(text)})

    assert [(fault.row, fault.column) for fault in told.context["faults"]] == [(3, column)]
    assert not prepared.respondents.exists()


READING = ("collection", "respondents")
RUNNING = ("edit", "close", "add", "take_in_respondents", "template", "messages")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_opens_for_an_owner(language, prepared, study, client_of):
    client = client_of("owner")
    client.cookies["samspill_language"] = language
    new = reverse("fieldwork:new", args=[study.slug])
    overview = reverse("fieldwork:overview", args=[study.slug])
    for filled in (False, True):
        if filled:
            unit = make_units(study, 1)[0]
            respondent = add_respondent(
                actor="test", collection=prepared, entry=Entry(unit, email="a@example.org")
            )
            message = Message.objects.create(
                respondent=respondent, purpose="reminder", to="a@example.org"
            )
            open_collection(actor="test", collection=prepared)
            purposes = ("invitation", "reminder", "thanks")
            pages = [
                _page("respondent", prepared, respondent.pk),
                _page("message", prepared, message.pk),
                *[_page("send", prepared, purpose) for purpose in purposes],
                *[_page("text", prepared, purpose) for purpose in purposes],
                *[_page("preview", prepared, purpose, respondent.pk) for purpose in purposes],
            ]
        else:
            pages = []
        names = [_page(name, prepared) for name in READING + RUNNING]
        for address in (overview, new, *names, *pages):
            assert client.get(address).status_code == 200, address


def test_a_reader_sees_how_it_stands_and_no_address(prepared, study, client_of):
    unit = make_units(study, 1)[0]
    respondent = add_respondent(
        actor="test", collection=prepared, entry=Entry(unit, email="secret@example.org")
    )
    client = client_of("reader")

    for name in READING:
        shown = client.get(_page(name, prepared))
        assert shown.status_code == 200
        assert "secret@example.org" not in shown.text
        assert respondent.token not in shown.text
    found = client.get(_page("respondents", prepared), {"search": "secret"})
    assert found.context["found"] == 0
    for name in RUNNING:
        assert client.get(_page(name, prepared)).status_code == 403
    assert client.get(_page("respondent", prepared, respondent.pk)).status_code == 403


def test_a_respondent_of_another_study_is_not_found(prepared, study, client_of):
    unit = make_units(study, 1)[0]
    respondent = add_respondent(actor="test", collection=prepared, entry=Entry(unit))
    client = client_of("owner")
    address = _page("respondent", prepared, respondent.pk)
    assert client.get(address.replace("pulse_2026", "other")).status_code == 404


def test_the_list_is_searched_and_filtered_by_address(prepared, study, client_of):
    units = make_units(study, 3)
    add_all_units(actor="test", collection=prepared)
    mark_refused(actor="test", respondent=prepared.respondents.get(unit=units[1]), refused=True)
    client = client_of("owner")

    assert client.get(_page("respondents", prepared), {"search": "u003"}).context["found"] == 1
    refused = client.get(_page("respondents", prepared), {"standing": "refused"})
    assert refused.context["found"] == 1


def test_a_collection_is_prepared_opened_and_closed_by_its_pages(study, wave, client_of):
    version = add_instrument(actor="test", study=study, content=shipped_instrument("pulse"))
    make_units(study, 2)
    client = client_of("owner")
    made = client.post(
        reverse("fieldwork:new", args=[study.slug]),
        {
            "title_nb": "Høsten",
            "identifier": "autumn",
            "wave": wave.pk,
            "version": version.pk,
            "sides": ["municipality"],
            "closes_at": "2199-12-31",
        },
    )
    collection = study.collections.get()
    assert made["Location"] == _page("collection", collection)
    assert timezone.localtime(collection.closes_at).strftime("%Y-%m-%d %H:%M") == "2199-12-31 23:59"

    client.post(_page("add_units", collection))
    assert collection.respondents.count() == 2
    for action, state in (("open", "open"), ("close", "closed"), ("reopen", "open")):
        client.post(_page(action, collection))
        collection.refresh_from_db()
        assert collection.state == state
    assert client.get(_page("open", collection)).status_code == 405


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("name", "x" * 201),
        ("organisation", "x" * 201),
        ("email", "a@" + ".".join(["x" * 60] * 4) + ".example.org"),
    ],
)
def test_a_text_in_a_list_that_is_too_long_is_told_and_nothing_is_taken(
    prepared, study, column, text
):
    unit = make_units(study, 1)[0]
    content = f"unit,side,{column}\n{unit.identifier},organisation,{text}\n".encode()
    roster = read_roster(prepared, content, "list.csv")
    (fault,) = [each for each in roster.faults if each.column == column]
    assert fault.row == 2
    assert roster.entries == ()


def test_the_longest_texts_that_a_list_may_have_are_stored(prepared, study):
    unit = make_units(study, 1)[0]
    content = f"unit,side,name\n{unit.identifier},organisation,{'å' * 200}\n".encode()
    roster = read_roster(prepared, content, "list.csv")
    assert not roster.faults
    add_respondent(actor="test", collection=prepared, entry=roster.entries[0])
    assert prepared.respondents.get().name == "å" * 200
