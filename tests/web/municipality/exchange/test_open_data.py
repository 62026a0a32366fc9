"""Open data: only what anyone may see, in types that others know, and kept as long as it holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import timezone
from web.keeping import kept
from web.municipality.exchange.conftest import register

from samspill.register.interchange import check_grants, check_services
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.exchange.publishing import DATASETS, TYPES
from samspill.web.municipality.finding import entry_named
from samspill.web.municipality.models import Municipality

STANDARDS = Path(__file__).parents[5] / "shared" / "standards"


registered = kept(register)


@pytest.fixture
def invented(registered, db):
    return Municipality.objects.get(pk=registered)


@pytest.fixture
def opened(invented):
    invented.opened_at = timezone.now()
    invented.save()
    return invented


@pytest.mark.parametrize("name", [n for n in DATASETS if not n.endswith(".csv")])
def test_each_file_has_its_type_and_may_be_kept(client, opened, address, name):
    answer = client.get(address(opened, "data_file", name))
    assert answer.status_code == 200
    assert answer["Content-Type"] == TYPES["." + name.rpartition(".")[2]]
    assert "public" in answer["Cache-Control"]
    assert "max-age=3600" in answer["Cache-Control"]


def test_every_link_of_the_page_leads_to_a_file(client, opened, address):
    page = client.get(address(opened, "data")).content.decode()
    links = set(re.findall(r'href="(/municipalities/[^"]+/data/[^"]+)"', page))
    assert len(links) > 15
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_catalogue_names_addresses_that_answer(client, opened, address, settings):
    from rdflib import DCAT, Graph

    content = client.get(address(opened, "data_file", "catalogue.ttl")).content
    graph = Graph().parse(data=content, format="turtle")
    found = {str(url) for url in graph.objects(None, DCAT.downloadURL)}
    assert len(found) > 15
    for url in found:
        assert url.startswith(settings.ADDRESS)
        assert client.get(url.removeprefix(settings.ADDRESS)).status_code == 200, url


def test_nothing_internal_goes_out(client, opened, address):
    for name in ("contacts.csv", "organizations.json", "organisations.csv"):
        text = client.get(address(opened, "data_file", name)).content.decode()
        assert "Oppdiktet." not in text, "the notes end with it"
    for name in ("offers.csv", "referrals.csv", "enquiries.csv", "nothing.csv"):
        assert client.get(address(opened, "data_file", name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "check", "schema"),
    [
        ("grants-360giving.json", check_grants, "360giving/360giving_schema.json"),
        ("grants-360giving.xlsx", check_grants, "360giving/360giving_schema.json"),
        ("organizations.json", check_services, "hsds/hsds3_schema_organization.json"),
        ("services.json", check_services, "hsds/hsds3_schema_service.json"),
    ],
)
def test_files_are_as_their_standards_want_them(
    client, opened, address, tmp_path, name, check, schema
):
    path = tmp_path / name
    path.write_bytes(client.get(address(opened, "data_file", name)).content)
    official = STANDARDS / schema
    assert check(path, official if official.exists() else None) == []


def test_an_unchanged_file_is_not_sent_again_and_a_changed_one_is(client, opened, address):
    there = address(opened, "data_file", "organisations.csv")
    mark = client.get(there)["ETag"]
    assert client.get(there, headers={"if-none-match": mark}).status_code == 304
    first = opened.organisation_entries.first()
    change_entry(actor="ola", entry=first, values={"name": "Et nytt navn"})
    answer = client.get(there, headers={"if-none-match": mark})
    assert answer.status_code == 200
    assert "Et nytt navn" in answer.content.decode()


def test_before_the_desk_is_open_only_it_sees_them_and_nobody_keeps_them(
    coordinator, invented, address
):
    client = coordinator(invented)
    answer = client.get(address(invented, "data_file", "organisations.csv"))
    assert "private" in answer["Cache-Control"]
    page = client.get(address(invented, "published")).content.decode()
    assert "nobody outside the desk sees this yet" in page


def test_what_is_hidden_is_not_there(client, opened, address):
    first = opened.organisation_entries.first()
    entry = entry_named(opened, "organisations", first.identifier)
    change_entry(actor="ola", entry=entry, values={"public": []})
    text = client.get(address(opened, "data_file", "organisations.csv")).content.decode()
    assert first.identifier not in [line.split(",")[0] for line in text.splitlines()]


def test_the_addresses_of_before_lead_to_the_public_ones_for_good(client, opened, address):
    for old, new, rest in (("open_data", "data", ()), ("dataset", "data_file", ("meetings.csv",))):
        answer = client.get(address(opened, old, *rest))
        assert answer.status_code == 301
        assert answer.url == address(opened, new, *rest)


def test_a_coordinator_decides_on_one_page_what_is_shown(coordinator, client, opened, address):
    client = coordinator(opened)
    page = client.get(address(opened, "published"))
    (table,) = [one for one in page.context["decided"] if one.table == "organisations"]
    before = {one.column: one.entries for one in table.columns}
    assert before["name"] == table.entries > 0
    there = address(opened, "publish", "organisations")
    client.post(there, {"column": "name", "shown": "false"})
    rows = client.get(address(opened, "data_file", "organisations.csv")).content.decode()
    first = opened.organisation_entries.first()
    assert first.name not in rows
    client.post(there, {"column": "name", "shown": "true"})
    page = client.get(address(opened, "published"))
    (table,) = [one for one in page.context["decided"] if one.table == "organisations"]
    assert {one.column: one.entries for one in table.columns} == before


def test_what_may_identify_a_person_is_not_shown_for_all_at_once(coordinator, opened, address):
    client = coordinator(opened)
    for table, column in (("contacts", "email"), ("offers", "place"), ("contacts", "note")):
        answer = client.post(address(opened, "publish", table), {"column": column, "shown": "true"})
        assert answer.status_code == 404
