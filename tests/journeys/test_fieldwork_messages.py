"""From a prepared collection to the page that a respondent opens from its e-mail."""

from __future__ import annotations

import datetime
import re

import pytest
from journeys.working import work
from web.fieldwork.fielding import make_units
from web.fieldwork.mail import mail_server_for

from samspill.instrument import shipped_instrument

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mail_server(settings):
    with mail_server_for(settings) as server:
        yield server


@pytest.fixture
def owner(db):
    from samspill.web.accounts.models import User
    from samspill.web.instruments.actions import add_instrument
    from samspill.web.studies.models import Study

    study = Study.objects.create(
        slug="trial", title={"nb": "Prøven", "nn": "Prøva", "en": "The trial"}, year=2026
    )
    study.waves.create(
        identifier="first", title={"en": "First"}, reference_date=datetime.date(2026, 1, 1)
    )
    make_units(study, 3)
    add_instrument(actor="test", study=study, content=shipped_instrument("pulse"))
    user = User.objects.create_user("owner@example.org")
    study.memberships.create(user=user, role="owner")
    return user


def test_an_invitation_leads_to_the_questionnaire(
    owner, visitor, mail_server, live_server, settings
):
    settings.ADDRESS = live_server.url
    researcher = visitor(locale="en-GB")
    researcher.sign_in(owner)
    page = researcher.go("/studies/trial/fieldwork/")
    researcher.language("en")
    researcher.inspect()

    page.get_by_role("link", name="Prepare a collection").click()
    page.get_by_label("Title (English)").fill("The autumn")
    page.get_by_label("Short name").fill("autumn")
    page.get_by_label("Wave").select_option(index=1)
    page.get_by_label("Version of the questionnaire").select_option(index=1)
    researcher.inspect()
    page.get_by_role("button", name="Prepare the collection").click()
    page.get_by_role("link", name="Say who is asked").click()
    page.get_by_role("link", name="Take addresses in from a file").click()
    researcher.inspect()
    rows = b"unit,email,language\nu001,one@example.org,nn\nu002,two@example.org,en\n"
    page.set_input_files(
        "input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": rows}
    )
    page.get_by_role("button", name="Take the file in").click()
    assert page.get_by_text("2 added, 0 changed, 0 unchanged.").is_visible()
    researcher.inspect()

    page.get_by_role("link", name="The autumn").first.click()
    page.get_by_role("button", name="Open the collection now").click()
    researcher.inspect()
    page.get_by_role("link", name="Send the invitations").click()
    assert page.get_by_text("2 respondents would get it.").is_visible()
    researcher.inspect()
    page.get_by_role("button", name="Send to 2 respondents").click()
    assert mail_server.received == []
    work()
    assert sorted(mail_server.to()) == ["one@example.org", "two@example.org"]

    researcher.go("/studies/trial/fieldwork/autumn/messages/")
    assert page.get_by_text("2 e-mails have been sent.").is_visible()
    researcher.inspect()
    page.get_by_role("link", name=re.compile("Invitation ?: u002")).click()
    researcher.inspect()

    received = next(m for m in mail_server.received if m["To"] == "one@example.org")
    link = re.search(r"http\S+/a/\S+", received.get_content())[0]
    respondent = visitor(width=320, javascript=False)
    respondent.go(link)
    respondent.inspect()
    assert respondent.page.locator("html").get_attribute("lang") == "nn"

    unsubscribe = received["List-Unsubscribe"].strip(" <>")
    respondent.go(unsubscribe)
    respondent.inspect()
    respondent.page.locator("main form button").click()
    assert respondent.page.locator("h1").inner_text().startswith("De får ikkje fleire")
    respondent.inspect()

    researcher.go("/studies/trial/fieldwork/autumn/messages/reminder/")
    assert page.get_by_text("0 respondents would get it.").is_visible()
    assert page.get_by_text("Wants no more e-mail: 1").is_visible()
    researcher.inspect()
