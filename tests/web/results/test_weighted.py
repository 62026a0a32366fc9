"""A study that weights its answers: two numbers wherever there is one, or why not."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest
from django.conf import settings
from django.core.cache import cache

from samspill.analysis import StudyAnalysis
from samspill.study import seal_study, write_study
from samspill.study.weighting import KnownTotals, Weighting

ENGLISH = {"accept-language": "en"}
CHOICE = Weighting(
    "raking",
    (KnownTotals(("size",)),),
    headline="weighted",
    chosen_by="The project group",
    chosen_on="2026-03-01",
    reason="Small units answered too rarely.",
)
WHO = "Chosen by The project group on 1 Mar 2026: Small units answered too rarely."


@pytest.fixture(scope="module")
def declared(analysis):
    """The founding study as if the size of every unit were known, large ones answering more."""
    study = analysis.study
    answered = study.units["unit"].is_in(study.answers["unit"].unique().to_list())
    place = pl.int_range(pl.len())
    small = pl.when(pl.Series(answered)).then(place % 3 == 0).otherwise(place % 3 > 0)
    variables, categories = study.variables, study.categories
    row = dict.fromkeys(variables.columns, "Size") | {
        "variable": "size", "type": "nominal", "per_field": False,
    }  # fmt: skip
    own = [
        dict.fromkeys(categories.columns, value.title())
        | {"variable": "size", "value": value, "order": order, "missing": False}
        for order, value in enumerate(("small", "large"), start=1)
    ]
    made = study.with_tables(
        units=study.units.with_columns(
            pl.when(small).then(pl.lit("small")).otherwise(pl.lit("large")).alias("size")
        ),
        variables=pl.concat([variables, pl.DataFrame([row], schema=variables.schema)]),
        categories=pl.concat([categories, pl.DataFrame(own, schema=categories.schema)]),
    )
    return replace(made, identifier="norway-2018").with_weighting(CHOICE)


@pytest.fixture(scope="module")
def folder(declared):
    path = settings.DATA / "studies" / "weighted"
    write_study(declared, path)
    seal_study(path)
    return str(path.relative_to(settings.DATA))


@pytest.fixture
def weighted(founding, folder):
    cache.clear()
    founding.publications.all().delete()
    founding.publications.create(folder=folder)
    return founding


def number(text):
    return float(text.replace("−", "-").replace(",", "").rstrip("%"))


def test_a_weighted_share_leads_back_to_its_sums(client, weighted, declared, rows):
    address = "/results/norway-2018/origin/meeting_point/?field=integration"
    page = client.get(address, headers=ENGLISH)
    told = next(row for row in rows(page) if len(row) == 6 and row[-1].endswith("%"))
    total, weights, squares, equal = map(number, told[1:5])
    found = StudyAnalysis(declared).shares("meeting_point", fields=["integration"]).frame
    share = found["share_weighted"].item()
    assert total / weights == pytest.approx(share, abs=0.0005)
    assert equal == pytest.approx(weights**2 / squares, abs=0.2)
    assert number(told[5]) == pytest.approx(100 * share, abs=0.051)
    text = page.content.decode()
    assert WHO in text
    assert f"Weighted it is {100 * share:.1f}% (" in text


def test_means_stand_with_intervals_and_weighted(client, weighted, declared, rows):
    query = "indicator=number_of_relations&split=has_policy&field=integration"
    page = client.get(f"/results/norway-2018/explore/?{query}", headers=ENGLISH)
    frame = StudyAnalysis(declared).means(
        "number_of_relations", by="has_policy", fields=["integration"]
    ).frame  # fmt: skip
    told = [row for row in rows(page) if len(row) == 7][: frame.height]
    assert [row[3] for row in told] == [f"{mean:.2f}" for mean in frame["mean"]]
    assert [row[4] for row in told] == [
        f"{row['low']:.2f} to {row['high']:.2f}" for row in frame.to_dicts()
    ]
    assert [row[5].split()[0] for row in told] == [f"{m:.2f}" for m in frame["mean_weighted"]]
    csv = client.get(f"/results/norway-2018/explore/figure.csv?{query}", headers=ENGLISH)
    assert "Weighted mean" in csv.content.decode()


@pytest.mark.parametrize("indicator", ["number_of_relations", "meeting_point"])
def test_the_difference_in_the_sentence_is_that_of_the_two_numbers_before_it(
    client, weighted, indicator
):
    query = f"indicator={indicator}&split=has_policy&field=integration"
    page = client.get(f"/results/norway-2018/explore/?{query}", headers=ENGLISH)
    told = re.findall(r"[−+]?\d+\.\d+", page.context["shown"].lead)
    second, first, difference = map(number, told[:3])
    assert difference == pytest.approx(
        second - first, abs=0.2 if indicator == "meeting_point" else 0.02
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("process/", "Weighted share"),
        ("models/", "Weighted coefficient"),
        ("policy/?scale=odds", "Weighted odds ratio"),
        ("groups/?indicator=meeting_point", "Alone, weighted, with 95 per cent interval"),
        ("printed/", "What is recomputed here is unweighted, as what was printed is."),
        ("response/", "What the silent would have to be, weighted"),
        ("sources/", "A code in an interview has no weight"),
        ("models/ordered/", "This comparison of two methods is of the answers as given"),
    ],
)
def test_every_page_has_both_or_says_why_not(client, weighted, address, words):
    page = client.get(f"/results/norway-2018/{address}", headers=ENGLISH)
    assert page.status_code == 200
    assert words in page.content.decode()


def test_tables_of_figures_have_both(client, weighted):
    for file in ("figures/4.1.csv", "figures/4.2.csv", "figures/4.6.csv", "tables/A1.1.csv"):
        answer = client.get(f"/results/norway-2018/{file}?language=en")
        assert answer.status_code == 200
        assert re.search(r"[Ww]eighted", answer.content.decode().splitlines()[0]), file


def test_without_weights_no_page_speaks_of_them(client, founding):
    cache.clear()
    for address in ("process/", "models/", "printed/", "groups/", "origin/meeting_point/"):
        text = client.get(f"/results/norway-2018/{address}", headers=ENGLISH).content.decode()
        assert "eighted" not in text.replace("weighted by their shares", ""), address
