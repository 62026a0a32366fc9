"""Planning a next wave: what it would find, by how many answer."""

from __future__ import annotations

import pytest

ENGLISH = {"accept-language": "en"}
PLAN = {"before": 241, "after": 241, "both": 132, "turnover": 20, "share": 37}


@pytest.fixture
def page(client_of, study, client):
    study.units.bulk_create(study.units.model(study=study, identifier=f"u{n}") for n in range(440))
    client_of("reader")

    def get(**plan):
        return client.get("/studies/trial/next-wave/", plan, headers=ENGLISH)

    return get


def test_it_begins_with_half_of_the_units(page):
    answer = page()
    assert answer.status_code == 200
    assert "With 220 answers before and 220 next time" in answer.content.decode()


def test_a_plan_is_answered_with_the_smallest_change(page):
    answer = page(**PLAN)
    assert "of which 132 from the same units" in answer.content.decode()
    (chosen,) = [line for line in answer.context["lines"] if line.chosen]
    assert (chosen.after, chosen.both, chosen.others) == (241, 132, "12.6")
    assert [float(line.others) for line in answer.context["lines"]] == sorted(
        (float(line.others) for line in answer.context["lines"]), reverse=True
    )


def test_more_in_both_than_in_either_is_refused(page):
    answer = page(**{**PLAN, "both": 300})
    assert "No more can answer both times" in answer.content.decode()
    assert not answer.context["lines"]


def test_others_may_not_look(client, study):
    assert client.get("/studies/trial/next-wave/").status_code in {302, 403, 404}
