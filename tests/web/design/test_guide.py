"""The interview guide on the study's pages."""

from __future__ import annotations

from samspill.web.interviews.models import Code

ADDRESS = "/studies/trial/design/guide/"


def test_the_guide_is_asked_for_by_side_and_field(coded, client) -> None:
    client.force_login(coded.owner)
    everything = client.get(ADDRESS)
    assert everything.context["number"] == 29
    some = client.get(ADDRESS, {"side": "organisation", "field": "health_care"})
    assert 0 < some.context["number"] < 29
    told = some.content.decode()
    assert "Take us through the last application" in told
    assert "What do you ask of organisations" not in told


def test_each_question_leads_to_the_codes_that_it_feeds(coded, client) -> None:
    client.force_login(coded.owner)
    code = Code.objects.get(study=coded, concept="barriers/confidentiality")
    assert f"/interviews/codes/{code.guid}/" in client.get(ADDRESS).content.decode()


def test_a_code_of_the_studys_own_that_no_question_feeds_is_named(coded, client) -> None:
    coded.codes.create(name="Football pitches", order=999)
    client.force_login(coded.owner)
    told = client.get(ADDRESS).content.decode()
    assert "1 code is fed by none of the guide" in told
    assert "Football pitches" in told


def test_without_codes_the_guide_is_held_against_those_that_come_with_samspill(
    framed, client
) -> None:
    client.force_login(framed.owner)
    told = client.get(ADDRESS).content.decode()
    assert "held against those that come with Samspill" in told
    assert "Every code is fed by a question." in told
