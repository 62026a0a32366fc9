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


@pytest.fixture
def three_waves(two_waves, earlier, analysis):
    """The two waves and one before them, in which every fifth unit was silent."""
    units = analysis.study.units["unit"].to_list()
    kept = {unit for n, unit in enumerate(units) if n % 5}
    own = replace(
        analysis.study.with_tables(
            answers=analysis.study.answers.filter(pl.col("unit").is_in(kept)),
            printed=analysis.study.printed.clear(),
        ),
        identifier="norway-2010",
        year=2010,
    )
    folder = settings.DATA / "studies" / "earliest"
    if not folder.exists():
        write_study(own, folder)
        seal_study(folder)
    cache.clear()
    newest = two_waves.publications.first()
    two_waves.publications.create(folder=str(folder.relative_to(settings.DATA)))
    newest.pk = None
    newest.save()
    return two_waves


def test_the_reader_chooses_which_two_waves_are_compared(client, three_waves):
    text = client.get(f"{PAGE}?indicator=meeting_point", headers=ENGLISH).content.decode()
    assert "From 2010 to 2018" in text
    chosen = f"{PAGE}?indicator=meeting_point&before=2010&after=2014"
    text = client.get(chosen, headers=ENGLISH).content.decode()
    assert "From 2010 to 2014" in text
    assert "before=2010&amp;after=2014" in text
    text = client.get(f"{PAGE}?before=2018&after=2010", headers=ENGLISH).content.decode()
    assert "From 2010 to 2018" in text
    assert "must be earlier than the second" in text


def test_every_wave_is_shown_with_its_base_and_its_panel(client, three_waves, rows):
    page = client.get(f"{PAGE}?indicator=meeting_point", headers=ENGLISH)
    assert "What did every wave say?" in page.content.decode()
    told = [row for row in rows(page) if row[:1] == ["Culture and leisure"] and len(row) == 11]
    assert [row[1] for row in told] == ["2010", "2014", "2018"]
    assert [row[2] for row in told][1:] == ["211", "241"]
    assert len({row[6] for row in told}) == 1
    assert all(int(row[6]) <= min(int(r[2]) for r in told) for row in told)
    answer = client.get("/results/norway-2018/change/series.csv?indicator=meeting_point")
    assert answer.status_code == 200
    assert answer.content.decode().count("\n") > 12


def test_means_are_compared_as_shares_are(client, three_waves, rows):
    page = client.get(f"{PAGE}?indicator=number_of_relations", headers=ENGLISH)
    text = page.content.decode()
    assert "the mean" in text or "no change in" in text
    assert "t interval for partly the same units" in text
    told = next(row for row in rows(page) if row[0] == "Integration" and len(row) == 12)
    assert told[3] == "174"
    assert told[4] == "1.80"
    for form in ("svg", "csv"):
        address = f"/results/norway-2018/change/waves.{form}?indicator=number_of_relations"
        assert client.get(address).status_code == 200
