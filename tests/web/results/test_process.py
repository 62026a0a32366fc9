"""The process map as a page: for all, for a field, for a group."""

import pytest

from samspill.language import format_percent
from samspill.presentation.figures.process import centre, process_map

ADDRESS = "/results/norway-2018/process/"
CHOICES = [{}, {"field": "integration"}, {"group": "yes"}, {"field": "health_care", "group": "no"}]


@pytest.mark.parametrize("choice", CHOICES)
def test_the_table_holds_the_numbers_of_the_map(client, founding, analysis, rows, choice):
    group = ("has_policy", choice["group"]) if "group" in choice else None
    data = process_map(analysis, "en", field=choice.get("field"), group=group).data
    response = client.get(ADDRESS, choice, headers={"accept-language": "en"})
    found = rows(response)
    assert [(row[0], row[3], row[4]) for row in found] == [
        (row["row"], str(row["count"]), str(row["n"])) for row in data.to_dicts()
    ]
    assert [row[5].replace("\xa0", " ") for row in found] == [
        format_percent(row["share"], 1, "en").replace("\xa0", " ") for row in data.to_dicts()
    ]
    assert f"The centre of gravity is {centre(data):.2f}" in response.content.decode()


def test_each_row_leads_on(client, founding):
    from lxml import html

    for choice in CHOICES:
        page = html.fromstring(client.get(ADDRESS, choice).content)
        links = page.xpath("//tbody//a/@href")
        assert len(links) == 12
        assert client.get(links[-1]).status_code == 200


@pytest.mark.parametrize("form", ["svg", "csv"])
def test_the_map_can_be_saved(client, founding, form):
    response = client.get(f"{ADDRESS}figure.{form}", {"field": "integration"})
    assert response.status_code == 200
    assert f"norway-2018-process-integration.{form}" in response["Content-Disposition"]


def test_there_is_no_format_that_is_not_offered(client, founding):
    assert client.get(ADDRESS + "figure.exe").status_code == 404
