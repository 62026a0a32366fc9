"""A person's data are shown, taken out, and erased with nothing left, in the log either."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from samspill.web.audit.erasing import ERASED, Traces
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.actions.persons import erase_person
from samspill.web.municipality.content import rows_of
from samspill.web.municipality.finding import entry_named
from samspill.web.municipality.persons import taken_out

NAMED = ("Anne Oppdiktet", "anne@example.org")


@pytest.fixture
def anne(municipality):
    """Anne is a contact, stands in a note, and has had another address."""
    contact = entry_named(municipality, "contacts", "anne")
    change_entry(actor="kari", entry=contact, values={"phone": "01 23 45 67"})
    song = entry_named(municipality, "relations", "song")
    change_entry(actor="kari", entry=song, values={"note": "Ring Anne Oppdiktet først."})
    return contact


def everything(municipality):
    """All that is stored of the municipality, as text."""
    rows = json.dumps(rows_of(municipality), default=str, ensure_ascii=False)
    events = [json.dumps([e.old, e.new], ensure_ascii=False) for e in Event.objects.all()]
    return rows + "".join(events)


def test_what_is_taken_out_has_the_entries_the_mentions_and_the_log(municipality, anne):
    told = taken_out(municipality, [anne])
    assert {row["identifier"] for row in told["entries"]} == {"anne", "song"}
    assert len(told["log"]) == 3
    assert told["invented"] is True


def test_nothing_of_an_erased_person_is_left(municipality, anne):
    before = everything(municipality)
    assert all(text in before for text in NAMED)
    erase_person(actor="kari", municipality=municipality, about=[anne])
    after = everything(municipality)
    assert not [text for text in (*NAMED, "01 23 45 67") if text in after]
    assert entry_named(municipality, "contacts", "anne").left_on is not None
    assert "først" in entry_named(municipality, "relations", "song").note


def test_others_are_left_as_they_were(municipality, anne):
    erase_person(actor="kari", municipality=municipality, about=[anne])
    assert entry_named(municipality, "offers", "help").name == "Ola Oppdiktet"


def test_the_page_asks_before_it_erases(signed_in, municipality, anne):
    client = signed_in("coordinator")
    page = client.get(reverse("municipality:persons", args=("9901",)) + "?q=anne")
    assert "1 entry is about a person of that name" in page.content.decode()
    address = reverse("municipality:erase_person", args=("9901",))
    asked = client.post(address, {"entry": "contacts/anne"})
    assert "Erase this person?" in asked.content.decode()
    assert entry_named(municipality, "contacts", "anne").name == "Anne Oppdiktet"
    client.post(address, {"entry": "contacts/anne", "sure": "1"})
    assert entry_named(municipality, "contacts", "anne").name != "Anne Oppdiktet"


def test_the_command_prints_and_erases(municipality, anne, capsys):
    call_command("person", "9901", "anne@example.org")
    assert json.loads(capsys.readouterr().out)["municipality"] == "9901"
    call_command("person", "9901", "Anne Oppdiktet", "--erase")
    assert "Erased from 2 entries" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("person", "9901", "Anne Oppdiktet")


def test_a_part_of_a_name_erases_nobody_by_command(municipality, anne):
    with pytest.raises(CommandError, match="in full"):
        call_command("person", "9901", "Anne", "--erase")
    assert entry_named(municipality, "contacts", "anne").name == "Anne Oppdiktet"


@pytest.mark.parametrize(
    ("known", "written", "is_found"),
    [
        ("98 76 54 32", "Ring +4798765432 nå", True),
        ("+47 987 65 432", "tlf. 98765432.", True),
        ("0047 98765432", "(987) 65-432", True),
        ("98 76 54 32", "sak 1987654321", False),
        ("Anne Oppdiktet", "ANNE  OPPDIKTETs kontor", True),
        ("Anne Oppdiktet", "Anne Oppdiktetsen", False),
        ("anne@example.org", "<Anne@Example.org>", True),
        ("anne@example.org", "marianne@example.org", False),
    ],
)
def test_traces_are_found_however_they_are_written(known, written, is_found):
    traces = Traces([known])
    assert traces.stand_in({"text": [written]}) is is_found
    assert (ERASED in traces.without(written)) is is_found
