"""The public desk shows what is marked as public and never anything else, in pages and in files."""

from __future__ import annotations

import csv
import datetime
import io
import random
import zipfile

import pytest
from django.urls import reverse

from samspill import vocabulary
from samspill.register import LISTS, TABLES, Kind
from samspill.register.publicity import INTERNAL, NEVER
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.actions.municipalities import open_desk
from samspill.web.municipality.models import Municipality

SOON = datetime.date.today() + datetime.timedelta(days=5)
TODAY = datetime.date.today()
ROWS = 3
PAGES = ("desk", "organisations", "contacts", "bodies", "now", "grants", "grants_file", "data")
FILES = ("csv.zip", "register.xlsx", "hsds.zip", "360giving.zip", "calendar.ics", "catalogue.ttl")
HELD = {"left_on", "ended_on", "closed_on", "dissolved_on"}
CLOSED_BY = {"status": "active", "decision": "granted", "audience": "public"}


def marked(chance: random.Random) -> tuple[dict[str, list[dict]], set[str], set[str]]:
    """Rows of every table in which each text is a mark of its own, with what is shown drawn by
    chance; the marks of cells that may be shown, and of those that may not."""
    rows: dict[str, list[dict]] = {}
    shown, hidden = set(), set()
    for table in TABLES.values():
        rows[table.name] = []
        for number in range(ROWS):
            public = [c.name for c in table.columns if chance.random() < 0.6]
            row: dict = {"identifier": f"{table.name}-{number}".replace("_", "-")}
            for column in table.columns[1:]:
                if column.name == "public" or column.name in HELD:
                    continue
                mark = f"q{chance.getrandbits(60):015x}"
                value = cell(column, mark, chance)
                row[column.name] = value
                if mark not in str(value):
                    continue
                may = column.name in public and column.name not in NEVER
                may = may and table.name not in INTERNAL
                (shown if may else hidden).add(mark)
            row["public"] = ";".join(public) or "none"
            rows[table.name].append(row)
    return rows, shown, hidden


def cell(column, mark: str, chance: random.Random):
    match column.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return mark
        case Kind.EMAIL:
            return f"{mark}@example.org"
        case Kind.WEB:
            return f"https://{mark}.example.org/"
        case Kind.CHOICE | Kind.CHOICES:
            wanted = CLOSED_BY.get(column.name)
            found = wanted if wanted in column.choices else chance.choice(column.choices)
            return (found,) if column.kind in LISTS else found
        case Kind.CONCEPT | Kind.CONCEPTS:
            scheme = vocabulary.load().schemes.get(column.of)
            found = chance.choice(list(scheme)) if scheme else ""
            return ((found,) if found else ()) if column.kind in LISTS else found
        case Kind.REFERENCE | Kind.REFERENCES:
            target = f"{column.of}-{chance.randrange(ROWS)}".replace("_", "-")
            return (target,) if column.kind in LISTS else target
        case Kind.DATE:
            return TODAY if column.name == "published_on" else SOON
        case Kind.INTEGER | Kind.AMOUNT | Kind.NUMBER:
            return chance.randrange(1, 2000)
    return None


def contents(client, answer) -> str:
    if not answer["Content-Type"].endswith(("zip", "sheet")):
        return answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "\n".join(
            contents_of_workbook(book.read(name))
            if name.endswith(".xlsx")
            else book.read(name).decode(errors="replace")
            for name in book.namelist()
        )


