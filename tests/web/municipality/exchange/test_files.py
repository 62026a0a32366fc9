"""A file goes out, comes in, is looked over, and changes exactly what it says."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samspill.register import TABLES
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import add_entry, change_entry
from samspill.web.municipality.content import rows_of
from samspill.web.municipality.exchange import forms
from samspill.web.municipality.finding import entries, entry_named

HEADING = "identifier,name,kind,status"


@pytest.fixture
def brought(coordinator, address, request):
    """``brought("organisations.csv", text)``: the page after a file is brought."""

    def bring(name, content, table="", of=None):
        of = of or request.getfixturevalue("municipality")
        client = coordinator(of)
        content = content if isinstance(content, bytes) else content.encode()
        given = {"file": SimpleUploadedFile(name, content), "table": table}
        return client.post(address(of, "bring_file"), given, follow=True)

    return bring


def text(answer):
    return answer.content.decode()


@pytest.fixture
def take_in(client, municipality, address):
    def take(answer, of=municipality):
        expected = answer.context["plan"].fingerprint
        given = {"expected": expected}
        return client.post(address(of, "take_in_file"), given, follow=True)

    return take


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_whole_register_out_and_in_again_changes_nothing(
    coordinator, brought, invented, address, language
):
    client = coordinator(invented)
    forms_of = ["xlsx", "zip"] if language == "nb" else ["xlsx"]
    for form in forms_of:
        file = client.get(
            address(invented, "take_out", form), headers={"accept-language": language}
        )
        answer = brought(f"register.{form}", file.content, of=invented)
        assert answer.context["plan"].is_nothing
        assert answer.context["plan"].untouched == sum(map(len, rows_of(invented).values()))


@pytest.mark.parametrize(
    ("form", "tables"), [("csv", tuple(TABLES)), ("xlsx", ("organisations", "measures"))]
)
def test_each_table_out_and_in_again_changes_nothing(
    coordinator, brought, invented, address, form, tables
):
    client = coordinator(invented)
    for table in tables:
        file = client.get(address(invented, "take_out_table", table, form))
        answer = brought(f"anything.{form}", file.content, table, of=invented)
        assert answer.context["plan"].is_nothing, table
        assert answer.context["plan"].untouched == entries(invented, table).count()


def test_a_list_is_taken_away_as_it_is_filtered(coordinator, municipality, address):
    client = coordinator(municipality)
    link = address(municipality, "take_out_table", "organisations", "csv")
    assert link + "?q=koret" in text(
        client.get(address(municipality, "listing", "organisations") + "?q=koret")
    )
    rows = list(csv.DictReader(io.StringIO(text(client.get(link + "?q=koret")))))
    assert [row["identifier"] for row in rows] == ["choir"]


def test_what_is_taken_out_is_in_the_log(coordinator, municipality, address):
    coordinator(municipality).get(address(municipality, "take_out", "xlsx"))
    event = Event.objects.get(action="municipality.take_out")
    assert (event.actor, event.subject) == ("kari@example.org", "register.xlsx")


def test_the_preview_shows_each_cell_and_changes_nothing(brought, take_in, municipality):
    before = Event.objects.count()
    file = "Identifikator;Navn;Medlemmer\nchoir;Fjordkoret;41\n"
    file = file.replace("Identifikator", "identifier").replace("Medlemmer", "members")
    answer = brought("Organisasjoner.csv", file)
    (line,) = answer.context["page"]
    assert (line.kind, line.identifier, line.old, line.new) == ("changed", "choir", "40", "41")
    assert Event.objects.count() == before
    answer = take_in(answer)
    assert entry_named(municipality, "organisations", "choir").members == 41
    assert Event.objects.filter(actor="kari@example.org").count() == 1
    assert "1 entry is changed" in text(answer)


def test_new_rows_and_rows_that_refer_to_them_come_in_together(brought, take_in, municipality):
    book = openpyxl.Workbook()
    book.active.title = "organisations"
    book.active.append(["identifier", "name", "kind", "status"])
    book.active.append(["band", "Fjordkorpset", "organisation", "active"])
    sheet = book.create_sheet("relations")
    sheet.append(["identifier", "organisation", "municipal_unit", "field", "form"])
    sheet.append(["plays", "band", "culture", "culture_leisure", "single_cases"])
    content = io.BytesIO()
    book.save(content)
    answer = brought("new.xlsx", content.getvalue())
    assert [line.kind for line in answer.context["page"]] == ["new", "new"]
    assert "Fjordkorpset" in answer.context["page"][1].new
    take_in(answer)
    assert entry_named(municipality, "relations", "plays").organisation.name == "Fjordkorpset"


def test_it_is_refused_where_the_register_changed_meanwhile(brought, take_in, municipality):
    answer = brought("organisations.csv", "identifier,members\nchoir,41\n")
    choir = entry_named(municipality, "organisations", "choir")
    change_entry(actor="ola", entry=choir, values={"members": 39})
    again = take_in(answer)
    assert "has been changed since you looked at this" in text(again)
    assert entry_named(municipality, "organisations", "choir").members == 39
    (line,) = again.context["page"]
    assert (line.old, line.new) == ("39", "41")
    take_in(again)
    assert entry_named(municipality, "organisations", "choir").members == 41


def test_a_new_row_that_someone_has_added_meanwhile_is_refused(brought, take_in, municipality):
    answer = brought("organisations.csv", f"{HEADING}\nband,Korpset,organisation,active\n")
    values = {"name": "Et annet", "kind": "organisation", "status": "active"}
    add_entry(
        actor="ola",
        municipality=municipality,
        table="organisations",
        values=values,
        identifier="band",
    )
    assert "has been changed since" in text(take_in(answer))
    assert entry_named(municipality, "organisations", "band").name == "Et annet"


def test_sent_twice_it_is_taken_in_once(brought, take_in, municipality):
    answer = brought("organisations.csv", f"{HEADING}\nband,Korpset,organisation,active\n")
    take_in(answer)
    assert "No file waits here" in text(take_in(answer))
    assert entries(municipality, "organisations").count() == 3


def test_cancelled_nothing_waits(brought, client, municipality, address):
    brought("organisations.csv", "identifier,members\nchoir,41\n")
    client.post(address(municipality, "cancel_file"))
    assert client.get(address(municipality, "preview_file")).status_code == 302


def _problems(answer):
    assert "Nothing is taken in" in text(answer)
    return answer.context["problems"]


@pytest.mark.parametrize(
    ("rows", "column", "said"),
    [
        ("band,Korpset,orchestra,active", "kind", "orchestra"),
        ("band,,organisation,active", "name", "empty"),
        ("å b,Korpset,organisation,active", "identifier", "cannot be an identifier"),
        (f"band,{'x' * 301},organisation,active", "name", "longer than 300"),
        (f"{'b' * 81},Korpset,organisation,active", "identifier", "longer than 80"),
    ],
)
def test_a_fault_is_told_with_its_place_and_nothing_is_taken_in(
    brought, municipality, rows, column, said
):
    answer = brought("organisations.csv", f"{HEADING}\nok,A,organisation,active\n{rows}\n")
    (problem,) = _problems(answer)
    assert problem[:3] == ("organisations.csv", 2, column)
    assert said in problem[3]
    assert problem[4]
    assert entries(municipality, "organisations").count() == 2


def test_a_number_that_the_database_does_not_hold_is_a_fault(brought):
    (problem,) = _problems(brought("organisations.csv", "identifier,members\nchoir,99999999999\n"))
    assert "larger than 2147483647" in problem[3]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("register.zip", b"PK nothing"),
        ("register.xlsx", b"PK nothing"),
        ("register.pdf", b"%PDF"),
        ("organisations.csv", b"\xff\xfe"),
        ("organisations.csv", b""),
        ("unknown.csv", b"identifier\nx\n"),
        ("organisations.csv", b"identifier,nonsense\nx,y\n"),
    ],
)
def test_what_is_no_such_file_is_told_and_not_taken_in(brought, name, content):
    answer = brought(name, content)
    assert answer.status_code == 200
    assert "plan" not in answer.context or answer.context.get("problems")


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(brought, monkeypatch):
    monkeypatch.setattr(forms.taking_in, "LARGEST", 10)
    answer = brought("organisations.csv", "identifier,members\nchoir,41\n")
    assert "larger than" in text(answer)
    assert answer.context["form"].errors


def test_an_archive_that_unpacks_to_too_much_is_refused(brought, monkeypatch):
    monkeypatch.setattr("samspill.register.arriving.UNPACKED", 1_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", b"0" * 100_000)
    (problem,) = _problems(brought("bomb.zip", content.getvalue()))
    assert "too large" in problem[3]


def test_a_register_of_another_municipality_or_of_real_data_is_refused(
    brought, coordinator, municipality, elsewhere, address
):
    client = coordinator(elsewhere)
    other = client.get(address(elsewhere, "take_out", "xlsx")).content
    coordinator(municipality)
    assert "of the municipality 9902, not of 9901" in text(brought("register.xlsx", other))
    mine = client.get(address(municipality, "take_out", "xlsx")).content
    municipality.invented = False
    municipality.save()
    assert "Invented data and real ones" in text(brought("register.xlsx", mine))


def test_a_register_with_faults_says_what_keeps_it_from_going_out(
    coordinator, municipality, address
):
    choir = entry_named(municipality, "organisations", "choir")
    change_entry(actor="ola", entry=choir, values={"members": -1})
    client = coordinator(municipality)
    answer = client.get(address(municipality, "take_out", "zip"))
    assert answer.status_code == 409
    assert "-1 is below zero" in text(answer)
    assert client.get(address(municipality, "take_out", "xlsx")).status_code == 200
