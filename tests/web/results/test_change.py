"""Has it changed? Published waves compared, one wave told as one, small cells not told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from django.conf import settings
from django.core.cache import cache

from samspill.study import seal_study, write_study

ENGLISH = {"accept-language": "en"}
PAGE = "/results/norway-2018/change/"


@pytest.fixture(scope="session")
def earlier(analysis):
    """The founding study as if asked in 2014, every tenth unit silent and some answers otherwise;
    as stand-ins, and as if observed. One folder for each."""
    study = analysis.study
    random = np.random.default_rng(14)
    units = study.units["unit"].to_list()
    kept = {unit for n, unit in enumerate(units) if n % 10}
    answers = study.answers.filter(pl.col("unit").is_in(kept))
    asked = pl.col("variable").is_in(["meeting_point", "has_relation"])
    turned = pl.Series(random.random(answers.height) < 0.2)
    otherwise = pl.when(pl.col("value") == "1").then(pl.lit("0")).otherwise(pl.lit("1"))
    answers = answers.with_columns(
        pl.when(asked & turned).then(otherwise).otherwise(pl.col("value")).alias("value")
    )
    real = study.provenance.with_columns(pl.lit("observed").alias("provenance"))
    folders = {}
    for name, provenance in (("standins", study.provenance), ("observed", real)):
        own = replace(
            study.with_tables(
                answers=answers, provenance=provenance, printed=study.printed.clear()
            ),
            identifier=f"norway-2014-{name}",
            year=2014,
        )
        folder = settings.DATA / "studies" / f"earlier-{name}"
        write_study(own, folder)
        seal_study(folder)
        folders[name] = str(folder.relative_to(settings.DATA))
    return folders


@pytest.fixture
def two_waves(founding, earlier):
    cache.clear()
    newest = founding.publications.get()
    founding.publications.create(folder=earlier["standins"])
    newest.pk = None
    newest.save()
    return founding


def test_one_wave_says_so_and_what_a_next_one_would_find(client, founding, rows):
    page = client.get(PAGE, headers=ENGLISH)
    text = page.content.decode()
    assert page.status_code == 200
    assert "There is one wave, of 2018" in text
    assert "not what came first" in text
    assert "would be found in 80%" in text
    assert "What has changed" not in text
    assert any("The same answer again: 132" in row[0] for row in rows(page))


def test_two_waves_are_compared_with_intervals_and_turnover(client, two_waves, rows):
    page = client.get(f"{PAGE}?indicator=meeting_point", headers=ENGLISH)
    text = page.content.decode()
    assert "From 2014 to 2018" in text
    assert "95% interval" in text
    assert "Who could be followed?" in text
    culture = next(row for row in rows(page) if row[0] == "Culture and leisure")
    assert culture[1] == "211"
    assert culture[3] == "241"
    assert culture[10] == "211"
    assert int(culture[11]) + int(culture[12]) > 10


@pytest.mark.parametrize("part", ["waves", "next"])
@pytest.mark.parametrize("form", ["svg", "csv"])
def test_figures_and_numbers_can_be_taken_away(client, two_waves, part, form):
    answer = client.get(f"/results/norway-2018/change/{part}.{form}?indicator=meeting_point")
    assert answer.status_code == 200
    assert "norway-2018-change" in answer["Content-Disposition"]


@pytest.mark.parametrize("address", ["waves.svg", "other.svg", "next.exe"])
def test_what_there_is_none_of_is_not_found(client, founding, address):
    assert client.get(f"/results/norway-2018/change/{address}").status_code == 404


def test_small_turnover_of_real_answers_is_not_told(client, observed, earlier, rows):
    cache.clear()
    newest = observed.publications.get()
    observed.publications.create(folder=earlier["observed"])
    newest.pk = None
    newest.save()
    page = client.get(f"{PAGE}?indicator=has_relation", headers=ENGLISH)
    for row in rows(page):
        if len(row) == 14 and row[0] != "Field":
            for count in (row[11], row[12]):
                assert count == "" or int(count) == 0 or int(count) >= 5


def test_a_withdrawn_wave_is_no_wave(client, two_waves, django_user_model):
    from samspill.web.results.change.waves import published_waves

    assert len(published_waves(two_waves)) == 2
    two_waves.publications.filter(folder__contains="earlier").update(
        withdrawn_at=two_waves.published_at
    )
    assert len(published_waves(two_waves)) == 1


def test_the_page_speaks_norwegian(client, two_waves):
    for code, words in (("nb", "Har det endret seg?"), ("nn", "Har det endra seg?")):
        page = client.get(PAGE, headers={"accept-language": code})
        assert words in page.content.decode()
