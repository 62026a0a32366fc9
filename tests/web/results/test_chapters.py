"""Barriers, cases, models and method."""

import pytest

from samspill.language import format_number
from samspill.presentation import table

FOLDER = "/results/norway-2018/"


def test_the_barriers_hold_the_shares_of_the_survey(client, founding, analysis, rows):
    found = rows(client.get(FOLDER + "barriers/", headers={"accept-language": "en"}))
    names = [name for name in analysis.definitions if name.startswith("barrier_")]
    expected = analysis.shares(names).frame.sort("share", descending=True)
    assert [row[1:3] for row in found] == [
        [str(row["n"]), str(row["count"])] for row in expected.to_dicts()
    ]


def test_the_cases_are_tables_1_1_and_1_2(client, founding, analysis, rows):
    found = rows(client.get(FOLDER + "cases/", headers={"accept-language": "en"}))
    expected = [
        list(row) for number in ("1.1", "1.2") for row in table(analysis, number, "en").rows()
    ]
    assert [[cell.replace("\xa0", " ") for cell in row] for row in found] == [
        [cell.replace("\xa0", " ") for cell in row] for row in expected
    ]


def test_the_models_are_those_of_table_a1_1(client, founding, analysis, rows):
    found = rows(client.get(FOLDER + "models/", headers={"accept-language": "en"}))
    expected = table(analysis, "A1.1", "en").frame.to_dicts()
    assert len(found) == len(expected) == 44

    def told(row):
        constant = format_number(row["constant_estimate"], 2, "en") + row["constant_stars"]
        return (constant, format_number(row["estimate"], 2, "en") + row["stars"], str(row["n"]))

    assert sorted((row[3], row[4], row[11]) for row in found) == sorted(map(told, expected))
    assert sum("disagrees" in row[5] for row in found) == 1


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_method_has_its_source_and_its_limits(client, founding, language):
    from lxml import html

    page = html.fromstring(
        client.get(FOLDER + "method/", headers={"accept-language": language}).content
    )
    cards = page.xpath("//section[contains(@class, 'card')]")
    assert len(cards) >= 9
    for card in cards:
        assert card.xpath("./h2")
        assert [text.strip() for text in card.xpath(".//dd/text()")] != ["", ""]


@pytest.mark.parametrize("page", ["barriers", "cases", "models", "policy", "process"])
def test_a_page_without_answers_says_what_will_stand_here(client, founding, analysis, page):
    from django.conf import settings

    from samspill.study import seal_study, write_study

    folder = settings.DATA / "studies" / "empty"
    if not folder.exists():
        bare = analysis.study.with_tables(
            answers=analysis.study.answers.clear(),
            printed=analysis.study.printed.clear(),
            cases=None,
        )
        write_study(bare, folder)
        seal_study(folder)
    founding.publications.all().delete()
    founding.publications.create(folder="studies/empty")
    response = client.get(f"{FOLDER}{page}/", headers={"accept-language": "en"})
    assert response.status_code == 200
    text = response.content.decode()
    assert "Where it" in text
    assert "<table" not in text


def test_the_cases_are_placed_by_size_and_centrality_as_picture_and_file(client, founding):
    import csv
    import io

    page = client.get(FOLDER + "cases/", headers={"accept-language": "en"})
    assert "The largest case is “Oslo”" in page.text
    address = FOLDER + "figures/case_places"
    svg = client.get(f"{address}.svg?frame=no&language=nn")
    assert svg.status_code == 200
    assert "Sentralitet 1" in b"".join(svg).decode()
    rows = list(csv.reader(io.StringIO(client.get(f"{address}.csv?language=en").text)))
    assert len(rows) == 13
    assert client.get(FOLDER + "downloads/").text.count(f"{address}.") == 5
