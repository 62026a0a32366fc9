"""The page on many small groups holds the library's numbers, and gives no small cell away."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from samspill.language import format_percent
from samspill.study import seal_study, write_study

COUNTIES = tuple(f"c{i:02}" for i in range(12))
ADDRESS = "/results/norway-2018/groups/"


def english(client, address=ADDRESS, **given):
    return client.get(address, given, headers={"accept-language": "en"})


def test_the_first_sentence_says_which_groups_stand_out(client, founding):
    text = english(client, indicator="meeting_point").content.decode()
    assert "surely lie apart from the mean of them all" in text
    assert "above are “Culture and leisure”" in text


def test_the_table_holds_the_librarys_numbers(client, founding, rows, analysis):
    found = rows(english(client, indicator="meeting_point"))
    expected = analysis.pooled("meeting_point").frame.sort("pooled", descending=True).to_dicts()
    assert len(found) == len(expected) == 4
    for cells, row in zip(found, expected, strict=True):
        assert cells[1] == "241"
        assert cells[2].startswith(format_percent(row["raw"], 1, "en"))
        assert cells[3].startswith(format_percent(row["pooled"], 1, "en"))


def test_fields_can_be_crossed_with_an_attribute(client, founding, rows):
    page = english(client, indicator="meeting_point", groups="field-has_policy")
    assert len(rows(page)) == 8
    assert page.context["page"].pooled


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "csv", "xlsx"])
def test_the_figure_and_its_numbers_are_files(client, founding, form):
    answer = client.get(f"{ADDRESS}figure.{form}", {"indicator": "meeting_point"})
    assert answer.status_code == 200
    assert len(answer.content) > 300


def test_a_choice_that_the_study_lacks_is_told_of(client, founding):
    for given in ({"indicator": "nothing"}, {"groups": "nothing"}):
        answer = english(client, **given)
        assert answer.status_code == 404
        assert "nothing" in answer.content.decode()


def test_means_are_read_together_too(client, founding, rows):
    page = english(client, indicator="number_of_relations")
    assert page.context["page"].means
    assert len(rows(page)) == 4


@pytest.fixture(scope="session")
def in_counties(analysis):
    """``in_counties(provenance)``: the folder of the founding study with invented counties.

    Three units that answered are in county c00, the others in eleven counties of some twenty.
    """
    made = {}
    answering = analysis.study.answers["unit"].unique().sort()[:3].to_list()

    def write(provenance):
        if provenance not in made:
            study = analysis.study
            where = [
                COUNTIES[0] if unit in answering else COUNTIES[1 + place % 11]
                for place, unit in enumerate(study.units["unit"])
            ]
            about = {
                "variable": "county", "type": "nominal", "per_field": False,
                "label_nb": "Fylke", "label_nn": "Fylke", "label_en": "County",
            }  # fmt: skip
            row = pl.DataFrame([about], schema_overrides=study.variables.schema)
            categories = pl.DataFrame(
                [
                    {"variable": "county", "value": county, "order": order, "missing": False}
                    | {f"label_{language}": county for language in ("nb", "nn", "en")}
                    for order, county in enumerate(COUNTIES, start=1)
                ],
                schema_overrides=study.categories.schema,
            )
            tables = {
                "categories": pl.concat([study.categories, categories], how="diagonal"),
                "units": study.units.with_columns(pl.Series("county", where)),
                "variables": pl.concat([study.variables, row], how="diagonal"),
                "provenance": study.provenance.with_columns(pl.lit(provenance).alias("provenance")),
            }
            folder = Path(settings.DATA) / "studies" / f"counties-{provenance}"
            write_study(study.with_tables(**tables), folder)
            seal_study(folder)
            made[provenance] = folder
        return made[provenance]

    return write


@pytest.fixture
def published(founding, in_counties):
    def publish(provenance):
        folder = in_counties(provenance)
        founding.publications.all().delete()
        founding.publications.create(folder=str(folder.relative_to(settings.DATA)))

    return publish


COUNTY = {"indicator": "meeting_point", "groups": "county", "field": "integration"}


def test_stand_in_counties_are_all_shown(client, published, rows):
    published("invented")
    page = english(client, **COUNTY)
    assert len(rows(page)) == len(COUNTIES)
    assert not page.context["page"].withheld
    assert "Invented data" in page.content.decode()


def test_a_small_county_of_real_answers_and_what_gives_it_away_is_left_out(client, published, rows):
    """The county of three is not shown, nor one more, since the total would tell of it."""
    published("observed")
    page = english(client, **COUNTY)
    hidden = page.context["page"].withheld
    assert COUNTIES[0] in hidden
    assert len(hidden) >= 2
    shown = rows(page)
    assert len(shown) == len(COUNTIES) - len(hidden)
    assert not {cells[0] for cells in shown} & set(hidden)


def test_no_pooled_number_knows_of_a_county_left_out(client, published, rows, in_counties):
    """The same numbers come from a study in which those counties never answered."""
    from samspill.analysis import open_study
    from samspill.analysis.pooling import pooled

    published("observed")
    page = english(client, **COUNTY)
    hidden = set(page.context["page"].withheld)
    whole = open_study(in_counties("observed"))
    units = whole.study.units.filter(~pl.col("county").is_in(list(hidden)))["unit"]
    without = type(whole)(
        whole.study.with_tables(
            answers=whole.study.answers.filter(pl.col("unit").is_in(units.implode()))
        )
    )
    expected = pooled(
        without, "meeting_point", ("county",), ["integration"], "auto", (), 0.95,
        [("integration", county) for county in hidden],
    ).frame  # fmt: skip
    told = {cells[0]: cells[3] for cells in rows(page)}
    for row in expected.to_dicts():
        assert told[row["county"]].startswith(format_percent(row["pooled"], 1, "en"))


def test_neither_do_the_files(client, published):
    published("observed")
    answer = client.get(f"{ADDRESS}figure.csv", COUNTY)
    hidden = english(client, **COUNTY).context["page"].withheld
    text = answer.content.decode()
    assert not any(county in text for county in hidden)


def test_a_field_that_is_withheld_elsewhere_is_withheld_here(client, observed, rows):
    page = english(client, indicator="has_relation")
    assert "Culture and leisure" in page.context["page"].withheld
    assert len(rows(page)) == 9


def test_ordered_answers_stand_beside_the_line(client, founding, rows):
    page = english(client, "/results/norway-2018/models/ordered/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "give the same verdict at the 5 per cent level in all 4 fields" in text
    assert "4.61" in text
    assert len([cells for cells in rows(page) if len(cells) == 9]) == 4


def test_ordered_answers_of_real_units_in_small_categories_are_not_shown(client, observed, rows):
    page = english(client, "/results/norway-2018/models/ordered/")
    assert rows(page) == []
    assert "fewer than five units" in page.content.decode()
