"""An organisation is told on its first page that a round of the pulse asks it, and led there."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from samspill.web.fieldwork.models import Collection, Respondent, Response
from samspill.web.mirror.actions.rounds import begin_round
from samspill.web.mirror.pulse.asking import MUNICIPALITY, ORGANISATION, Party
from samspill.web.organisation.asked import open_rounds

NOW = timezone.now()
DAYS = datetime.timedelta(days=1)


@pytest.fixture
def choirs(person, municipality, choir, band):
    """The choir's respondent in a round that is open for nine days more."""
    parties = [
        Party(MUNICIPALITY, "kari", "Kari Kommunal", "", ""),
        Party(ORGANISATION, choir.identifier, choir.name, "", "culture_leisure"),
        Party(ORGANISATION, band.identifier, band.name, "", "sport"),
    ]
    made = begin_round(
        actor=person("coordinator"),
        municipality=municipality,
        parties=parties,
        opens_at=NOW - DAYS,
        closes_at=NOW + 9 * DAYS,
    )
    return Respondent.objects.get(collection=made.collection, organisation=choir.name)


def test_the_first_page_leads_to_the_organisations_own_questionnaire(signed_in, at, choirs):
    client = signed_in("representative")
    page = client.get(at("page")).content.decode()
    assert "yours has not answered yet" in page
    others = Respondent.objects.exclude(pk=choirs.pk)
    assert [one.token for one in others if one.token in page] == []
    answer = client.get(f"/a/{choirs.token}/")
    assert f'href="/a/{choirs.token}/"' in page
    assert answer.status_code == 200


def test_whoever_holds_a_personal_link_is_led_there_too(client, at, token, choirs):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(at("page", token=token)).content.decode()
    assert f'href="/a/{choirs.token}/"' in page


def test_an_answer_is_thanked_for(signed_in, at, choirs):
    Response.objects.create(respondent=choirs, saved_at=NOW, submitted_at=NOW)
    page = signed_in("representative").get(at("page")).content.decode()
    assert "you sent your answer on" in page
    assert "has not answered yet" not in page


def test_a_begun_answer_is_gone_on_with(signed_in, at, choirs):
    Response.objects.create(respondent=choirs, saved_at=NOW)
    assert "Go on answering" in signed_in("representative").get(at("page")).content.decode()


@pytest.mark.parametrize(
    "dates",
    [
        {"closes_at": NOW - DAYS / 2},
        {"opens_at": NOW + DAYS},
        {"opens_at": None},
    ],
)
def test_a_round_that_is_not_open_is_not_shown(choir, choirs, dates):
    assert len(open_rounds(choir)) == 1
    Collection.objects.filter(pk=choirs.collection_id).update(**dates)
    assert open_rounds(choir) == []


def test_who_has_said_no_is_not_asked_again(choir, choirs):
    Respondent.objects.filter(pk=choirs.pk).update(refused_at=NOW)
    assert open_rounds(choir) == []
