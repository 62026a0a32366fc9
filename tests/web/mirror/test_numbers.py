"""What the pages show is what the library says of the same register, with its entries."""

from __future__ import annotations

import datetime

import polars as pl
import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.register import mirror as library
from samspill.typology import place_all, register_evidence
from samspill.web.mirror.reading import Mirror
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.content import register_of
from samspill.web.municipality.finding import entries


@pytest.fixture
def tables(oterfjord):
    return register_of(oterfjord).frames()


@pytest.fixture
def page(signed_in, oterfjord):
    client = signed_in("coordinator", oterfjord)

    def get(view, *arguments, query=""):
        answer = client.get(reverse(f"mirror:{view}", args=(oterfjord.code, *arguments)) + query)
        assert answer.status_code == 200
        return answer

    return get


def test_each_answer_of_the_questionnaire_is_the_librarys_and_opens_its_entries(
    page, tables, oterfjord
):
    said = library.questionnaire(tables, timezone.localdate(), oterfjord.code)
    parts = page("questionnaire").context["pages_of_questions"]
    shown = {
        (one.variable, one.field): (one.said, one.entries)
        for part in parts
        for _variable, _label, answers in part.rows
        for one in answers
    }
    states = said.states.select("variable", "field", "value", "entries").iter_rows()
    assert shown == {(v, f): (value or "", n) for v, f, value, n in states}
    answer = page("answer", "service_delivery", "health_care")
    behind = said.behind("service_delivery", "health_care")
    assert len(answer.context["entries"]) == behind.select("table", "identifier").unique().height
    for table, identifier in behind.select("table", "identifier").iter_rows():
        address = reverse("municipality:entry", args=(oterfjord.code, table, identifier))
        assert f'href="{address}"' in answer.content.decode()


def test_what_is_not_known_says_why(page):
    answer = page("answer", "challenges")
    assert "The register does not hold this." in answer.content.decode()


def test_places_are_those_of_the_librarys_evidence(page, tables, oterfjord):
    pieces = register_evidence(tables, timezone.localdate(), oterfjord.code)
    for found in place_all(pieces, "policy_models", units=True):
        shown = page("placement", found.field, "policy_models").context
        assert shown["found"].status == found.status
        assert shown["found"].ideal_type == found.ideal_type
        listed = sum(len(links) for _label, _pole, links in shown["evidence"])
        assert listed == found.evidence.height


def test_the_spread_and_who_has_most_are_the_librarys(page, tables):
    today = timezone.localdate()
    shown = page("treatment").context
    spread = library.equal_treatment(tables, today).to_dicts()
    for (_name, _table, rows), row in zip(shown["tables"], spread, strict=True):
        assert rows[0].n == row["n"]
        assert rows[0].gini == f"{row['gini']:.2f}"
    most = library.largest(tables, today, "seats")
    assert [len(one.entries) for one in shown["holders"][0][1]] == [
        len(names) for names in most["identifiers"]
    ]
    inside = library.membership(tables, today)["inside"].sum()
    assert (len(shown["inside"]), len(shown["outside"])) == (
        inside,
        shown["organisations"] - inside,
    )


@pytest.mark.parametrize("by", ["field", "size"])
def test_the_spread_by_group_has_the_groups_of_the_library(page, tables, by):
    groups = library.equal_treatment(tables, timezone.localdate(), by)
    shown = page("treatment", query=f"?by={by}").context["tables"]
    assert sum(len(rows) for _name, _table, rows in shown) == groups.height


def test_what_is_lost_if_someone_leaves_is_the_librarys(page, tables):
    today = timezone.localdate()
    worst = library.weakest_points(tables, today).row(0, named=True)
    lost = library.what_if_leaves(tables, today, worst["party"], worst["identifier"])
    shown = page("network", query=f"?leaves={worst['party']}:{worst['identifier']}").context["lost"]
    assert len(shown.relations) == len(lost.relations) == worst["relations"]
    assert len(shown.organisations) == len(lost.organisations)
    assert (shown.before, shown.after) == lost.components


def test_one_who_is_not_there_cannot_leave(page):
    for leaves in ("contact:nobody", "nothing:x", "contact"):
        answer = page("network", query=f"?leaves={leaves}")
        assert "There is nobody of this name in the register." in answer.content.decode()


def test_a_contact_may_be_added_where_relations_hang_on_one(page, tables, oterfjord):
    states = library.contact_dependence(tables, timezone.localdate())
    alone = states.filter(pl.col("contact").is_not_null(), pl.col("side") == "municipality")
    most = alone["contact"].mode().sort()[0]
    unit = alone.filter(pl.col("contact") == most)["municipal_unit"][0]
    add = reverse("municipality:add", args=(oterfjord.code, "contacts"))
    assert f"{add}?side=municipality&amp;municipal_unit={unit}" in page("network").content.decode()


def test_signals_are_the_librarys_and_lead_to_measures(page, tables):
    found = library.signals(tables, timezone.localdate())
    shown = page("advice").context["signals"]
    assert {one.identifier for one in shown} == {one.identifier for one in found}
    by_name = {one.identifier: one for one in found}
    for one in shown:
        assert one.sentence == by_name[one.identifier].sentence("en")
        assert len(one.entries) == len(by_name[one.identifier].entries)
        assert page("advice", query=f"?barrier={one.barrier}").context["measures"]


def test_others_are_set_beside_where_a_study_is_published(page, founding):
    shown = page("field", "health_care")
    first = shown.context["parts_of_field"][0][1][0]
    assert (first.others[0].n, first.others[0].share) == ("241", "43%")
    assert "size, centrality, KOSTRA group" in page("overview").content.decode()


def test_without_a_published_study_it_says_that_there_are_no_others(page):
    assert "No study that asked the same is published here" in page("overview").content.decode()


def test_a_change_of_the_register_shows_at_once(page, oterfjord):
    def said():
        return page("answer", "has_policy").context["answer"].said

    assert said() == "yes"
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    for policy in entries(oterfjord, "policies"):
        change_entry(actor="test", entry=policy, values={"valid_to": yesterday})
    assert said() == "no"


def test_the_same_register_is_derived_once(oterfjord, monkeypatch):
    first = Mirror(oterfjord)
    assert first.weighed
    assert first.spread("all").height == 3

    def refuse(*_arguments, **_options):
        raise AssertionError("derived again")

    monkeypatch.setattr(library, "equal_treatment", refuse)
    monkeypatch.setattr(library, "weighed", refuse)
    again = Mirror(oterfjord)
    assert len(again.weighed) == len(first.weighed)
    assert again.spread("all").equals(first.spread("all"))
