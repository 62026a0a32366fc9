"""The overview, the fields' pages, and what can be saved."""

from __future__ import annotations

import io
import zipfile

import pytest

from samspill.analysis import open_study
from samspill.language import format_percent
from samspill.presentation import figure_numbers, headline_findings, table_numbers

FOUNDING = open_study("norway-2018")


def _spaces(text):
    return " ".join(text.split())


def test_the_overview_opens_with_the_reports_findings(client, founding):
    text = _spaces(client.get("/results/norway-2018/").content.decode())
    for finding in headline_findings(FOUNDING, "nb"):
        assert _spaces(finding) in text


def test_the_fields_at_a_glance_are_those_of_the_analysis(client, founding, rows):
    table = rows(client.get("/results/norway-2018/"))
    assert [row[0] for row in table] == [FOUNDING.label(f, "nb") for f in FOUNDING.fields]
    relations = FOUNDING.shares("has_relation", fields=FOUNDING.fields).frame.to_dicts()
    assert [row[1] for row in table] == [
        f"{_spaces(format_percent(row['share'], 0, 'nb'))}{row['count']} av {row['n']}"
        for row in relations
    ]


@pytest.mark.parametrize("field", FOUNDING.all_fields)
def test_a_fields_page_shows_its_comparisons(client, founding, rows, field):
    answer = client.get(f"/results/norway-2018/fields/{field}/")
    assert answer.status_code == 200
    names = [effect.indicator for effect in answer.context["page"].effects]
    found = FOUNDING.differences(names, by="has_policy", fields=[field]).frame
    shown = [row for row in rows(answer) if len(row) == 7]
    assert [row[1].split("%")[1].strip() for row in shown] == [
        f"{row['count_reference']} av {row['n_reference']}" for row in found.to_dicts()
    ]


def test_a_field_studied_in_depth_has_forms_support_and_coordination(client, founding):
    page = client.get("/results/norway-2018/fields/integration/").context["page"]
    assert [part.identifier for part in page.parts] == ["forms", "support", "coordination"]
    assert [len(part.lines) for part in page.parts] == [6, 3, 3]


def test_there_is_no_page_for_a_field_the_study_lacks(client, founding):
    assert client.get("/results/norway-2018/fields/space/").status_code == 404
    assert client.get("/results/norway-2018/fields/integration/space.svg").status_code == 404


def test_every_figure_and_table_is_offered(client, founding):
    found = client.get("/results/norway-2018/downloads/").context["offer"]
    assert tuple(item.number for item in found.figures) == (*figure_numbers(), "case_places")
    assert tuple(item.number for item in found.tables) == table_numbers()


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("figures/4.11.svg", b"<svg"),
        ("figures/4.8.png", b"\x89PNG"),
        ("figures/policy_effects.pdf", b"%PDF"),
        ("tables/A1.1.xlsx", b"PK"),
        ("fields/integration/forms.csv?language=en", b"Indicator,Number of units,n,Share"),
    ],
)
def test_files_are_what_their_names_say(client, founding, address, begins):
    answer = client.get(f"/results/norway-2018/{address}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_a_workbook_says_how_its_numbers_are_known(client, founding):
    saved = client.get("/results/norway-2018/tables/A1.1.xlsx?language=en").content
    with zipfile.ZipFile(io.BytesIO(saved)) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if "xml" in name)
    assert "reconstructed exactly from printed statistics" in text


@pytest.mark.parametrize("address", ["figures/9.9.svg", "figures/4.1.exe", "tables/4.1.csv"])
def test_what_is_not_there_is_not_found(client, founding, address):
    assert client.get(f"/results/norway-2018/{address}").status_code == 404
