"""One address says how e-mail leaves the installation."""

import pytest

from samspill.errors import SamspillError
from samspill.web.mailing import CONSOLE, KEPT, SMTP, Mailing, mailing


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", Mailing(SMTP)),
        ("smtp://mail.example.org", Mailing(SMTP, "mail.example.org", 25)),
        (
            "smtp://a:b%40c@mail.example.org/?tls=1",
            Mailing(SMTP, "mail.example.org", 587, "a", "b@c", starttls=True),
        ),
        ("smtps://mail.example.org", Mailing(SMTP, "mail.example.org", 465, tls=True)),
        (
            "mailgun://?api_key=x",
            Mailing("anymail.backends.mailgun.EmailBackend", services={"MAILGUN_API_KEY": "x"}),
        ),
    ],
)
def test_an_address_is_read(url, expected):
    assert mailing(url, demo=False, debug=False) == expected


def test_a_demonstration_sends_nothing_whatever_is_set():
    assert mailing("smtp://mail.example.org", demo=True, debug=False).backend == KEPT


def test_development_prints_unless_told_where_to_send():
    assert mailing("", demo=False, debug=True).backend == CONSOLE


@pytest.mark.parametrize("url", ["ftp://host", "nonsense", "smtp://"])
def test_another_address_is_refused(url):
    with pytest.raises(SamspillError, match="SAMSPILL_EMAIL_URL"):
        mailing(url, demo=False, debug=False)
