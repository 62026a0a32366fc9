"""The page on volunteer policy holds every comparison of the library, and says what survives."""

import math

import pytest

from samspill.language import format_number, format_p, format_percent

ADDRESS = "/results/norway-2018/policy/"
SURVIVE = {"bh": 2, "holm": 1}


@pytest.fixture(scope="module")
def effects(analysis):
    return analysis.policy_effects().frame.to_dicts()


def english(client, address, **given):
    return client.get(address, given, headers={"accept-language": "en"})


def test_the_first_sentence_answers_with_computed_numbers(client, founding):
    text = english(client, ADDRESS).content.decode()
    assert "13 of the 40 comparisons are marked as significant in print" in text
    assert "most of them (7) in “Integration”" in text
    assert "2 remain" in text
    assert "stricter method leaves 1" in text


@pytest.mark.parametrize("scale", ["points", "odds"])
@pytest.mark.parametrize("correction", ["bh", "holm", "none"])
def test_the_table_holds_the_librarys_numbers(client, founding, rows, effects, scale, correction):
    found = rows(english(client, ADDRESS, scale=scale, correction=correction))
    assert len(found) == 40
    expected = {}
    for row in effects:
        value = format_number(100 * row["difference"], 1, "en", sign=True)
        if scale == "odds":
            value = format_number(math.exp(row["log_odds_ratio"]), 2, "en")
        base = f"{row['count_reference']} of {row['n_reference']}"
        share = format_percent(row["share_reference"], 1, "en")
        cells = [f"{share}{base}", value, format_p(row["p"], "en")]
        if correction != "none":
            cells.append(format_p(row[f"p_{correction}"], "en"))
        expected[row["indicator"], row["field"]] = cells
    told = [
        [cells[2], cells[4], cells[6], *([cells[8].split(" ")[0].removesuffix("remains")][:1])]
        if correction != "none"
        else [cells[2], cells[4], cells[6]]
        for cells in found
    ]
    assert sorted(map(squeezed, told)) == sorted(map(squeezed, expected.values()))
    remaining = sum("remains" in " ".join(cells) for cells in found)
    assert remaining == SURVIVE.get(correction, 0)


def squeezed(cells):
    return ["".join(cell.split()) for cell in cells]


def test_the_figure_is_drawn_by_the_choice(client, founding):
    corrected = client.get(ADDRESS + "figure.svg", {"correction": "bh"}).content.decode()
    alone = client.get(ADDRESS + "figure.svg", {"correction": "none"}).content.decode()
    odds = client.get(ADDRESS + "figure.svg", {"scale": "odds"}).content.decode()
    assert "Benjamini" in corrected
    assert "Benjamini" not in alone
    assert "Wald" in odds


def test_every_number_leads_to_where_it_comes_from(client, founding):
    from lxml import html

    page = html.fromstring(client.get(ADDRESS).content)
    links = page.xpath("//tbody//a/@href")
    assert len(links) == 80
    for link in links[::13]:
        assert client.get(link).status_code == 200


def test_an_unknown_choice_shows_the_usual(client, founding, rows):
    usual = rows(client.get(ADDRESS))
    assert rows(client.get(ADDRESS, {"scale": "x", "correction": "y", "sort": "z"})) == usual


def test_the_table_can_be_ordered(client, founding, rows, effects):
    def column(sort, number):
        found = rows(english(client, ADDRESS, sort=sort))
        return [cells[number] for cells in found]

    ranked = sorted(effects, key=lambda row: row["p"])
    assert column("p", 6) == [format_p(row["p"], "en") for row in ranked]
    widest = sorted(effects, key=lambda row: -abs(row["difference"]))
    assert column("difference", 4) == [
        format_number(100 * row["difference"], 1, "en", sign=True) for row in widest
    ]


def test_small_cells_of_real_answers_are_not_shown(client, observed, rows):
    found = rows(english(client, ADDRESS))
    assert 0 < len(found) < 40
    for cells in found:
        for base in (cells[2], cells[3]):
            count, n = (int(part) for part in base.split("%")[1].split(" of "))
            assert count >= 5
            assert n - count >= 5
