"""The explorer shows the numbers of ``StudyAnalysis``, whatever is chosen."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from samspill.analysis import open_study
from samspill.language import format_number, format_percent

PAGE = "/results/norway-2018/explore/"
FOUNDING = open_study("norway-2018")
INDICATORS = tuple(FOUNDING.definitions)
SPLITS = ("", "has_policy", "response")


def _spaces(text):
    return " ".join(text.split())


def _share(value):
    return _spaces(format_percent(value, 1, "nb"))


def _group(analysis, split, value):
    return analysis.labels.category(split, value, "nb")


def _field(analysis, field):
    return analysis.label(field, "nb") if field else "Enheten som helhet"


def _expected_shares(analysis, indicator, field, split):
    """Field, group, count, n, share of every row that ``shares`` gives answers for."""
    found = analysis.shares(indicator, by=split or None, fields=[field] if field else None).frame
    return [
        [
            _field(analysis, row["field"]),
            *([_group(analysis, split, row[split])] if split else []),
            str(row["count"]),
            str(row["n"]),
            _share(row["share"]),
        ]
        for row in found.to_dicts()
        if row["n"]
    ]


@pytest.mark.long
@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_choice_shows_what_the_analysis_gives(client, founding, rows, monkeypatch, indicator):
    monkeypatch.setattr("samspill.presentation.figures.Figure.to_svg", _blank)
    for chart in ("bar_chart", "paired_chart"):
        monkeypatch.setattr(f"samspill.web.results.explorer_figure.{chart}", lambda *_: None)
    definition = FOUNDING.definition(indicator)
    for field in ("", *FOUNDING.all_fields) if definition.per_field else ("",):
        for split in SPLITS:
            query = {"indicator": indicator, "field": field, "split": split}
            answer = client.get(PAGE, query)
            assert answer.status_code == 200, query
            asked = FOUNDING.asked([indicator], None)
            if field and field not in asked:
                assert "ingen svar på dette" in answer.content.decode(), query
                assert rows(answer) == []
            elif FOUNDING.is_binary(indicator):
                expected = _expected_shares(FOUNDING, indicator, field, split)
                shown = [row[: len(expected[0])] for row in rows(answer)]
                assert shown[: len(expected)] == expected, query


def _blank(self, *, framed=False):
    return '<svg width="680" height="100"></svg>'


def test_a_split_by_two_groups_shows_the_differences(client, founding, rows, analysis):
    answer = client.get(PAGE, {"indicator": "activity_grant", "split": "has_policy"})
    expected = [
        [
            analysis.label(row["field"], "nb"),
            _share(row["share_reference"]),
            _share(row["share_comparison"]),
            format_number(100 * row["difference"], 1, "nb", sign=True),
        ]
        for row in analysis.differences("activity_grant", by="has_policy").frame.to_dicts()
    ]
    assert [row[:4] for row in rows(answer)[-len(expected) :]] == expected


def test_an_ordered_variable_shows_its_categories(client, founding, rows, analysis):
    answer = client.get(PAGE, {"indicator": "number_of_relations", "field": "integration"})
    found = analysis.distribution("number_of_relations", fields=["integration"]).frame
    assert [[row[2], row[3], row[4]] for row in rows(answer)] == [
        [str(row["count"]), str(row["n"]), _share(row["share"])] for row in found.to_dicts()
    ]


def test_an_ordered_variable_split_by_policy_shows_means_that_least_squares_gives(
    client, founding, rows, analysis
):
    query = {"indicator": "number_of_relations", "field": "integration", "split": "has_policy"}
    shown = rows(client.get(PAGE, query))
    fit = analysis.ols("number_of_relations", by="has_policy", fields=["integration"]).frame
    intercept, slope = fit["estimate"]
    means = [format_number(value, 2, "nb") for value in (intercept, intercept + slope)]
    assert [row[3] for row in shown[:2]] == means
    assert shown[2][3] == format_number(slope, 2, "nb", sign=True)


def test_the_first_sentence_answers_with_the_numbers(client, founding):
    query = {"indicator": "planning_processes", "field": "integration", "split": "has_policy"}
    text = " ".join(client.get(PAGE, query).context["shown"].lead.split())
    assert "41,6 %" in text
    assert "27,4 %" in text
    assert "+14,1 prosentpoeng" in text


def test_the_figure_has_words_and_stands_at_a_stable_address(client, founding):
    page = client.get(PAGE, {"indicator": "meeting_point"}).content.decode()
    (source, alt) = re.search(r'<img src="([^"]+)"[^>]* alt="([^"]+)"', page).groups()
    assert "70 %" in alt.replace("\xa0", " ")
    picture = client.get(source.replace("&amp;", "&"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<script" not in picture.content


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "xlsx", "csv"])
def test_what_is_shown_can_be_saved(client, founding, form):
    kinds = {"png": b"\x89PNG", "pdf": b"%PDF", "xlsx": b"PK", "svg": b"<svg"}
    query = {"indicator": "meeting_point", "split": "has_policy", "language": "en"}
    answer = client.get(f"{PAGE}figure.{form}", query)
    assert answer.status_code == 200
    name = f"norway-2018-meeting_point-has_policy.{form}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content.startswith(kinds.get(form, b"Field,Group,Number of units,n"))


def test_a_saved_table_holds_the_counts_and_how_they_are_known(client, founding, analysis):
    query = {"indicator": "meeting_point", "language": "en"}
    saved = client.get(f"{PAGE}figure.csv", query).content.decode()
    read = list(csv.DictReader(io.StringIO(saved)))
    found = analysis.shares("meeting_point").frame.to_dicts()
    assert [(int(row["Number of units"]), int(row["n"])) for row in read] == [
        (row["count"], row["n"]) for row in found
    ]
    assert {row["Provenance"] for row in read} == {"reconstructed exactly from printed statistics"}


def test_a_picture_that_the_reader_has_is_not_sent_again(client, founding):
    address = f"{PAGE}figure.svg?indicator=meeting_point"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    other = client.get(address + "&language=en", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"indicator": "happiness"}, "ingen indikator som heter «happiness»"),
        ({"field": "space"}, "ikke noe felt som heter «space»"),
        ({"split": "shoe_size"}, "ikke noe om enhetene som heter «shoe_size»"),
    ],
)
def test_what_the_study_does_not_have_is_told_in_one_sentence(
    client, founding, heading, query, sentence
):
    answer = client.get(PAGE, query)
    assert answer.status_code == 404
    assert sentence in heading(answer)
    assert client.get(f"{PAGE}figure.svg", query).status_code == 404


def test_a_field_of_a_question_about_the_whole_unit_is_left_aside(client, founding, rows):
    query = {"indicator": "barrier_coordination"}
    with_field = client.get(PAGE, {**query, "field": "integration"})
    assert rows(with_field) == rows(client.get(PAGE, query))


def test_the_addresses_stay():
    given = {
        "overview": "/results/norway-2018/",
        "explorer": "/results/norway-2018/explore/",
        "downloads": "/results/norway-2018/downloads/",
    }
    for name, address in given.items():
        assert reverse(f"results:{name}", args=["norway-2018"]) == address
    for name, arguments, address in (
        ("explorer_file", ["svg"], "/results/norway-2018/explore/figure.svg"),
        ("origin", ["meeting_point"], "/results/norway-2018/origin/meeting_point/"),
        ("field", ["integration"], "/results/norway-2018/fields/integration/"),
        (
            "field_file",
            ["integration", "forms", "png"],
            "/results/norway-2018/fields/integration/forms.png",
        ),
        ("figure_file", ["4.1", "svg"], "/results/norway-2018/figures/4.1.svg"),
        ("table_file", ["A1.1", "csv"], "/results/norway-2018/tables/A1.1.csv"),
    ):
        assert reverse(f"results:{name}", args=["norway-2018", *arguments]) == address
