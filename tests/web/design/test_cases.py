"""Choosing the study's cases on its pages."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from samspill.web.audit.models import Event
from samspill.web.design.models import CaseSelection
from samspill.web.design.work import choose_cases
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import Work

ADDRESS = "/studies/trial/design/cases/"


def _payload(**overrides):
    return {
        "method": "diverse", "number": "3", "by": ["place", "size"], "outcome": "", "include": "",
        "exclude": "", "seed": "1", "limits_people": "", "quota_1": "", "bound_1": ">=",
        "count_1": "", "quota_2": "", "bound_2": ">=", "count_2": "", "quota_3": "",
        "bound_3": ">=", "count_3": "", **overrides,
    }  # fmt: skip


def _made(client, **overrides) -> CaseSelection:
    """Ask for a selection and do its work, as the worker would."""
    answer = client.post(ADDRESS, _payload(**overrides))
    assert answer.status_code == 302, answer.context["form"].errors
    made = CaseSelection.objects.latest("pk")
    choose_cases(Work(Job.objects.latest("created_at")), selection=made.pk)
    made.refresh_from_db()
    return made


def test_a_selection_is_asked_for_made_seen_and_adopted(framed, client) -> None:
    client.force_login(framed.owner)
    made = _made(client, include="Bygda 5\nM07", quota_1="place=north", count_1="1")
    assert {"M05", "M07"} <= set(made.found["cases"])
    page = client.get(reverse("design:selection", args=["trial", made.pk]))
    told = page.content.decode()
    assert "3 cases cover" in told
    assert "Bygda 5" in told
    client.post(reverse("design:adopt", args=["trial", made.pk]))
    made.refresh_from_db()
    assert made.adopted_at is not None
    assert (
        "Make these the study"
        not in client.get(reverse("design:selection", args=["trial", made.pk])).content.decode()
    )
    actions = list(
        Event.objects.filter(action__startswith="design").values_list("action", flat=True)
    )
    assert sorted(actions) == [
        "design.adopt_selection", "design.ask_for_selection", "design.choose_cases",
    ]  # fmt: skip
    overview = client.get("/studies/trial/").content.decode()
    assert "The study has a title, and no wave yet." in overview


def test_another_selection_takes_the_place_of_the_one_that_is(selected, client) -> None:
    client.force_login(selected.study.owner)
    other = _made(client, number="2")
    client.post(reverse("design:adopt", args=["trial", other.pk]))
    own = CaseSelection.objects.filter(adopted_at__isnull=False)
    assert [made.pk for made in own] == [other.pk]
    change = Event.objects.filter(action="design.adopt_selection").latest("pk")
    assert len(change.old["cases"]) == 3
    assert len(change.new["cases"]) == 2


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_reasons_and_categories_are_in_the_language_of_the_page(selected, client, language) -> None:
    client.force_login(selected.study.owner)
    page = client.get(ADDRESS, HTTP_ACCEPT_LANGUAGE=language)
    reasons = " ".join(row["reason"] for row in page.context["found"].chosen)
    assert {"nb": "Størrelse: Liten", "nn": "Storleik: Liten", "en": "Size: Small"}[
        language
    ] in reasons
    assert {"nb": "Uten det", "nn": "Utan det", "en": "Without it"}[language] in reasons
    assert "small" not in reasons


@pytest.mark.parametrize(
    ("overrides", "field", "told"),
    [
        ({"include": "Nowhere"}, "include", "There is no unit"),
        ({"limits_people": "many"}, "limits_people", "Write numbers"),
        ({"quota_1": "place=north"}, "count_1", "Say how many."),
        ({"by": []}, "by", "required"),
        ({"number": "0"}, "number", "greater than or equal to 1"),
    ],
)
def test_a_form_that_cannot_be_is_told_where(framed, client, overrides, field, told) -> None:
    client.force_login(framed.owner)
    answer = client.post(ADDRESS, _payload(**overrides))
    assert answer.status_code == 200
    assert told in str(answer.context["form"].errors[field])
    assert not CaseSelection.objects.exists()


def test_quotas_that_conflict_are_named_by_the_work(framed, client) -> None:
    from samspill.web.jobs.running import run_job

    client.force_login(framed.owner)
    client.post(
        ADDRESS,
        _payload(quota_1="place=north", count_1="2", quota_2="place=coast", count_2="2"),
    )
    job = Job.objects.latest("created_at")
    run_job.func(str(job.identifier))
    job.refresh_from_db()
    assert job.state == "failed"
    assert "place=north>=2, place=coast>=2" in job.error
    page = client.get(job.back).content.decode()
    assert "The cases are not chosen yet." in page


def test_table_one_map_and_reasons_are_taken_away(selected, client) -> None:
    client.force_login(selected.study.owner)
    table = client.get(f"{ADDRESS}{selected.pk}/table-1-1.csv").content.decode()
    assert len(table.strip().splitlines()) >= 4
    assert "Bygda" in table
    assert client.get(f"{ADDRESS}{selected.pk}/table-1-1.xlsx").content[:2] == b"PK"
    drawn = client.get(f"{ADDRESS}{selected.pk}/map.svg?frame=no")
    assert drawn.content.startswith(b"<svg")
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"{ADDRESS}{selected.pk}/units.csv").content.decode())
        )
    )
    assert len(rows) == 12
    assert all(row["reason"] for row in rows)


def test_a_selection_stays_as_it_was_made_when_units_change(selected, client) -> None:
    client.force_login(selected.study.owner)
    before = client.get(f"{ADDRESS}{selected.pk}/units.csv").content
    selected.study.units.exclude(identifier__in=selected.found["cases"]).delete()
    assert client.get(f"{ADDRESS}{selected.pk}/units.csv").content == before


def test_who_only_reads_sees_the_cases_and_chooses_none(selected, client, make_user) -> None:
    client.force_login(make_user("reader", selected.study))
    page = client.get(ADDRESS)
    assert "form" not in page.context
    client.post(ADDRESS, _payload())
    assert CaseSelection.objects.count() == 1
    adopt = reverse("design:adopt", args=["trial", selected.pk])
    assert client.post(adopt).status_code == 403


def test_a_study_without_units_says_how_to_begin(client_of) -> None:
    page = client_of("owner").get(ADDRESS).content.decode()
    assert "The study has no units yet." in page
    assert reverse("studies:import_units", args=["trial"]) in page
