"""Files are read, looked over and added; nothing is in the study before that."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samspill.web.interviews.models import Source, WaitingText

TRANSCRIPT = "Interviewer: Who calls?\nLeader: Nobody. 🎈\nInterviewer: Why?\nLeader: No list."
ADDRESS = "/studies/trial/interviews/sources/add/"
JSON = {"accept": "application/json", "accept-language": "en"}


def _file(name="club.txt", text=TRANSCRIPT):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def analyst(client_of):
    return client_of("analyst")


def _send(client, *files, **options):
    return client.post(ADDRESS + "files/", {"files": list(files)}, **options)


def test_a_file_is_read_looked_over_and_added(analyst, study):
    study.units.create(identifier="u1").names.create(code="1", name="Unit one")
    _send(analyst, _file())
    assert not study.sources.exists()
    page = analyst.get(ADDRESS).content.decode()
    assert "Interviewer, Leader" in page
    waiting = WaitingText.objects.get()
    unit = str(study.units.get().pk)
    given = {
        "name": "The club",
        "kind": "interview",
        "unit": unit,
        "side": "organisation",
        "fields_spoken_of": ["culture_leisure", "integration"],
        "taken": ["Leader"],
        "speakers": "Someone else",
        "role": "leader",
        "date": "2026-02-03",
        "language": "nb",
        "consent": "named_quote",
    }
    assert analyst.post(f"{ADDRESS}{waiting.pk}/", given).status_code == 302
    assert not study.sources.exists()
    assert analyst.post(ADDRESS + "confirm/").status_code == 302
    source = study.sources.get()
    assert (source.name, source.unit.identifier, source.side) == ("The club", "u1", "organisation")
    assert source.fields == ["culture_leisure", "integration"]
    assert source.speakers == ["Leader", "Someone else"]
    assert (source.date.isoformat(), source.consent) == ("2026-02-03", "named_quote")
    assert source.text == TRANSCRIPT
    assert not WaitingText.objects.exists()


def test_each_file_has_its_own_result(analyst, study):
    answer = _send(analyst, _file(), _file("broken.pdf", b"%PDF-1.4 no"), follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert any("broken.pdf" in told for told in said)
    assert WaitingText.objects.get().filename == "club.txt"


def test_the_pages_script_hears_how_it_went(analyst, study):
    good = _send(analyst, _file(), headers=JSON).json()["files"]
    bad = _send(analyst, _file("empty.txt", " "), headers=JSON)
    assert good[0]["ok"]
    assert not bad.json()["files"][0]["ok"]
    assert "empty.txt" in bad.json()["files"][0]["said"]


def test_the_same_file_twice_is_noticed(analyst, study):
    _send(analyst, _file())
    again = _send(analyst, _file("copy.txt"), headers=JSON).json()
    assert "already" in again["files"][0]["said"]
    analyst.post(ADDRESS + "confirm/")
    third = _send(analyst, _file("third.txt"), headers=JSON).json()
    assert "club" in third["files"][0]["said"]
    assert study.sources.count() == 1


def test_a_file_added_by_another_meanwhile_stops_all_of_them(analyst, study, make_user):
    from samspill.web.interviews.actions import add_sources

    _send(analyst, _file(), _file("other.txt", "Something else."))
    digest = WaitingText.objects.get(filename="club.txt").digest
    theirs = Source(name="Theirs", text="…", digest=digest)
    add_sources(actor=make_user("owner", study), study=study, sources=[theirs])
    answer = analyst.post(ADDRESS + "confirm/", follow=True)
    assert "Theirs" in answer.content.decode()
    assert study.sources.count() == 1
    assert WaitingText.objects.count() == 2


def test_what_is_known_of_all_is_noted_for_each(analyst, study):
    _send(analyst, _file(), _file("other.txt", "Something else."))
    analyst.post(ADDRESS + "known/", {"side": "municipality", "fields_spoken_of": ["integration"]})
    analyst.post(ADDRESS + "confirm/")
    assert {source.side for source in study.sources.all()} == {"municipality"}
    assert {tuple(source.fields) for source in study.sources.all()} == {("integration",)}
    assert {source.consent for source in study.sources.all()} == {"anonymous"}


def test_what_waits_is_ones_own(analyst, study, make_user, client):
    _send(analyst, _file())
    waiting = WaitingText.objects.get()
    client.force_login(make_user("owner", study))
    assert client.get(f"{ADDRESS}{waiting.pk}/").status_code == 404
    assert client.post(f"{ADDRESS}{waiting.pk}/leave/").status_code == 404
    client.post(ADDRESS + "confirm/")
    assert not study.sources.exists()


def test_what_is_left_out_is_gone(analyst, study):
    _send(analyst, _file(), _file("other.txt", "Something else."))
    first = WaitingText.objects.first()
    analyst.post(f"{ADDRESS}{first.pk}/leave/")
    assert WaitingText.objects.count() == 1
    analyst.post(ADDRESS + "leave/")
    assert not WaitingText.objects.exists()


def test_too_large_a_file_is_refused(analyst, study, monkeypatch):
    for module in ("arriving", "views.adding"):
        monkeypatch.setattr(f"samspill.web.interviews.{module}.LARGEST", 30)
    answer = _send(analyst, _file(), headers=JSON).json()
    assert not answer["files"][0]["ok"]


@pytest.mark.parametrize("role", ["coder", "reader"])
@pytest.mark.parametrize("page", ["", "files/", "known/", "confirm/", "leave/", "1/", "1/leave/"])
def test_only_those_who_edit_sources_add_texts(client_of, study, role, page):
    client = client_of(role)
    assert client.get(ADDRESS + page).status_code == 403
    assert client.post(ADDRESS + page).status_code == 403
