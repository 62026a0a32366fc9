"""The register follows the national registers as far as is chosen, and never over a person."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samspill.studies.invented_municipality import SEED, national_files
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import FOLLOWED, change_entry
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.exchange import registers
from samspill.web.municipality.exchange.held import held_by_hand
from samspill.web.municipality.finding import entries, entry_named
from samspill.web.municipality.models import Upload

NUMBER = "974760673"
NATIONAL = {
    "identifier": NUMBER,
    "name": "FJORD IDRETTSLAG",
    "number": NUMBER,
    "kind": "organisation",
    "legal_form": "FLI",
    "place": "FJORD",
    "municipality_code": "9901",
    "status": "active",
    "in_voluntary_register": True,
    "provenance": "national_register",
}


def entity(**overrides):
    return {
        "organisasjonsnummer": NUMBER,
        "navn": "FJORD IDRETTSLAG",
        "organisasjonsform": {"kode": "FLI"},
        "registrertIFrivillighetsregisteret": True,
        "forretningsadresse": {"kommunenummer": "9901", "poststed": "FJORD"},
        **overrides,
    }


@pytest.fixture
def present(municipality):
    take_in(actor="test", municipality=municipality, rows={"organisations": [NATIONAL]})
    return lambda: entry_named(municipality, "organisations", NUMBER)


@pytest.fixture
def read(coordinator, municipality, address, work_done):
    """``read(entity())``: the preview after a download with these entities is read."""
    client = coordinator(municipality)

    def bring(*entities, name="enheter.json", content=None):
        content = json.dumps(entities).encode() if content is None else content
        given = {"entities": [SimpleUploadedFile(name, content)]}
        answer = client.post(address(municipality, "registers"), given)
        assert answer.status_code == 302, answer.context["form"].errors
        job = work_done()
        if job.state == "failed":
            return job
        return client.get(address(municipality, "preview_registers"))

    return bring


def follow(client, address, municipality, answer, **more):
    lines = list(answer.context["page"])
    given = {
        "follow": "1",
        "expected": answer.context["found"].fingerprint,
        "shown": [line.key for line in lines],
        "key": [line.key for line in lines if line.chosen],
        **more,
    }
    return client.post(address(municipality, "follow_registers"), given, follow=True)


def told(answer):
    return [(line.kind, line.name, line.old, line.new) for line in answer.context["page"]]


def test_the_invented_registers_say_six_new_four_renamed_and_two_gone(
    coordinator, invented, address, work_done
):
    client = coordinator(invented)
    assert "Try with invented files" in client.get(address(invented, "registers")).content.decode()
    client.post(address(invented, "invented_registers"))
    assert work_done().state == "done"
    answer = client.get(address(invented, "preview_registers"))
    found = answer.context["found"].found
    assert (len(found.new), len(found.gone)) == (6, 2)
    assert len([*found.changed, *found.held]) == 4
    before = entries(invented, "organisations").count()
    follow(client, address, invented, answer)
    assert entries(invented, "organisations").count() == before + 6
    new = entry_named(invented, "organisations", found.new[0]["number"])
    assert new.provenance == "national_register"
    assert entry_named(invented, "organisations", found.gone[0].identifier).status == "dissolved"
    client.post(address(invented, "invented_registers"))
    work_done()
    again = client.get(address(invented, "preview_registers"))
    assert again.context["found"].found.nothing
    assert "Nothing:" in again.content.decode()


def test_only_an_invented_municipality_is_offered_invented_files(
    coordinator, municipality, address
):
    municipality.invented = False
    municipality.save()
    client = coordinator(municipality)
    assert "invented files" not in client.get(address(municipality, "registers")).content.decode()
    answer = client.post(address(municipality, "invented_registers"))
    assert answer.url == address(municipality, "registers")


def test_a_second_run_changes_nothing_and_says_so(client, read, address, municipality):
    answer = read(entity())
    assert [line[0] for line in told(answer)] == ["new"]
    follow(client, address, municipality, answer)
    events = Event.objects.count()
    again = read(entity())
    assert "Nothing: 1 organisation is as the national registers have it." in (
        again.content.decode()
    )
    assert Event.objects.count() == events


def test_what_is_ticked_off_is_not_done(client, read, address, municipality, present):
    answer = read(entity(navn="FJORD IL", forretningsadresse={"kommunenummer": "9902"}))
    keys = [line.key for line in answer.context["page"]]
    assert f"changed:{NUMBER}:name" in keys
    follow(client, address, municipality, answer, key=[f"changed:{NUMBER}:name"])
    assert present().name == "FJORD IL"
    assert present().municipality_code == "9901"
    event = Event.objects.get(action=FOLLOWED)
    assert (event.old, event.new) == ({"name": "FJORD IDRETTSLAG"}, {"name": "FJORD IL"})


def test_choices_are_kept_from_page_to_page(client, read, address, municipality, monkeypatch):
    from samspill.web.municipality.exchange.views import registers as view

    monkeypatch.setattr(view, "ON_A_PAGE", 1)
    answer = read(entity(), entity(organisasjonsnummer="889640782", navn="NUMMER TO"))
    first = answer.context["page"][0].key
    given = {"shown": [first], "key": [], "next": "2"}
    answer = client.post(address(municipality, "follow_registers"), given, follow=True)
    assert answer.context["page"].number == 2
    follow(client, address, municipality, answer)
    names = {e.name for e in entries(municipality, "organisations")}
    assert "NUMMER TO" in names
    assert "FJORD IDRETTSLAG" not in names


def test_a_choice_of_capitals_is_no_change(read, present):
    change_entry(
        actor="ola", entry=present(), values={"name": "Fjord idrettslag", "place": "Fjord"}
    )
    assert read(entity()).context["found"].found.nothing


def test_what_a_person_has_changed_is_held_and_may_still_be_taken(
    client, read, address, municipality, present
):
    change_entry(actor="ola", entry=present(), values={"name": "Fjord IL og turlag"})
    answer = read(entity())
    assert told(answer) == [
        ("held", "Fjord IL og turlag", "Fjord IL og turlag", "FJORD IDRETTSLAG")
    ]
    follow(client, address, municipality, answer)
    assert present().name == "Fjord IL og turlag"
    answer = read(entity())
    follow(client, address, municipality, answer, key=[f"held:{NUMBER}:name"])
    assert present().name == "FJORD IDRETTSLAG"


def test_held_by_hand_is_known_from_the_log(municipality, present):
    rows = registers.organisations(municipality)
    assert held_by_hand(municipality, rows).get(NUMBER, frozenset()) == frozenset()
    change_entry(actor="ola", entry=present(), values={"name": "Nytt", "web": "https://a.example"})
    assert held_by_hand(municipality, rows)[NUMBER] == {"name", "web"}
    change_entry(actor="ola", entry=present(), values={"name": "NYERE"}, action=FOLLOWED)
    assert held_by_hand(municipality, rows)[NUMBER] == {"web"}


def test_every_filled_cell_of_what_was_written_here_is_held(municipality):
    held = held_by_hand(municipality, registers.organisations(municipality))
    assert "name" in held["choir"]
    assert "web" not in held["choir"]


def test_another_municipalitys_log_holds_nothing_here(municipality, elsewhere, present):
    take_in(actor="test", municipality=elsewhere, rows={"organisations": [NATIONAL]})
    theirs = entry_named(elsewhere, "organisations", NUMBER)
    change_entry(actor="ola", entry=theirs, values={"name": "Annet"})
    rows = registers.organisations(municipality)
    assert not held_by_hand(municipality, rows).get(NUMBER)


def test_it_is_refused_where_the_register_changed_meanwhile(
    client, read, address, municipality, present
):
    answer = read(entity(navn="FJORD IL"))
    change_entry(actor="ola", entry=present(), values={"name": "Et tredje"})
    again = follow(client, address, municipality, answer)
    assert "has been changed since you looked at this" in again.content.decode()
    assert present().name == "Et tredje"
    assert [line.kind for line in again.context["page"]] == ["held"]


def test_the_files_are_removed_once_they_are_read(read):
    read(entity())
    assert list((Path(settings.MEDIA_ROOT) / "incoming").iterdir()) == []


def test_a_file_that_is_none_of_the_registers_is_told_and_removed(read):
    job = read(content=b"hello")
    assert job.state == "failed"
    assert "enheter.json" in job.error
    assert list((Path(settings.MEDIA_ROOT) / "incoming").iterdir()) == []
    assert Upload.objects.count() == 0


def test_a_broken_entity_is_told_and_left_out(read):
    content = json.dumps([entity()]).encode()[:-1] + b',{"organisasjonsnummer": "12"}]'
    answer = read(content=content)
    assert len(answer.context["problems"]) == 1
    assert [line[0] for line in told(answer)] == ["new"]


def test_a_compressed_download_and_pages_of_both_are_read(
    coordinator, invented, address, work_done, tmp_path
):
    client = coordinator(invented)
    entities, voluntary = national_files(timezone.localdate(), SEED, tmp_path)
    given = {
        "entities": [SimpleUploadedFile("enheter.json.gz", gzip.compress(entities.read_bytes()))],
        "voluntary": [
            SimpleUploadedFile("1.json", voluntary.read_bytes()),
            SimpleUploadedFile("2.json", b'{"_links": {}}'),
        ],
    }
    client.post(address(invented, "registers"), given)
    assert work_done().state == "done"
    found = client.get(address(invented, "preview_registers")).context["found"].found
    assert len(found.new) == 6
    assert all(row["categories"] for row in found.new)


def test_a_file_that_is_too_large_is_refused(coordinator, municipality, address, monkeypatch):
    monkeypatch.setattr(registers, "LARGEST", 10)
    given = {"entities": [SimpleUploadedFile("enheter.json", b"[" + b" " * 20)]}
    answer = coordinator(municipality).post(address(municipality, "registers"), given)
    assert answer.context["form"].errors["entities"]


def test_the_interfaces_are_asked_for_this_municipality_alone(
    coordinator, municipality, address, work_done, monkeypatch
):
    from samspill.register.national import Registers

    asked = []

    def transport(question, timeout):
        asked.append(question)
        if "/frivillighetsregisteret/" in question:
            page = {"organisasjonsnummer": NUMBER, "icnpoKategorier": []}
        else:
            page = {"_embedded": {"enheter": [entity()]}, "_links": {}}
        return json.dumps(page).encode()

    monkeypatch.setattr(registers, "Registers", lambda: Registers(transport=transport))
    client = coordinator(municipality)
    client.post(address(municipality, "fetch_registers"))
    assert work_done().state == "done"
    assert all("kommunenummer=9901" in q for q in asked if "?" in q)
    answer = client.get(address(municipality, "preview_registers"))
    assert [line[0] for line in told(answer)] == ["new"]


def test_registers_that_do_not_answer_are_told(
    coordinator, municipality, address, work_done, monkeypatch
):
    from samspill.register.national import Registers

    def transport(question, timeout):
        raise OSError("no network")

    monkeypatch.setattr(
        registers, "Registers", lambda: Registers(transport=transport, sleep=lambda _: None)
    )
    coordinator(municipality).post(address(municipality, "fetch_registers"))
    job = work_done()
    assert job.state == "failed"
    assert "did not answer" in job.error
