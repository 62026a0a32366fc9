"""The page on many small groups holds the library's numbers, and gives no small cell away."""

from __future__ import annotations

import pytest

from samspill.language import format_percent

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
