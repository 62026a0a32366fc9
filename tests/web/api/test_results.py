"""Published results through the API: the library's numbers, in three formats, without a token."""

import csv
import io

import pytest

import samspill as sp

SHARES = "/api/v1/studies/norway-2018/shares?indicator=meeting_point&by=has_policy"


@pytest.fixture(scope="module")
def expected():
    return sp.open_study("norway-2018").shares("meeting_point", by="has_policy").frame


def test_published_studies_are_listed_and_others_are_not(client, published, study):
    names = [row["study"] for row in client.get("/api/v1/studies").json()]
    assert names == ["norway-2018"]


def test_json_holds_the_numbers_of_the_library(client, published, expected):
    rows = client.get(SHARES).json()["rows"]
    assert rows == expected.to_dicts()


def test_csv_holds_the_same(client, published, expected):
    answer = client.get(SHARES + "&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [int(row["count"]) for row in rows] == expected["count"].to_list()
    assert [float(row["share"]) for row in rows] == expected["share"].to_list()


def test_json_stat_holds_the_same(client, published, expected):
    dataset = client.get(SHARES + "&format=json-stat&language=nn").json()
    measures = dataset["dimension"]["measure"]["category"]["index"]
    counts = dataset["value"][measures.index("count") :: len(measures)]
    assert counts == expected["count"].to_list()


def test_the_forty_comparisons_are_there(client, published):
    rows = client.get("/api/v1/studies/norway-2018/policy-effects").json()["rows"]
    assert len(rows) == 40


def test_every_indicator_is_described(client, published):
    rows = client.get("/api/v1/studies/norway-2018/indicators?language=en").json()
    assert {row["indicator"] for row in rows} == set(sp.open_study("norway-2018").definitions)


@pytest.mark.parametrize(
    "address",
    [
        SHARES + "_",
        "/api/v1/studies/norway-2018/shares?indicator=nothing",
        "/api/v1/studies/norway-2018/differences?indicator=meeting_point&by=nothing",
        "/api/v1/studies/norway-2018/differences?indicator=meeting_point",
    ],
)
def test_a_question_that_cannot_be_answered_gets_the_next_step(client, published, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert answer.json()["next_step"]


def test_results_that_are_not_published_are_not_there(client, study):
    assert client.get(f"/api/v1/studies/{study.slug}/indicators").status_code == 404


@pytest.mark.parametrize("kind", ["json", "csv", "json-stat"])
@pytest.mark.parametrize("by", ["", "has_policy"])
def test_small_cells_of_real_answers_are_not_given_out(client, observed, kind, by):
    address = "/api/v1/studies/norway-2018/shares?indicator=has_relation"
    answer = client.get(f"{address}&by={by}&format={kind}").content.decode()
    assert "culture_leisure" not in answer
    assert "integration" in answer or by


def test_every_printed_number_comes_with_its_verdict(client, published):
    address = "/api/v1/studies/norway-2018/printed"
    rows = client.get(address).json()
    check = sp.open_study("norway-2018").check().frame
    assert [(row["identifier"], row["verdict"]) for row in rows] == list(
        check.select("id", "verdict").iter_rows()
    )
    agreeing = client.get(f"{address}?verdict=disagrees&language=en").json()
    assert agreeing
    assert {row["verdict"] for row in agreeing} == {"disagrees"}
