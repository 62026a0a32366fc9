"""Signing in with OpenID Connect, at a provider that runs for the test."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from samspill.web.accounts.models import User

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and userinfo (OpenID Connect Core 1.0, sections 3.1.3 and 5.3)."""

    person: ClassVar[dict] = {}

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        issuer = f"http://{self.headers['Host']}"
        if self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/keys":
            key = json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1", "alg": "RS256"}
            self.answer({"keys": [key]})
        else:
            self.answer(self.person)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert sent["client_secret"] == ["hush"]
        assert sent["code_verifier"]
        now = int(time.time())
        claims = self.person | {
            "iss": f"http://{self.headers['Host']}",
            "aud": "samspill",
            "iat": now,
            "exp": now + 60,
        }
        token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def answer(self, data):
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    issuer = f"http://127.0.0.1:{server.server_port}"
    social = dict(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"])
    social["APPS"] = [
        {
            "provider_id": "oidc",
            "name": "Feide",
            "client_id": "samspill",
            "secret": "hush",
            "settings": {"server_url": issuer},
        }
    ]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": social}
    yield server
    server.shutdown()
    server.server_close()


def _sign_in(client, **person):
    Provider.person = {"sub": "42", **person}
    sent = client.post("/accounts/oidc/oidc/login/?process=login")
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": "c", "state": asked["state"][0]}
    return client.get("/accounts/oidc/oidc/login/callback/", back, follow=True)


def test_an_invited_person_comes_in(client, db, provider):
    user = User.objects.create_user("ida@example.org")
    _sign_in(client, email="ida@example.org", email_verified=True)
    assert client.get("/account/").context["user"].pk == user.pk


def test_the_same_person_comes_in_again_with_another_address(client, db, provider):
    user = User.objects.create_user("ida@example.org")
    _sign_in(client, email="ida@example.org", email_verified=True)
    client.logout()
    _sign_in(client, email="ny@example.org", email_verified=True)
    assert client.get("/account/").context["user"].pk == user.pk


def test_an_address_that_the_provider_does_not_vouch_for_opens_nothing(client, db, provider):
    User.objects.create_user("ida@example.org")
    _sign_in(client, email="ida@example.org", email_verified=False)
    assert client.get("/account/").status_code == 302


def test_who_has_not_been_invited_gets_no_account(client, db, provider):
    _sign_in(client, email="fremmed@example.org", email_verified=True)
    assert not User.objects.exists()
    assert client.get("/account/").status_code == 302


def test_a_closed_account_stays_closed(client, db, provider):
    User.objects.create_user("ida@example.org", is_active=False)
    _sign_in(client, email="ida@example.org", email_verified=True)
    assert client.get("/account/").status_code == 302


def test_the_login_page_offers_the_provider_by_its_name(client, db, provider):
    assert "Feide" in client.get("/accounts/login/").content.decode()