def contents_of_workbook(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


@pytest.mark.parametrize("seed", range(3))
def test_a_value_that_is_not_marked_as_public_stands_nowhere(client, db, seed):
    rows, shown, hidden = marked(random.Random(seed))
    made = Municipality.objects.create(code="9901", name="Fjord", invented=True)
    take_in(actor="test", municipality=made, rows=rows)
    open_desk(actor="test", municipality=made, opened=True)
    addresses = [reverse(f"public_desk:{page}", args=("9901",)) for page in PAGES]
    addresses += [reverse("public_desk:data_file", args=("9901", name)) for name in FILES]
    addresses += [
        reverse("public_desk:organisation", args=("9901", row["identifier"]))
        for row in rows["organisations"]
        if "name" in row["public"].split(";")
    ]
    told = ""
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = contents(client, answer)
        assert [mark for mark in hidden if mark in text] == [], address
        told += text
    assert [mark for mark in shown if mark not in told] == []


@pytest.fixture
def opened(municipality):
    open_desk(actor="test", municipality=municipality, opened=True)
    return municipality


@pytest.fixture
def see(client, opened):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def get(page: str, *rest: str, **question: str):
        return client.get(reverse(f"public_desk:{page}", args=("9901", *rest)), question)

    return get


@pytest.mark.parametrize(
    "page",
    ["desk", "organisations", "contacts", "bodies", "now", "grants", "data"],
)
def test_no_page_names_a_person_or_an_offer(see, page):
    text = see(page).content.decode()
    for name in ("Kari Kommunal", "Mette Hemmelig", "Anne Oppdiktet", "Ola Oppdiktet"):
        assert name not in text
    assert "Øvingsrommet" not in text
    assert "invented" in text


def test_organisations_are_found_by_word_field_and_place(see):
    assert see("organisations").context["found"] == 2
    assert see("organisations", q="koret").context["found"] == 1
    assert see("organisations", place="Vika").context["found"] == 1
    assert see("organisations", field="culture_leisure", q="korpset").context["found"] == 1
    assert see("organisations", field="integration").context["found"] == 0
    assert "Look less narrowly" in see("organisations", q="nobody").content.decode()


def test_an_organisation_has_a_page_where_its_name_is_shown(see, choir):
    text = see("organisation", "choir").content.decode()
    assert "Bruk av kulturhuset" in text
    assert "koret@example.org" not in text
    assert see("organisation", "nobody").status_code == 404
    choir.public = []
    choir.save()
    assert see("organisation", "choir").status_code == 404


def test_whom_to_call_is_told_by_matter(see):
    matters = see("contacts").context["matters"]
    assert list(matters) == ["Lokaler", "Søknader"]
    assert see("contacts", q="kultur").context["found"] == 1
    assert see("contacts", field="integration").context["found"] == 0


def test_grants_are_summed_with_what_each_sum_is_made_of(see):
    context = see("grants").context
    (culture, everything) = context["lines"]
    assert (culture.total.amount, culture.total.grants) == (25_000, 1)
    assert everything.total == culture.total == context["all"]
    rows = list(csv.DictReader(io.StringIO(see("grants_file").content.decode())))
    (row,) = rows
    assert (row["organisation_name"], row["amount"]) == ("Fjordkoret", "25000")
    assert see("grants", year="2026", field="culture_leisure").context["chosen"].grants == 1
    assert see("grants", q="nobody").context["chosen"].grants == 0


def test_what_is_open_is_told_without_drafts(see):
    context = see("now").context
    assert [need.title for need in context["needs"]] == ["Sjåfører til turneen", "Flere stemmer"]
    assert len(context["schemes"].rows) == 1
    assert "Ikke publisert" not in see("now").content.decode()


def test_files_follow_the_register(see, opened, choir):
    from samspill.web.municipality.actions.entries import change_entry

    before = see("data_file", "organisations.csv").content.decode()
    assert "Fjordkoret" in before
    change_entry(actor="test", entry=choir, values={"name": "Fjordens kor"})
    assert "Fjordens kor" in see("data_file", "organisations.csv").content.decode()


@pytest.mark.parametrize("name", ["nothing.csv", "offers.csv", "contacts.exe", "x.zip", "zip"])
def test_there_is_no_other_file(see, name):
    assert see("data_file", name).status_code == 404


def test_the_catalogue_leads_to_files_that_are_there(see, client, settings):
    catalogue = see("data_file", "catalogue.ttl").content.decode()
    base = settings.ADDRESS + reverse("public_desk:data", args=("9901",))
    addresses = {part.split(">")[0] for part in catalogue.split("<") if part.startswith(base)}
    files = {address for address in addresses if "." in address.removeprefix(base)}
    assert len(files) > 5
    for address in files:
        assert client.get(address.removeprefix(settings.ADDRESS)).status_code == 200, address
