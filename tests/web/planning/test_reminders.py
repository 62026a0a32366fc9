"""Owners are reminded at most once a week for each measure, and nobody who does not want it."""

from __future__ import annotations

import datetime
import io
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from samspill.errors import SamspillError
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.planning.actions.reminders import send_reminders
from samspill.web.planning.models import Reminder, Silence
from samspill.web.planning.reminders import Reason, next_round

KARI = "kari.oppdiktet@example.org"


def send(municipality):
    return send_reminders(actor="test", municipality=municipality)


@pytest.fixture
def coordinator(person):
    return person("coordinator")


def addresses(mailoutbox):
    return sorted(to for mail in mailoutbox for to in mail.to)


def test_the_contact_is_reminded_else_the_unit_else_the_coordinators(
    municipality, coordinator, mailoutbox
):
    came = send(municipality)
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert set(told) == {KARI, "kultur@example.org", coordinator.email}
    assert "Liste over kontakter" in told[KARI]
    assert "Forum hvert år" in told["kultur@example.org"]
    assert "Ett søknadsskjema" in told[coordinator.email]
    assert (came.letters, came.measures) == (3, 3)
    everything = "".join(told.values())
    assert "Gratis lokaler" not in everything
    assert "Prisen" not in everything


def test_a_measure_is_reminded_of_at_most_once_a_week(municipality, coordinator, mailoutbox):
    send(municipality)
    assert send(municipality).letters == 0
    assert len(mailoutbox) == 3
    now = timezone.now()
    assert next_round(municipality, now + datetime.timedelta(days=6)).planned == []
    assert len(next_round(municipality, now + datetime.timedelta(days=7, minutes=1)).planned) == 3


def test_what_is_not_reminded_of_has_its_reason(municipality):
    found = next_round(municipality, timezone.now())
    assert [(m.identifier, reason) for m, reason in found.left] == [("grants", Reason.NOBODY)]


def test_a_contact_who_has_left_is_not_written_to(municipality, of, today, mailoutbox, coordinator):
    change_entry(actor="test", entry=of("contacts", "kari"), values={"left_on": today})
    send(municipality)
    assert KARI not in addresses(mailoutbox)


def test_a_person_may_stop_reminders_by_the_link_and_the_unit_gets_them(
    municipality, coordinator, mailoutbox, client
):
    send(municipality)
    mail = next(m for m in mailoutbox if m.to == [KARI])
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link[link.index("/municipalities/") :]
    assert client.get(path).status_code == 200
    assert not Silence.objects.exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Silence.objects.count() == 1
    Reminder.objects.all().delete()
    mailoutbox.clear()
    send(municipality)
    assert KARI not in addresses(mailoutbox)
    assert "Liste over kontakter" in next(
        m.body for m in mailoutbox if m.to == ["kultur@example.org"]
    )
    client.post(path, {"again": "1"})
    assert not Silence.objects.exists()


def test_a_coordinator_may_stop_reminders_too(municipality, coordinator, mailoutbox, client):
    send(municipality)
    mail = next(m for m in mailoutbox if m.to == [coordinator.email])
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    client.post(link[link.index("/municipalities/") :])
    Reminder.objects.all().delete()
    assert coordinator.email not in {
        one.recipient.address for one in next_round(municipality, timezone.now()).planned
    }


def test_a_unit_is_offered_no_link(municipality, coordinator, mailoutbox):
    send(municipality)
    mail = next(m for m in mailoutbox if m.to == ["kultur@example.org"])
    assert "List-Unsubscribe" not in mail.extra_headers
    assert "/stop/" not in mail.body


@pytest.mark.parametrize("signed", ["x", "9901-c-1.forged", "9902-c-1.AAAA", "..."])
def test_a_link_that_was_not_made_here_stops_nothing(municipality, client, signed):
    answer = client.post(f"/municipalities/9901/plan/reminders/stop/{signed}/")
    assert answer.status_code == 404
    assert not Silence.objects.exists()


def test_a_link_of_one_municipality_is_none_in_another(municipality, person, mailoutbox, client):
    person("coordinator")
    person("stranger")
    send(municipality)
    mail = next(m for m in mailoutbox if m.to == [KARI])
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    path = link[link.index("/municipalities/") :].replace("/9901/", "/9902/", 1)
    assert client.post(path).status_code == 404


def test_the_log_says_which_measures_and_no_address(municipality, coordinator, mailoutbox, client):
    send(municipality)
    event = Event.objects.filter(action="planning.send_reminders").get()
    assert event.new == {"letters": 3, "measures": ["forum", "grants", "list"]}
    link = mailoutbox[0].extra_headers.get("List-Unsubscribe", "")
    if link:
        client.post(link[link.index("/municipalities/") : -1])
    for found in Event.objects.filter(action__startswith="planning."):
        assert "@" not in f"{found.actor}{found.subject}{found.old}{found.new}"


class Away(EmailBackend):
    def open(self):
        raise ConnectionRefusedError


class RefusesKari(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == [KARI]:
            raise smtplib.SMTPRecipientsRefused({KARI: (550, b"5.1.1")})
        return super().send_messages(messages)


def test_where_the_server_is_away_nothing_counts_as_sent(municipality, coordinator):
    with pytest.raises(SamspillError) as caught:
        send_reminders_with(Away, municipality)
    assert caught.value.next_step
    assert not Reminder.objects.exists()
    assert not Event.objects.filter(action="planning.send_reminders").exists()


def send_reminders_with(backend, municipality):
    """Send through a backend of this module, which has no name that Django could import."""
    from samspill.web.planning import letters

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(letters, "get_connection", backend)
        return send(municipality)


def test_an_address_that_is_refused_leaves_its_measures_for_the_next_time(
    municipality, coordinator, mailoutbox
):
    came = send_reminders_with(RefusesKari, municipality)
    assert (came.letters, came.refused) == (2, 1)
    marked = set(Reminder.objects.values_list("measure__identifier", flat=True))
    assert marked == {"forum", "grants"}


def test_the_preview_is_what_is_sent_and_sends_nothing(signed_in, municipality, mailoutbox):
    page = signed_in("coordinator").get("/municipalities/9901/plan/reminders/")
    shown = {one.letter.to: one.letter.body for one in page.context["round"].planned}
    assert mailoutbox == []
    assert not Reminder.objects.exists()
    send(municipality)
    assert {mail.to[0]: mail.body for mail in mailoutbox} == shown


def test_the_command_counts_and_prints_no_address(municipality, coordinator, mailoutbox):
    told = io.StringIO()
    call_command("remind_owners", preview=True, stdout=told)
    assert mailoutbox == []
    call_command("remind_owners", municipality="9901", stdout=told)
    assert len(mailoutbox) == 3
    lines = told.getvalue().splitlines()
    assert lines == ["9901  3 e-mails  3 measures  0 refused"] * 2
    with pytest.raises(CommandError):
        call_command("remind_owners", municipality="0000")


def test_the_button_starts_the_work_that_sends(signed_in, municipality, mailoutbox):
    from samspill.web.jobs.models import Job
    from samspill.web.jobs.running import run_job

    answer = signed_in("coordinator").post("/municipalities/9901/plan/reminders/send/")
    job = Job.objects.get()
    assert str(job.identifier) in answer.url
    run_job.func(str(job.identifier))
    job.refresh_from_db()
    assert job.state == "done", job.error
    assert len(mailoutbox) == 3
