"""A token opens its own study, with its owner's role, until it expires or is revoked."""

import pytest

from samspill.web.api.models import Token
from samspill.web.studies.models import Study

READ = ["units", "instruments", "collections"]


@pytest.mark.parametrize("part", READ)
def test_without_a_token_nothing_is_given_out(client, study, part):
    assert client.get(f"/api/v1/studies/{study.slug}/{part}").status_code == 401


@pytest.mark.parametrize("part", READ)
def test_a_reader_reads(client, study, token, part):
    assert client.get(f"/api/v1/studies/{study.slug}/{part}", headers=token("reader")).json() == []


def test_a_coder_does_not_see_the_fieldwork(client, study, token):
    answer = client.get(f"/api/v1/studies/{study.slug}/collections", headers=token("coder"))
    assert answer.status_code == 403


def test_a_token_opens_no_other_study(client, token, study):
    other = Study.objects.create(slug="other", title={"en": "Other"}, year=2026)
    headers = token("owner")
    other.memberships.create(user=Token.objects.get().user, role="owner")
    assert client.get("/api/v1/studies/other/units", headers=headers).status_code == 404


def test_a_token_that_has_expired_is_none(client, study, token):
    answer = client.get(f"/api/v1/studies/{study.slug}/units", headers=token("owner", days=0))
    assert answer.status_code == 401


def test_who_is_no_member_any_more_gets_nothing(client, study, token):
    headers = token("owner")
    study.memberships.all().delete()
    assert client.get(f"/api/v1/studies/{study.slug}/units", headers=headers).status_code == 404


def test_a_closed_account_has_no_tokens(client, study, token):
    headers = token("owner")
    user = Token.objects.get().user
    user.is_active = False
    user.save()
    assert client.get(f"/api/v1/studies/{study.slug}/units", headers=headers).status_code == 401


def test_the_secret_is_shown_once_and_not_kept(client_of, study):
    client = client_of("analyst")
    page = client.post("/account/tokens/", {"study": study.pk, "name": "R", "days": "30"})
    secret = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert secret not in str(Token.objects.values_list())
    assert secret not in client.get("/account/tokens/").content.decode()
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(f"/api/v1/studies/{study.slug}/units", headers=headers).status_code == 200
    client.post(f"/account/tokens/{Token.objects.get().pk}/revoke/")
    assert client.get(f"/api/v1/studies/{study.slug}/units", headers=headers).status_code == 401


def test_nobody_revokes_the_token_of_another(client_of, token, study):
    token("owner")
    client = client_of("analyst")
    assert client.post(f"/account/tokens/{Token.objects.get().pk}/revoke/").status_code == 404


def test_units_come_with_all_that_held_of_them(client, study, token):
    unit = study.units.create(identifier="k1")
    unit.names.create(code="0101", name="Halden", valid_to="2020-01-01")
    unit.names.create(code="3001", name="Halden", valid_from="2020-01-01")
    answer = client.get(f"/api/v1/studies/{study.slug}/units/k1", headers=token("reader")).json()
    assert [name["code"] for name in answer["names"]] == ["0101", "3001"]
