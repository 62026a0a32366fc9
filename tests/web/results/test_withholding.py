"""Real answers: what would tell of fewer than five units is not shown, and that is told."""

from __future__ import annotations

PLACE = {"indicator": "has_relation", "field": "culture_leisure"}


def test_a_small_cell_of_real_answers_is_not_shown(client, observed, rows):
    answer = client.get("/results/norway-2018/explore/", PLACE)
    assert rows(answer) == []
    assert "færre enn fem" in answer.content.decode()


def test_neither_as_a_file_nor_by_its_origin(client, observed, rows):
    assert client.get("/results/norway-2018/explore/figure.csv", PLACE).status_code == 404
    origin = client.get("/results/norway-2018/origin/has_relation/?field=culture_leisure")
    assert rows(origin) == []
    assert "238" not in origin.content.decode()


def test_nor_split_into_groups(client, observed, rows):
    answer = client.get("/results/norway-2018/explore/", {**PLACE, "split": "has_policy"})
    assert rows(answer) == []


def test_the_other_fields_are_shown_and_the_withheld_named(client, observed, rows):
    answer = client.get("/results/norway-2018/explore/", {"indicator": "has_relation"})
    assert len(rows(answer)) == 9
    assert answer.context["shown"].withheld == ("Kultur og fritid",)


def test_a_fields_page_leaves_it_out(client, observed):
    page = client.get("/results/norway-2018/fields/culture_leisure/")
    assert page.context["page"].withheld == ("Samarbeidsrelasjon",)
    assert "238 av 241" not in page.content.decode()


def test_no_numbered_figure_shows_it(client, observed):
    for number, status in (("4.1", 404), ("4.6", 404), ("4.4", 200)):
        answer = client.get(f"/results/norway-2018/figures/{number}.csv")
        assert answer.status_code == status, number


def test_a_study_of_stand_in_units_shows_everything(client, founding, rows):
    assert len(rows(client.get("/results/norway-2018/explore/", PLACE))) == 1
