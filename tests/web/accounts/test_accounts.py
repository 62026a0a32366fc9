"""Accounts: coming in by invitation, and what an administrator may and may not."""

import re
from pathlib import Path

import allauth
import polib
import pytest

from samspill.web.accounts.models import User
from samspill.web.audit.models import Event

PASSWORD = "rolig fjord med båter 41"
ALLAUTH = Path(allauth.__file__).parent / "locale/nb/LC_MESSAGES/django.po"
ENGLISH = [e.msgid for e in polib.pofile(str(ALLAUTH)) if e.msgid != e.msgstr]


@pytest.fixture
def administrator(client, db):
    user = User.objects.create_superuser("drift@example.org", PASSWORD)
    client.force_login(user)
    return user


def _invite(client, email="ny@example.org"):
    answer = client.post("/account/people/invite/", {"email": email, "name": "Ny"})
    return answer, re.search(r"<code>http://[^/]+(/[^<]+)</code>", answer.content.decode())


def test_an_invited_person_sets_a_password_and_is_in(client, administrator, django_user_model):
    _, link = _invite(client)
    client.logout()
    page = client.get(link[1], follow=True)
    where = page.redirect_chain[-1][0]
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    assert django_user_model.objects.get(email="ny@example.org").check_password(PASSWORD)
    client.logout()
    client.post("/accounts/login/", {"login": "ny@example.org", "password": PASSWORD})
    assert client.get("/account/").status_code == 200


def test_an_invitation_works_once(client, administrator):
    _, link = _invite(client)
    client.logout()
    where = client.get(link[1], follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()
    assert client.get(link[1], follow=True).redirect_chain == []


def test_no_invitation_opens_an_account_that_is_in_use(client, administrator):
    User.objects.create_user("gammel@example.org", PASSWORD)
    answer, link = _invite(client, "gammel@example.org")
    assert link is None
    assert "gammel@example.org" in answer.content.decode()


def test_nobody_can_sign_up_unasked(client, db):
    client.post(
        "/accounts/signup/",
        {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not User.objects.filter(email="x@example.org").exists()


def test_the_administrator_has_no_way_into_a_study(client, administrator, study):
    assert client.get(f"/studies/{study.slug}/").status_code == 404


def test_only_an_administrator_sees_the_accounts(client_of):
    assert client_of("owner").get("/account/people/").status_code == 403


def test_a_closed_account_is_out_at_once(client, administrator, make_user, study, client_of):
    user = make_user("owner", study)
    client.post(f"/account/people/{user.pk}/activity/", {"active": "0"})
    client.force_login(user)
    assert client.get(f"/studies/{study.slug}/").status_code in (302, 404)
    assert Event.objects.filter(action="accounts.set_active", subject=user.email).exists()


def test_nobody_closes_their_own_account(client, administrator):
    client.post(f"/account/people/{administrator.pk}/activity/", {"active": "0"})
    administrator.refresh_from_db()
    assert administrator.is_active


def test_passwords_are_kept_with_argon2():
    from samspill.web import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_a_second_step_is_asked_for_once_it_is_set_up(client, administrator):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(administrator, generate_totp_secret())
    codes = RecoveryCodes.activate(administrator)
    client.logout()
    signing_in = {"login": administrator.email, "password": PASSWORD}
    answer = client.post("/accounts/login/", signing_in)
    assert "authenticate" in answer["Location"]
    assert client.get("/account/").status_code == 302
    client.post(answer["Location"], {"code": codes.get_unused_codes()[0]})
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "page",
    [
        "/account/",
        "/account/people/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
    ],
)
def test_every_page_of_the_account_opens(client, administrator, page, language):
    client.post("/accounts/login/", {"login": administrator.email, "password": PASSWORD})
    client.cookies["samspill_language"] = language
    answer = client.get(page, follow=True)
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize(
    "page",
    [
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/logout/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/3rdparty/",
    ],
)
def test_no_page_of_the_account_has_english_left_in_it(client, administrator, page, language):
    client.post("/accounts/login/", {"login": administrator.email, "password": PASSWORD})
    if page in ("/accounts/login/", "/accounts/password/reset/"):
        client.logout()
    client.cookies["samspill_language"] = language
    html = " ".join(client.get(page, follow=True).content.decode().split())
    text = html.replace("> ", ">").replace(" <", "<")
    assert [message for message in ENGLISH if f">{message}<" in text] == []
