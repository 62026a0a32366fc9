"""Each number leads back to its cells, its definition, and what was printed."""

from __future__ import annotations

import pytest

from samspill.analysis import open_study

FOUNDING = open_study("norway-2018")
CHECK = FOUNDING.check()
WRONG = [row for row in CHECK.disagreements.to_dicts() if ";" not in row["indicator"]]


def _get(client, indicator, **query):
    return client.get(f"/results/norway-2018/origin/{indicator}/", query)


def test_the_cells_are_those_of_the_study(client, founding, rows, heading):
    answer = _get(
        client, "planning_processes", field="integration", split="has_policy", group="yes"
    )
    cells = rows(answer)[:2]
    found = FOUNDING.cells("planning_processes", "has_policy").frame
    expected = {
        row["has_policy"]: [str(row["sum"]), str(row["n"] - row["sum"]), str(row["n"])]
        for row in found.to_dicts()
        if row["field"] == "integration"
    }
    assert [row[1:4] for row in cells] == [expected["no"], expected["yes"]]
    assert "dette tallet" in cells[1][0]
    assert heading(answer) == "Hvor kommer 41,6 % fra?"


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row["id"])
def test_a_printed_number_that_disagrees_is_told_with_its_explanation(client, founding, rows, row):
    answer = _get(client, row["indicator"], field=row["field"] or "", split="has_policy")
    (told,) = [
        shown for shown in rows(answer) if row["printed"] in shown and "stemmer ikke" in shown[-1]
    ]
    assert told[4] == (row["recomputed"] or "")


def test_printed_numbers_that_agree_stand_beside_the_recomputed(client, founding, rows):
    printed = FOUNDING.study.printed.filter(
        indicator="activity_grant", field="integration"
    ).to_dicts()
    answer = _get(client, "activity_grant", field="integration")
    shown = [row for row in rows(answer) if len(row) == 6]
    assert [row[3] for row in shown] == [row["printed"] for row in printed]
    assert all(row[4] == row[3] and row[5].startswith("stemmer") for row in shown)


def test_a_composite_indicator_leads_to_its_parts(client, founding):
    page = _get(client, "transition", field="integration").content.decode()
    for part in ("development_projects", "single_cases"):
        assert f'href="../{part}/?field=integration"' in page
        assert _get(client, part, field="integration").status_code == 200


def test_the_difference_of_two_groups_has_a_page(client, founding, heading):
    answer = _get(client, "activity_grant", field="integration", split="has_policy")
    found = FOUNDING.differences("activity_grant", by="has_policy", fields=["integration"]).frame
    assert f"{100 * found['difference'][0]:+.1f}".replace(".", ",") in heading(answer)


def test_every_indicator_has_a_definition_and_says_how_it_is_known(client, founding):
    for indicator, definition in FOUNDING.definitions.items():
        field = "integration" if definition.per_field else ""
        page = _get(client, indicator, field=field)
        assert page.status_code == 200
        assert page.context["origin"].definition
        assert page.context["origin"].rule
        assert page.context["origin"].provenance


def test_an_address_without_field_leads_to_the_fields(client, founding):
    found = _get(client, "planning_processes").context["origin"]
    assert [part.address for part in found.fields] == [
        f"?field={field}" for field in FOUNDING.fields
    ]


@pytest.mark.parametrize(
    ("indicator", "query"),
    [
        ("happiness", {}),
        ("meeting_point", {"field": "space"}),
        ("meeting_point", {"split": "has_policy", "group": "maybe"}),
        ("number_of_relations", {"field": "integration", "value": "99"}),
    ],
)
def test_what_the_study_does_not_have_is_told(client, founding, heading, indicator, query):
    answer = _get(client, indicator, **query)
    assert answer.status_code == 404
    assert "«" in heading(answer)
