"""A study from its making to its deletion: its pages, members, waves and log."""

from __future__ import annotations

import datetime

import pytest

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.roles import OWNER, ROLES
from samspill.web.accounts.models import User
from samspill.web.audit.models import Event
from samspill.web.studies.actions import (
    add_member,
    change_role,
    create_study,
    delete_study,
    remove_member,
)
from samspill.web.studies.models import Study
from samspill.web.studies.progress import STEPS, Standing, State, progress, step

PAGES = ("", "members/", "waves/", "units/", "comparable/", "attributes/")
FORMS = ("edit/", "delete/", "waves/new/", "units/import/", "units/changes/", "log/")


@pytest.fixture(params=["nb", "nn", "en"])
def language(request, client):
    client.cookies["samspill_language"] = request.param
    return request.param


@pytest.mark.parametrize("page", PAGES + FORMS)
def test_an_empty_study_says_on_every_page_how_to_begin(client_of, study, page, language):
    answer = client_of("owner").get(f"/studies/trial/{page}")
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_sees_no_door_that_is_shut(client_of, study, wave, page):
    """Every link to a page of the study opens for the one who is shown it."""
    client = client_of("reader")
    text = client.get(f"/studies/trial/{page}").content.decode()
    assert 'action="/studies/trial/' not in text
    for form in FORMS:
        assert f'href="/studies/trial/{form}"' not in text
        assert client.get(f"/studies/trial/{form}").status_code == 403


def test_whoever_makes_a_study_owns_it(client_of):
    client = client_of()
    answer = client.post(
        "/studies/new/", {"title_nb": "Frivillighet på Sørøya", "year": "2026", "invented": "on"}
    )
    made = Study.objects.get(slug="frivillighet-pa-soroya")
    assert answer["Location"] == "/studies/frivillighet-pa-soroya/"
    assert made.title == {"nb": "Frivillighet på Sørøya"}
    assert made.invented
    assert [m.role for m in made.memberships.all()] == [OWNER]
    assert "oppdiktet" in client.get(answer["Location"]).content.decode()


def test_a_study_needs_a_title_in_some_language_and_two_may_have_the_same(make_user):
    owner = make_user()
    slugs = [
        create_study(actor=owner, owner=owner, title={"en": "New"}, year=2026).slug
        for _ in range(2)
    ]
    assert slugs == ["new-2", "new-3"]


def test_no_title_is_told_and_what_was_written_stays(client_of):
    answer = client_of().post("/studies/new/", {"summary_en": "About us", "year": "2026"})
    text = answer.content.decode()
    assert "About us" in text
    assert "minst ett språk" in text
    assert [found.slug for found in Study.objects.all()] == ["trial"]


def test_only_an_empty_study_is_deleted(make_user, study, wave):
    owner = make_user("owner", study)
    with pytest.raises(SamspillError, match="not empty"):
        delete_study(actor=owner, study=study)
    wave.delete()
    delete_study(actor=owner, study=study)
    assert not Study.objects.exists()
    assert Event.objects.filter(action="studies.delete_study", subject="trial").exists()


def test_the_last_owner_stays(make_user, study):
    owner = make_user("owner", study)
    membership = study.memberships.get(user=owner)
    for leave in (
        lambda: remove_member(actor=owner, membership=membership),
        lambda: change_role(actor=owner, membership=membership, role="reader"),
    ):
        with pytest.raises(SamspillError, match="without an owner"):
            leave()
    other, _ = add_member(actor=owner, study=study, email="second@example.org", role="owner")
    remove_member(actor=owner, membership=membership)
    assert list(study.memberships.all()) == [other]


def test_an_unknown_person_is_invited_by_e_mail_alone(client_of, study, mailoutbox):
    client = client_of("owner")
    answer = client.post(
        "/studies/trial/members/add/", {"email": "New@Example.org", "role": "coder"}, follow=True
    )
    invited = User.objects.get(email="new@example.org")
    assert not invited.has_usable_password()
    assert study.memberships.get(user=invited).role == "coder"
    (mail,) = mailoutbox
    link = next(line for line in mail.body.splitlines() if line.startswith("http"))
    assert mail.to == ["new@example.org"]
    assert link not in answer.content.decode()
    assert "password" in link


def test_someone_with_an_account_is_added_without_a_new_link(client_of, make_user, mailoutbox):
    known = make_user()
    client_of("owner").post("/studies/trial/members/add/", {"email": known.email, "role": "reader"})
    assert mailoutbox == []
    assert known.memberships.get().role == "reader"


def test_the_table_of_roles_is_the_one_that_is_enforced(client_of, study):
    text = client_of("reader").get("/studies/trial/members/").content.decode()
    table = text.split("<table")[-1]
    assert table.count("<tr>") == 1 + len(Permission)
    assert table.count("<td>Har lov</td>") == sum(len(held) for held in ROLES.values())


def test_a_wave_is_added_changed_and_deleted(client_of, study):
    client = client_of("owner")
    given = {"title_nb": "Vår", "identifier": "spring", "reference_date": "2026-01-01"}
    client.post("/studies/trial/waves/new/", given)
    again = client.post("/studies/trial/waves/new/", given).content.decode()
    assert "har allerede en bølge" in again
    client.post(
        "/studies/trial/waves/spring/", {"title_nb": "Våren", "reference_date": "2026-02-01"}
    )
    found = study.waves.get()
    assert (str(found), found.reference_date) == ("Våren", datetime.date(2026, 2, 1))
    client.post("/studies/trial/waves/spring/delete/")
    assert not study.waves.exists()
    actions = Event.objects.filter(study="trial").values_list("action", flat=True)
    assert list(actions) == ["studies.delete_wave", "studies.edit_wave", "studies.add_wave"]


def test_the_log_tells_who_did_what_from_what_to_what(client_of, study, wave):
    client = client_of("owner")
    client.post("/studies/trial/edit/", {"title_nb": "Nytt navn", "year": "2027"})
    text = client.get("/studies/trial/log/").content.decode()
    assert "Endret undersøkelsen" in text
    assert "<del>2026</del>" in text
    assert "<ins>2027</ins>" in text


def test_the_log_is_searched_by_its_address(client_of, study):
    client = client_of("owner")
    client.post("/studies/trial/edit/", {"title_nb": "Nytt navn", "year": "2027"})
    client.post("/studies/trial/members/add/", {"email": "a@example.org", "role": "reader"})
    page = client.get("/studies/trial/log/?action=studies.add_member").content.decode()
    assert "a@example.org" in page
    assert "<ins>2027</ins>" not in page
    none = client.get("/studies/trial/log/?until=2000-01-01").content.decode()
    assert "Ingen innslag passer" in none


def test_the_line_of_progress_has_all_steps_and_points_to_the_next(client_of, study):
    steps = progress(study)
    assert [s.identifier for s in steps] == list(STEPS)
    page = client_of("owner").get("/studies/trial/").content.decode()
    assert page.count('aria-current="step"') == 1
    assert 'href="/studies/trial/waves/new/"' in page


def test_a_workspace_tells_of_a_step_that_exists():
    with pytest.raises(LookupError, match="There is no step 'party'"):
        step("party")(lambda study: Standing(State.DONE, ""))
