"""What each role meets at a municipality's desk, in a window: no way to what it may not do."""

from __future__ import annotations

import shutil

import pytest
from django.utils import timezone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
DESK = "/municipalities/9901/"
ENTRY = f"{DESK}register/organisations/org-005/"


@pytest.fixture
def desk(transactional_db):
    from samspill.studies.invented_municipality import MUNICIPALITY, invent
    from samspill.web.municipality.actions.intake import take_in
    from samspill.web.municipality.models import Municipality

    made = Municipality.objects.create(
        code=MUNICIPALITY.code, name=MUNICIPALITY.name, invented=True
    )
    Municipality.objects.create(code="9902", name="Fjell")
    take_in(actor="test", municipality=made, rows=invent(timezone.localdate()))
    return made


@pytest.fixture
def enter(visitor, desk):
    """``enter("desk_reader")`` opens a window for someone with that role; ``code`` says where."""
    from samspill.web.access.models import Position
    from samspill.web.accounts.models import User
    from samspill.web.municipality.models import Municipality

    def open_window(role: str, *, code: str = "9901", represented: str = ""):
        user = User.objects.create_user(f"{role}-{code}@example.org", name=role)
        municipality = Municipality.objects.get(code=code)
        organisation = municipality.organisation_entries.filter(identifier=represented).first()
        Position.objects.create(
            user=user, municipality=municipality, role=role, organisation=organisation
        )
        window = visitor(locale="en-GB")
        window.go("/")
        window.language("en")
        window.sign_in(user)
        return window

    return open_window


def _status(window, address: str) -> int:
    return window.page.request.get(window.base + address).status


def test_a_coordinator_changes_an_entry(enter):
    window = enter("coordinator")
    page = window.go(ENTRY)
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_role("spinbutton", name="Members").fill("123")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The changes are saved.").wait_for()


def test_a_reader_sees_and_cannot_change(enter):
    window = enter("desk_reader")
    page = window.go(ENTRY)
    assert page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_role("link", name="Change", exact=True).count() == 0
    assert page.get_by_role("button", name="Remove").count() == 0
    assert page.get_by_role("link", name="Log").count() == 0
    window.inspect()
    refused = ("edit/", "register/offers/", "persons/", "exchange/", "volunteers/")
    assert _status(window, ENTRY + refused[0]) == 403
    for address in refused[1:]:
        assert _status(window, DESK + address) == 403


def test_a_representative_has_one_organisation_and_no_desk(enter):
    window = enter("representative", represented="org-005")
    assert _status(window, DESK) == 404
    assert _status(window, "/organisations/9901/org-006/") == 404
    page = window.go("/organisations/9901/org-005/")
    assert "Oterfjord idrettslag" in page.get_by_role("heading", level=1).inner_text()


def test_another_municipality_does_not_exist_for_its_neighbour(enter):
    window = enter("coordinator", code="9902")
    assert _status(window, "/municipalities/9902/") == 200
    for address in ("", "register/organisations/", "plan/", "mirror/", "log/", "people/"):
        assert _status(window, DESK + address) == 404


def test_a_stranger_is_asked_to_sign_in(visitor, desk):
    page = visitor(locale="en-GB").go(ENTRY)
    assert "/accounts/login/" in page.url
