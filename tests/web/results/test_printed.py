"""Printed and recomputed: all numbers, those that disagree first, each explained."""

import csv
import io
from collections import Counter
from urllib.parse import urljoin

import pytest

ADDRESS = "/results/norway-2018/printed/"


@pytest.fixture(scope="module")
def check(analysis):
    return analysis.check()


def test_every_printed_number_stands_with_its_verdict(client, founding, rows, check):
    found = rows(client.get(ADDRESS, headers={"accept-language": "en"}))
    assert len(found) == check.frame.height == 254
    told = Counter((row[4], row[5]) for row in found)
    assert told == Counter(
        (row["printed"] or "–", row["recomputed"] or "–") for row in check.frame.to_dicts()
    )
    assert sum(row[6].startswith("disagrees") for row in found[:3]) == 3


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_disagrees_is_explained_in_the_language_of_the_page(client, founding, check, language):
    text = client.get(ADDRESS, headers={"accept-language": language}).content.decode()
    from django.utils.html import escape

    for explanation in check.explanations(language):
        assert escape(explanation) in text


@pytest.mark.parametrize("verdict", ["agrees", "disagrees", "taken as given"])
def test_numbers_are_chosen_by_verdict(client, founding, rows, check, verdict):
    found = rows(client.get(ADDRESS, {"verdict": verdict}))
    assert len(found) == (check.frame["verdict"] == verdict).sum()


def test_numbers_are_chosen_by_where_they_stand(client, founding, rows, check):
    for source in check.frame["source"].unique():
        found = rows(client.get(ADDRESS, {"source": source}))
        assert len(found) == (check.frame["source"] == source).sum()


def test_the_choice_can_be_saved(client, founding):
    response = client.get("/results/norway-2018/printed.csv", {"verdict": "disagrees"})
    saved = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(saved) == 3
    assert all(row["explanation"] for row in saved)


def test_each_link_of_a_number_leads_somewhere(client, founding):
    from lxml import html

    page = html.fromstring(client.get(ADDRESS).content)
    links = sorted(set(page.xpath("//tbody//a/@href")))
    assert links
    for link in links[::9]:
        assert client.get(urljoin(ADDRESS, link)).status_code == 200


def test_a_study_never_printed_says_what_will_stand_here(client, founding, analysis):
    from django.conf import settings

    from samspill.study import seal_study, write_study

    empty = analysis.study.with_tables(printed=analysis.study.printed.clear())
    folder = settings.DATA / "studies" / "never_printed"
    write_study(empty, folder, overwrite=True)
    seal_study(folder)
    founding.publications.all().delete()
    founding.publications.create(folder="studies/never_printed")
    text = client.get(ADDRESS, headers={"accept-language": "en"}).content.decode()
    assert "Nothing has been printed of this study" in text
