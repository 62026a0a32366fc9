"""Names out of the texts, with what is coded in them, and back again for who has the key."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samspill.web.audit.models import Event
from samspill.web.interviews.models import Change, KnownName, Source
from samspill.web.jobs.running import run_job

TEXT = "Leader: Kari Nordmann rings us from Storbygda. I said to Kari: no list.\nLeader: OK."
START = "/studies/trial/interviews/pseudonyms/"


@pytest.fixture
def owner(study, make_user):
    return make_user("owner", study)


@pytest.fixture
def text(study, owner):
    from samspill.web.interviews.actions import add_sources

    made = Source(name="Club of Storbygda", text=TEXT, speakers=["Leader"])
    add_sources(actor=owner, study=study, sources=[made])
    return made


@pytest.fixture
def coding(text, codes, owner):
    from samspill.web.interviews.actions import add_coding

    start = TEXT.index("Kari Nordmann rings us")
    return add_coding(
        actor=owner, source=text, start=start, end=start + len("Kari Nordmann rings us"),
        code=codes[0],
    )  # fmt: skip


@pytest.fixture
def key(study, owner):
    from samspill.web.interviews.actions.pseudonyms import add_names

    lines = [("Kari Nordmann", "person", "Solveig Berg"), ("Storbygda", "place", "Lilleby")]
    add_names(actor=owner, study=study, lines=lines)


def _do(client, text, page="do/"):
    return client.post(START + page, {"source": [str(text.guid)]}, follow=True)


def test_names_are_replaced_and_codings_follow_their_words(client_of, text, coding, key):
    client = client_of("analyst")
    shown = client.get(START + "preview/", {"source": str(text.guid)})
    assert {p.instead for p in shown.context["places"]} == {"Solveig Berg", "Solveig", "Lilleby"}
    text.refresh_from_db()
    assert text.text == TEXT
    _do(client, text)
    text.refresh_from_db()
    coding.refresh_from_db()
    assert text.text.startswith("Leader: Solveig Berg rings us from Lilleby. I said to Solveig:")
    assert text.name == "Club of Lilleby"
    assert text.text[coding.start : coding.end] == "Solveig Berg rings us"


def test_what_stood_there_cannot_be_had_back_without_the_key(client_of, study, text, coding, key):
    client = client_of("analyst")
    _do(client, text)
    kept = json.dumps(
        [c.rows for c in Change.objects.filter(study=study).exclude(action="add_name")]
    )
    assert "Nordmann" not in kept
    assert "Storbygda" not in kept
    for _ in range(3):
        client.post("/studies/trial/interviews/undo/")
    text.refresh_from_db()
    assert "Nordmann" not in text.text


def test_the_owner_puts_the_names_back(client_of, text, coding, key):
    client = client_of("owner")
    _do(client, text)
    _do(client, text, "restore/")
    text.refresh_from_db()
    coding.refresh_from_db()
    assert (text.text, text.name, text.pseudonymised) == (TEXT, "Club of Storbygda", False)
    assert text.text[coding.start : coding.end] == "Kari Nordmann rings us"


def test_a_later_text_is_replaced_with_the_same_pseudonyms(client_of, study, text, key, owner):
    from samspill.web.interviews.actions import add_sources

    client = client_of("analyst")
    _do(client, text)
    later = Source(name="Later", text="Kari Nordmann is at home.")
    add_sources(actor=owner, study=study, sources=[later])
    _do(client, later)
    _do(client, text)
    later.refresh_from_db()
    text.refresh_from_db()
    assert later.text == "Solveig Berg is at home."
    assert text.text.count("Solveig") == 2


def test_a_pseudonym_that_stands_in_a_text_is_refused(client_of, study, text, owner):
    from samspill.web.interviews.actions.pseudonyms import add_names

    add_names(actor=owner, study=study, lines=[("Kari Nordmann", "person", "Leader Hansen")])
    client = client_of("analyst")
    assert client.get(START + "preview/", {"source": str(text.guid)}).context["fault"]
    _do(client, text)
    text.refresh_from_db()
    assert text.text == TEXT


def test_suggestions_become_names_and_get_pseudonyms(client_of, study, text):
    client = client_of("analyst")
    found = {row["name"]: row for row in client.get(START + "suggested/").context["rows"]}
    assert "Kari Nordmann" in found
    assert found["Kari Nordmann"]["reasons"]
    client.post(START + "suggested/", {"name": ["Kari Nordmann"], "kind-Kari Nordmann": "person"})
    client.post(START + "propose/")
    assert study.known_names.get().pseudonym


def test_names_come_from_a_file(client_of, study):
    client = client_of("analyst")
    content = "navn;type;pseudonym\nKari Nordmann;person;Solveig Berg\nStorbygda;sted;\n"
    client.post(START + "file/", {"file": SimpleUploadedFile("names.csv", content.encode())})
    kept = study.known_names.order_by("text").values_list("text", "kind", "pseudonym")
    assert list(kept) == [("Kari Nordmann", "person", "Solveig Berg"), ("Storbygda", "place", "")]


def test_a_file_with_a_wrong_kind_changes_nothing(client_of, study):
    client = client_of("analyst")
    file = SimpleUploadedFile("names.csv", b"Kari;person;\nOla;wizard;\n")
    answer = client.post(START + "file/", {"file": file})
    assert answer.status_code == 422
    assert "wizard" in answer.content.decode()
    assert not study.known_names.exists()


def test_what_is_left_is_found(client_of, text, key):
    client = client_of("analyst")
    words = {place.words for place, _ in client.get(START + "left/").context["places"]}
    assert {"Kari Nordmann", "Kari", "Storbygda"} <= words
    _do(client, text)
    assert client.get(START + "left/").context["places"] == []


def test_only_the_owner_sees_the_key(client_of, study, text, key, client, make_user):
    analyst = client_of("analyst")
    page = analyst.get(START).content.decode()
    assert "Solveig Berg" in page
    assert "Nordmann" not in page
    name = KnownName.objects.get(kind="person")
    for address in ("key/", "restore/", f"{name.guid}/", f"{name.guid}/remove/"):
        assert analyst.post(START + address).status_code == 403
    client.force_login(make_user("owner", study))
    assert "Kari Nordmann" in client.get(START).content.decode()
    assert "Kari Nordmann;" in client.post(START + "key/").content.decode().replace(",", ";")


def test_reading_the_key_stands_in_the_log_without_names(client_of, study, key):
    client_of("owner").post(START + "key/")
    event = Event.objects.get(action="interviews.read_key")
    assert "Nordmann" not in f"{event.subject}{event.new}{event.old}"


def test_a_name_that_has_been_used_stays_in_the_key(client_of, study, text, key):
    client = client_of("owner")
    _do(client, text)
    name = KnownName.objects.get(kind="person")
    client.post(f"{START}{name.guid}/remove/")
    given = {"text": "Kari Nordmann", "kind": "person", "pseudonym": "Other"}
    assert client.post(f"{START}{name.guid}/", given).status_code == 200
    name.refresh_from_db()
    assert name.pseudonym == "Solveig Berg"


def test_a_name_can_be_changed_and_removed(client_of, study, key):
    client = client_of("owner")
    name = KnownName.objects.get(kind="place")
    client.post(f"{START}{name.guid}/", {"text": "Byen", "kind": "place", "pseudonym": "Bygda"})
    name.refresh_from_db()
    assert (name.text, name.pseudonym) == ("Byen", "Bygda")
    client.post(f"{START}{name.guid}/remove/")
    assert study.known_names.count() == 1


def test_two_names_with_one_pseudonym_are_refused(client_of, study, key):
    given = {"text": "Ola", "kind": "person", "pseudonym": "Solveig Berg"}
    assert client_of("analyst").post(START + "add/", given).status_code == 422
    assert study.known_names.count() == 2


@pytest.mark.parametrize("role", ["coder", "reader"])
@pytest.mark.parametrize(
    "page", ["", "add/", "suggested/", "propose/", "file/", "preview/", "do/", "left/", "key/",
             "restore/"]
)  # fmt: skip
def test_coders_see_nothing_of_the_names(client_of, study, role, page):
    client = client_of(role)
    assert client.get(START + page).status_code == 403
    assert client.post(START + page).status_code == 403


@pytest.fixture
def many(study, owner, key):
    """More text than a person waits for, in more texts than are done at a time."""
    from samspill.web.interviews.actions import add_sources

    made = [Source(name=f"Text {n}", text=f"{TEXT}\n" + "No names here.\n" * 900) for n in range(7)]
    add_sources(actor=owner, study=study, sources=made)
    return made


def _ask(client, texts, page="do/"):
    chosen = {"source": [str(text.guid) for text in texts]}
    return client.post(START + page, chosen, follow=True, headers={"Accept-Language": "en"})


def test_many_texts_are_done_by_the_worker_while_the_page_is_left(client_of, study, many):
    client = client_of("owner")
    shown = _ask(client, many)
    job = shown.context["job"]
    assert not study.sources.filter(pseudonymised=True).exists()
    page = client.get(START)
    assert page.context["job"] == job
    assert f"/jobs/{job.pk}/" in page.content.decode()

    run_job.func(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 7, 7)
    assert job.message.startswith("21 names are replaced")
    assert {s.text.count("Kari") for s in study.sources.all()} == {0}
    assert "Nordmann" not in json.dumps(
        [c.rows for c in Change.objects.filter(study=study).exclude(action="add_name")]
    )

    back = _ask(client, many, "restore/").context["job"]
    run_job.func(str(back.pk))
    assert {s.text.count("Kari Nordmann") for s in study.sources.all()} == {1}


def test_progress_is_told_lot_by_lot(client_of, study, many, monkeypatch):
    from samspill.web.jobs.running import Work

    told = []
    progress = Work.progress
    monkeypatch.setattr(Work, "progress", lambda *said: (told.append(said[1:]), progress(*said))[1])
    run_job.func(str(_ask(client_of("owner"), many).context["job"].pk))
    assert [done for done, _total, _said in told] == [0, 5, 7]
    assert told[1][2] == "5 of 7 texts are done"


def test_only_one_work_on_names_goes_on_in_a_study(client_of, study, many, client, make_user):
    from samspill.web.jobs.models import Job

    _ask(client_of("owner"), many)
    client.force_login(make_user("analyst", study))
    refused = _ask(client, many)
    assert Job.objects.count() == 1
    assert "Names are being replaced or put back" in refused.content.decode()


def test_an_unsound_key_is_told_before_the_work_begins(client_of, study, many, owner):
    from samspill.web.interviews.actions.pseudonyms import add_names
    from samspill.web.jobs.models import Job

    add_names(actor=owner, study=study, lines=[("Ola", "person", "Leader")])
    assert "occurs in a text already" in _ask(client_of("analyst"), many).content.decode()
    assert not Job.objects.exists()
