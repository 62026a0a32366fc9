"""E-mail to respondents, through a mail server on this machine."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.web.fieldwork.actions.messages import plan_messages, set_text, settle_left_behind
from samspill.web.fieldwork.messages.composing import compose
from samspill.web.fieldwork.messages.recipients import QUIET, Reason, decisions
from samspill.web.fieldwork.messages.sending import UNDER_WAY, send_waiting, waiting
from samspill.web.fieldwork.messages.texts import fill, shipped_text, text_faults
from samspill.web.fieldwork.models import PURPOSES, Message, Respondent, Response

pytestmark = pytest.mark.django_db


def _send(collection, purpose="invitation"):
    after = (
        Message.objects.filter(respondent__collection=collection, purpose=purpose)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    plan_messages(actor="test", collection=collection, purpose=purpose, after=after or 0)
    return send_waiting(collection, purpose)


def _a_day_later():
    Message.objects.update(handed_over_at=timezone.now() - QUIET - timedelta(minutes=1))


def test_an_invitation_arrives_with_the_headers_it_needs(mail_server, collection, respondents):
    collection.title = {"nb": "Høstens spørsmål – å, æ og ø"}
    collection.save()

    assert _send(collection).sent == 5

    received = next(m for m in mail_server.received if m["To"] == respondents[0].email)
    assert (
        received["Subject"].strip()
        == "Undersøkelsen «Høstens spørsmål – å, æ og ø»: spørsmål til u001"
    )
    assert abs(parsedate_to_datetime(received["Date"]) - timezone.now()) < timedelta(minutes=1)
    assert re.fullmatch(r"<[0-9a-f-]{36}@[\w.]+>", received["Message-ID"])
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https?://[^<>]+/u/[^<>]+/>", received["List-Unsubscribe"].strip())
    assert "kari@example.org" in received["Reply-To"]
    assert received.get_content_type() == "text/plain"
    assert received.get_content_charset() == "utf-8"
    assert f"/a/{respondents[0].token}/" in received.get_content()
    assert not [other for other in respondents[1:] if other.token in received.get_content()]
    assert len({m["Message-ID"] for m in mail_server.received}) == 5


def test_what_is_previewed_is_what_is_sent(mail_server, collection, respondents):
    composed = compose(respondents[0], "invitation")

    _send(collection)

    received = next(m for m in mail_server.received if m["To"] == composed.to)
    assert received["Subject"].strip() == composed.subject
    assert received["From"] == composed.sender
    assert received.get_content().replace("\r\n", "\n") == composed.body
    assert {name: received[name].strip() for name in composed.headers} == dict(composed.headers)


@pytest.mark.parametrize("code", ["nb", "nn", "en"])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_shipped_text_is_sound_and_filled_in_the_respondents_language(
    purpose, code, respondents
):
    shipped = shipped_text(purpose)
    assert text_faults(purpose, shipped.subject[code], shipped.body[code]) == {}

    respondents[0].language = code
    composed = compose(respondents[0], purpose)

    assert composed.language == code
    assert "{" not in composed.subject + composed.body
    assert "u001" in composed.body


def test_sending_twice_sends_nothing_twice(mail_server, collection, respondents):
    plan_messages(actor="test", collection=collection, purpose="invitation", after=0)
    plan_messages(actor="test", collection=collection, purpose="invitation", after=0)
    send_waiting(collection, "invitation")
    plan_messages(actor="test", collection=collection, purpose="invitation", after=0)
    send_waiting(collection, "invitation")
    _send(collection)

    assert sorted(mail_server.to()) == sorted(r.email for r in respondents)


def test_a_form_of_a_round_that_has_begun_begins_no_other(mail_server, collection, respondents):
    _send(collection)
    _a_day_later()
    for _ in range(2):
        plan_messages(actor="test", collection=collection, purpose="reminder", after=0)
        send_waiting(collection, "reminder")
        _a_day_later()

    assert Message.objects.filter(purpose="reminder").count() == 5


@pytest.mark.parametrize("accepted", [True, False], ids=["after", "before"])
def test_a_crash_in_the_middle_is_taken_up_and_nobody_gets_two(
    accepted, mail_server, collection, respondents, monkeypatch
):
    """The process dies at the third e-mail, after or before the server has taken it."""
    plan_messages(actor="test", collection=collection, purpose="invitation", after=0)
    real, calls = EmailBackend.send_messages, []

    def dying(self, emails):
        calls.append(emails)
        if len(calls) != 3:
            return real(self, emails)
        if accepted:
            real(self, emails)
        raise KeyboardInterrupt

    monkeypatch.setattr(EmailBackend, "send_messages", dying)
    with pytest.raises(KeyboardInterrupt):
        send_waiting(collection, "invitation")
    assert waiting(collection, "invitation").count() == 2

    send_waiting(collection, "invitation")

    assert len(mail_server.to()) == len(set(mail_server.to())) == 4 + accepted
    Message.objects.filter(state=Message.SENDING).update(
        handed_over_at=timezone.now() - UNDER_WAY * 2
    )
    assert settle_left_behind(actor="test", collection=collection, again=not accepted) == 1
    send_waiting(collection, "invitation")
    assert sorted(mail_server.to()) == sorted(r.email for r in respondents)


def test_an_e_mail_tried_again_keeps_its_identifier(mail_server, collection, respondents):
    mail_server.answers[respondents[0].email] = "451 4.3.0 Try later"
    assert _send(collection).waiting == 1
    message = Message.objects.get(respondent=respondents[0])
    assert (message.state, message.outcome) == (Message.QUEUED, "4.3.0")
    identifier = message.email.message_id

    mail_server.answers.clear()
    _send(collection)

    assert identifier in [m["Message-ID"] for m in mail_server.received]
    assert len(mail_server.received) == 5


def test_without_a_mail_server_all_wait(settings, collection, respondents):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(SamspillError, match="SAMSPILL_EMAIL_URL"):
        _send(collection)

    assert waiting(collection, "invitation").count() == 5


@pytest.mark.parametrize(
    ("answer", "bounced"),
    [
        ("550 5.1.1 No such user", True),
        ("550 5.2.2 Mailbox full", False),
        ("550 5.7.1 Policy", False),
        ("550 No", False),
    ],
)
def test_only_an_address_that_does_not_exist_marks_the_respondent(
    answer, bounced, mail_server, collection, respondents
):
    mail_server.answers[respondents[0].email] = answer

    assert _send(collection).refused == 1

    respondents[0].refresh_from_db()
    assert (respondents[0].bounced_at is not None) is bounced


def test_nothing_personal_is_logged(mail_server, collection, respondents, caplog):
    mail_server.answers[respondents[0].email] = f"550 5.1.1 <{respondents[0].email}> unknown"
    with caplog.at_level("DEBUG"):
        _send(collection)

    own = [r.getMessage() for r in caplog.records if not r.name.startswith("mail.")]
    assert not [line for line in own if "@example.org" in line or respondents[1].token in line]


standing = st.fixed_dictionaries(
    {
        "email": st.sampled_from(["", "a@example.org"]),
        "refused": st.booleans(),
        "unsubscribed": st.booleans(),
        "bounced": st.booleans(),
        "ineligible": st.sampled_from(["", "merged"]),
        "answered": st.booleans(),
        "begun": st.booleans(),
        "invited": st.booleans(),
    }
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=standing, change=st.sampled_from(["", "refused", "unsubscribed", "bounced", "answered"])
)
def test_nobody_is_reminded_who_answered_refused_unsubscribed_or_bounced(
    before, change, mail_server, collection, study
):
    """Also where it happens after the round was planned and before the e-mail is handed over."""
    mail_server.received.clear()
    collection.respondents.all().delete()
    unit, _ = study.units.get_or_create(identifier="u1")
    now = timezone.now()
    respondent = collection.respondents.create(
        unit=unit,
        email=before["email"],
        ineligible=before["ineligible"],
        **{f"{name}_at": now if before[name] else None
           for name in ("refused", "unsubscribed", "bounced")},
    )  # fmt: skip
    if before["answered"] or before["begun"]:
        Response.objects.create(
            respondent=respondent, submitted_at=now if before["answered"] else None
        )
    if before["invited"] and before["email"]:
        respondent.messages.create(
            purpose="invitation",
            to=before["email"],
            state=Message.SENT,
            handed_over_at=now - QUIET * 2,
        )
    plan_messages(actor="test", collection=collection, purpose="reminder", after=0)
    if change == "answered":
        Response.objects.update_or_create(respondent=respondent, defaults={"submitted_at": now})
    elif change:
        Respondent.objects.filter(pk=respondent.pk).update(**{f"{change}_at": now})

    send_waiting(collection, "reminder")

    off = ("refused", "unsubscribed", "bounced", "answered", "ineligible")
    due = before["invited"] and before["email"] and not any(before[name] for name in off)
    assert len(mail_server.received) == bool(due and not change)
    assert waiting(collection, "reminder").count() == 0


def test_reasons_are_given_for_those_who_get_nothing(collection, respondents):
    Respondent.objects.filter(pk=respondents[0].pk).update(email="")
    Respondent.objects.filter(pk=respondents[1].pk).update(refused_at=timezone.now())
    collection.closes_at = timezone.now()
    collection.save()

    reasons = [d.reason for d in decisions(collection, "invitation")]

    assert reasons == [Reason.NO_ADDRESS, Reason.REFUSED, *[Reason.NOT_OPEN] * 3]


def test_an_address_that_was_changed_is_invited_again(mail_server, collection, respondents):
    _send(collection)
    Respondent.objects.filter(pk=respondents[0].pk).update(email="new@example.org")

    assert _send(collection).sent == 1
    assert mail_server.to()[-1] == "new@example.org"


def test_unsubscribing_asks_when_opened_and_acts_when_posted_to(
    mail_server, collection, respondents
):
    _send(collection)
    received = next(m for m in mail_server.received if m["To"] == respondents[0].email)
    address = received["List-Unsubscribe"].strip(" <>")
    path = address[address.index("/u/") :]
    client = Client(enforce_csrf_checks=True)

    asked = client.get(path)
    respondents[0].refresh_from_db()
    assert asked.status_code == 200
    assert respondents[0].unsubscribed_at is None

    done = client.post(path, {"List-Unsubscribe": "One-Click"})
    respondents[0].refresh_from_db()
    first = respondents[0].unsubscribed_at
    assert done.status_code == 200
    assert first is not None

    client.post(path, {"List-Unsubscribe": "One-Click"})
    respondents[0].refresh_from_db()
    assert respondents[0].unsubscribed_at == first
    assert respondents[0].token not in path
    _a_day_later()
    assert _send(collection, "reminder").sent == 4


def test_a_forged_link_unsubscribes_nobody(client, respondents):
    assert client.post(f"/u/{respondents[0].pk}.abc/").status_code == 404
    assert not Respondent.objects.exclude(unsubscribed_at=None).exists()


def test_a_line_that_has_nothing_to_say_is_left_out():
    text = "A {name}\n\nCloses {closes}.\n\nEnd"
    assert fill(text, {"name": "b", "closes": ""}) == "A b\n\nEnd"


def test_what_stands_for_a_placeholder_is_not_filled_again():
    assert fill("{name}", {"name": "{link}", "link": "secret"}) == "{link}"


@pytest.mark.parametrize(
    ("subject", "body", "part"),
    [
        ("", "{link}", "subject"),
        ("a\nb", "{link}", "subject"),
        ("a", "no address", "body"),
        ("a", "{link} {nmae}", "body"),
        ("a", "{link} {", "body"),
        ("a {name.__class__}", "{link}", "subject"),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused(subject, body, part, collection):
    assert set(text_faults("invitation", subject, body)) == {part}
    with pytest.raises(SamspillError):
        set_text(
            actor="test",
            collection=collection,
            purpose="invitation",
            subject={"nb": subject},
            body={"nb": body},
        )


def test_template_code_in_a_text_is_sent_as_it_stands(mail_server, collection, respondents):
    words = {"nb": "{link} {% load x %} {{ y }}"}
    assert text_faults("invitation", "a", words["nb"])
    words = {"nb": "{link} % load x %"}
    set_text(
        actor="test",
        collection=collection,
        purpose="invitation",
        subject={"nb": "<b>&"},
        body=words,
    )
    _send(collection)
    assert mail_server.received[0]["Subject"] == "<b>&"
    assert "% load x %" in mail_server.received[0].get_content()


def test_the_server_going_away_leaves_the_rest_waiting(
    mail_server, collection, respondents, monkeypatch
):
    def gone(self, emails):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", gone)
    with pytest.raises(SamspillError):
        _send(collection)

    states = sorted(Message.objects.values_list("state", flat=True))
    assert states == [Message.QUEUED] * 4 + [Message.SENDING]
