"""E-mails that came back: notifications written after RFC 3464 and its examples."""

from __future__ import annotations

import mailbox
from types import SimpleNamespace

import pytest
from anymail.signals import tracking
from django.core.management import call_command
from django.core.management.base import CommandError

from samspill.web.fieldwork.actions.messages import plan_messages
from samspill.web.fieldwork.messages.bounces import Notice, read_delivery_status, take_in
from samspill.web.fieldwork.messages.sending import send_waiting
from samspill.web.fieldwork.models import Message

pytestmark = pytest.mark.django_db

NOTICE = """\
Date: Tue, 24 Nov 2026 09:00:00 +0100
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>
To: samspill@localhost
Subject: Returned mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge

The original message was received and could not be delivered.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
{recipients}
--edge
Content-Type: {returned}

{headers}
--edge--
"""
RECIPIENT = """
{field}: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} said so
"""


def _notice(message_id, *recipients, returned="message/rfc822", field="Final-Recipient") -> bytes:
    blocks = "".join(
        RECIPIENT.format(field=field, address=address, action=action, status=status)
        for address, action, status in recipients
    )
    headers = f"From: samspill@localhost\nMessage-ID: {message_id}\nSubject: Invitation\n\nWords"
    return NOTICE.format(recipients=blocks, returned=returned, headers=headers).encode()


@pytest.fixture
def sent(mail_server, collection, respondents):
    plan_messages(actor="test", collection=collection, purpose="invitation", after=0)
    send_waiting(collection, "invitation")
    return Message.objects.select_related("email", "respondent").get(respondent=respondents[0])


def _bounced(message) -> bool:
    message.respondent.refresh_from_db()
    return message.respondent.bounced_at is not None


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize("field", ["Final-Recipient", "Original-Recipient"])
def test_an_address_that_does_not_exist_marks_the_respondent(returned, field, sent):
    content = _notice(
        sent.email.message_id,
        (sent.to.upper(), "failed", "5.1.1"),
        returned=returned,
        field=field,
    )

    assert take_in(content) is Notice.NO_SUCH_ADDRESS
    assert _bounced(sent)
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == (Message.BOUNCED, "5.1.1")
    when = sent.respondent.bounced_at
    assert take_in(content) is Notice.NO_SUCH_ADDRESS
    sent.respondent.refresh_from_db()
    assert sent.respondent.bounced_at == when


@pytest.mark.parametrize("status", ["5.2.1", "5.2.2", "5.7.1", "5.0.0", "5.1.0", "5.1.7", "5.4.4"])
def test_other_permanent_faults_do_not_mark_the_respondent(status, sent):
    told = take_in(_notice(sent.email.message_id, (sent.to, "failed", status)))

    assert told is Notice.CAME_BACK
    assert not _bounced(sent)
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == (Message.BOUNCED, status)


@pytest.mark.parametrize(
    ("action", "status"),
    [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0"), ("delayed", "5.1.1")],
)
def test_a_delay_or_a_delivery_changes_nothing(action, status, sent):
    told = take_in(_notice(sent.email.message_id, (sent.to, action, status)))

    assert told is Notice.DELIVERED
    assert not _bounced(sent)
    sent.refresh_from_db()
    assert sent.state == Message.SENT


def test_only_the_address_that_was_written_to_counts(sent, respondents):
    other = respondents[1].email
    assert take_in(_notice(sent.email.message_id, (other, "failed", "5.1.1"))) is Notice.UNKNOWN
    both = _notice(sent.email.message_id, (other, "failed", "5.1.1"), (sent.to, "failed", "4.2.2"))
    assert take_in(both) is Notice.CAME_BACK
    assert not _bounced(sent)


@pytest.mark.parametrize("message_id", ["", "<made-up@localhost>"])
def test_a_notification_of_an_e_mail_not_sent_from_here_is_left_alone(message_id, sent):
    assert take_in(_notice(message_id, (sent.to, "failed", "5.1.1"))) is Notice.UNKNOWN
    assert not _bounced(sent)


def test_an_address_changed_since_is_not_marked(sent):
    sent.respondent.email = "new@example.org"
    sent.respondent.save()

    take_in(_notice(sent.email.message_id, (sent.to, "failed", "5.1.1")))

    assert not _bounced(sent)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: Out of office\n\nI am away; 550 5.1.1 is not a bounce.",
        b"Content-Type: multipart/report; boundary=x\n\nno parts",
        b"\xff\xfe\x00",
        _notice("<a@b>").replace(b"message/delivery-status", b"text/plain"),
        b"x" * 3_000_000,
    ],
    ids=["empty", "out of office", "no parts", "bytes", "no status", "too large"],
)
def test_what_is_no_notification_is_left_alone(content):
    assert read_delivery_status(content) is None
    assert take_in(content) is Notice.NO_NOTICE


def test_the_command_reads_mailboxes_and_prints_no_address(sent, tmp_path, capsys):
    content = _notice(sent.email.message_id, (sent.to, "failed", "5.1.1"))
    box = mailbox.mbox(tmp_path / "returned.mbox")
    box.add(content)
    box.add(b"Subject: Hello\n\nNo notice.")
    box.flush()
    (tmp_path / "one.eml").write_bytes(content)

    call_command("read_bounces", tmp_path / "returned.mbox", tmp_path / "one.eml")

    told = capsys.readouterr().out
    assert f"2  {Notice.NO_SUCH_ADDRESS}" in told
    assert f"1  {Notice.NO_NOTICE}" in told
    assert "@example.org" not in told
    assert _bounced(sent)


def test_the_command_reads_nothing_where_a_file_is_missing(tmp_path):
    with pytest.raises(CommandError):
        call_command("read_bounces", tmp_path / "nowhere.mbox")


@pytest.mark.parametrize(
    ("response", "bounced"), [("550 5.1.1 No such user", True), ("550 mailbox", False)]
)
def test_a_mail_services_event_marks_only_with_the_servers_own_code(response, bounced, sent):
    event = SimpleNamespace(
        event_type="bounced",
        message_id=sent.email.message_id,
        recipient=sent.to,
        mta_response=response,
    )

    tracking.send(sender="test", event=event, esp_name="test")

    assert _bounced(sent) is bounced
