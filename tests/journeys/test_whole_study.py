"""A whole study through its pages: from a researcher who signs in, by way of units, questionnaire,
e-mail and answers, to a stranger who reads the published number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from journeys.working import work
from web.answering.forms import walk
from web.fieldwork.mail import MailServer, mail_server_for

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

Open = Callable[..., Any]
PASSWORD = "en helt egen setning om høsten"
CODES = [f"{9001 + number}" for number in range(24)]
WITH_POLICY, COLLABORATE_IN_CULTURE, COLLABORATE_IN_INTEGRATION = CODES[:12], CODES[5:19], CODES[:3]
UNITS = "Code;Municipality;Has policy\n" + "".join(
    f"{code};Place {code};{'yes' if code in WITH_POLICY else 'no'}\n" for code in CODES
)
ADDRESSES = "unit;email;language\n" + "".join(
    f"{code};post{code}@example.org;{'en' if code != CODES[0] else 'nb'}\n" for code in CODES
)
QUESTIONNAIRE = """
identifier = "autumn"
version = "1"
languages = ["nb", "nn", "en"]
title = { nb = "Høsten", nn = "Hausten", en = "The autumn" }

[[field]]
identifier = "culture_leisure"
[[field]]
identifier = "integration"

[[code_list]]
identifier = "yes_no"
category = [
  { value = "1", label = { nb = "Ja", nn = "Ja", en = "Yes" } },
  { value = "0", label = { nb = "Nei", nn = "Nei", en = "No" } },
]

[[page]]
identifier = "fields"
title = { nb = "Områdene", nn = "Områda", en = "The fields" }
repeat = "fields_on_one_page"
[[page.question]]
variable = "has_relation"
type = "binary"
text = { nb = "Samarbeider dere?", nn = "Samarbeider de?", en = "Do you collaborate?" }
code_list = "yes_no"
required = true

[[page]]
identifier = "field"
title = { nb = "{field}", nn = "{field}", en = "{field}" }
repeat = "page_per_field"
relevance = "${has_relation} = '1'"
[[page.question]]
variable = "meeting_point"
type = "binary"
text = { nb = "Møtes dere fast?", nn = "Møtest de fast?", en = "Do you meet regularly?" }
code_list = "yes_no"

[[page]]
identifier = "end"
title = { nb = "Til slutt", nn = "Til slutt", en = "Finally" }
[[page.question]]
variable = "challenges"
type = "text"
text = { nb = "Hva er vanskelig?", nn = "Kva er vanskeleg?", en = "What is difficult?" }
"""


@pytest.fixture
def mail_server(settings: Any, live_server: Any) -> Iterator[MailServer]:
    settings.ADDRESS = live_server.url
    with mail_server_for(settings) as server:
        yield server


@pytest.fixture
def account(transactional_db: None) -> str:
    from samspill.web.accounts.models import User

    return User.objects.create_user("kari@example.org", PASSWORD, name="Kari Nordmann").email


@pytest.fixture
def publications_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


def test_from_signing_in_to_the_published_number(
    visitor: Open, mail_server: MailServer, account: str, publications_of_its_own: None
) -> None:
    researcher = visitor(locale="en-GB")
    _sign_in(researcher, account)
    _make_the_study(researcher)
    _import_the_units(researcher)
    _add_the_questionnaire(researcher)
    _open_the_collection(researcher)
    _invite(researcher)
    links = {m["To"][4:8]: _link(m) for m in mail_server.received}
    assert sorted(links) == CODES

    _answer_by_hand(visitor(locale="nb-NO", width=390), links[CODES[0]])
    for code in CODES[1:]:
        _answer_through_the_forms(code, links[code].removeprefix(researcher.base))

    _see_that_all_have_answered(researcher)
    _close(researcher)
    _publish(researcher)

    stranger = visitor(locale="en-GB")
    page = stranger.go("/results/autumn-2026/")
    stranger.inspect()
    assert "58%" in page.locator("main").inner_text()
    page.get_by_role("link", name=re.compile("58")).first.click()
    assert page.locator("h1").inner_text() == "Where does 58.3% come from?"
    assert "14 of 24" in page.locator("main").inner_text()
    stranger.inspect()
    stranger.go("/results/autumn-2026/explore/?indicator=has_relation&split=has_policy")
    stranger.inspect()
    assert page.get_by_text("Integration").count() == 0
    assert (
        visitor()
        .page.request.get(researcher.base + "/studies/autumn-2026/")
        .url.endswith("/accounts/login/?next=/studies/autumn-2026/")
    )


def _sign_in(researcher: Any, account: str) -> None:
    page = researcher.go("/")
    researcher.language("en")
    page.get_by_role("link", name="Sign in").first.click()
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    researcher.inspect()
    page.locator("main form").get_by_role("button", name="Sign in", exact=True).click()
    researcher.go("/studies/")
    researcher.inspect()


def _make_the_study(researcher: Any) -> None:
    page = researcher.page
    page.locator("main a.ds-button").first.click()
    page.get_by_label("Title (English)").fill("Autumn 2026")
    page.get_by_label("Year").fill("2026")
    researcher.inspect()
    page.locator("main form button.ds-button").click()
    assert page.url.endswith("/studies/autumn-2026/")
    researcher.inspect()
    researcher.go("/studies/autumn-2026/waves/")
    page.get_by_role("link", name="Add a wave").click()
    page.get_by_label("Title (English)").fill("The autumn")
    page.get_by_label("Short name").fill("autumn")
    page.get_by_label("Reference day").fill("2026-01-01")
    researcher.inspect()
    page.locator("main form button.ds-button").click()


def _import_the_units(researcher: Any) -> None:
    page = researcher.go("/studies/autumn-2026/units/import/")
    _choose(page, "units.csv", UNITS)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_label("Municipality", exact=True).select_option(label="Name")
    page.get_by_label("Has policy", exact=True).select_option(label="Categories")
    researcher.inspect()
    page.get_by_role("button", name="Look it over").click()
    assert page.get_by_text("The file describes 24 units.").is_visible()
    researcher.inspect()
    page.get_by_role("button", name="Import", exact=True).click()
    researcher.inspect()


def _add_the_questionnaire(researcher: Any) -> None:
    page = researcher.go("/studies/autumn-2026/instruments/add/")
    researcher.inspect()
    _choose(page, "autumn.toml", QUESTIONNAIRE)
    page.get_by_role("button", name="Send in and check").click()
    assert page.locator("h1").inner_text() == "What does “The autumn” ask?"
    researcher.inspect()


def _open_the_collection(researcher: Any) -> None:
    page = researcher.go("/studies/autumn-2026/fieldwork/")
    page.get_by_role("link", name="Prepare a collection").click()
    page.get_by_label("Title (English)").fill("Autumn answers")
    page.get_by_label("Short name").fill("answers")
    page.get_by_label("Wave").select_option(index=1)
    page.get_by_label("Version of the questionnaire").select_option(index=1)
    researcher.inspect()
    page.get_by_role("button", name="Prepare the collection").click()
    page.get_by_role("link", name="Say who is asked").click()
    page.get_by_role("link", name="Take addresses in from a file").click()
    _choose(page, "addresses.csv", ADDRESSES)
    page.get_by_role("button", name="Take the file in").click()
    assert page.get_by_text("24 added, 0 changed, 0 unchanged.").is_visible()
    researcher.inspect()
    page.get_by_role("link", name="Autumn answers").first.click()
    page.get_by_role("button", name="Open the collection now").click()
    researcher.inspect()


def _invite(researcher: Any) -> None:
    page = researcher.page
    page.get_by_role("link", name="Send the invitations").click()
    researcher.inspect()
    page.get_by_role("button", name="Send to 24 respondents").click()
    work()
    researcher.go("/studies/autumn-2026/fieldwork/answers/messages/")
    assert page.get_by_text("24 e-mails have been sent.").is_visible()
    researcher.inspect()


def _answer_by_hand(respondent: Any, link: str) -> None:
    """In bokmål, and from the second page in nynorsk."""
    page = respondent.go(link)
    respondent.inspect()
    page.get_by_role("link", name="Begynn").click()
    respondent.inspect()
    for group in page.locator("fieldset.question").all():
        group.get_by_label("Nei", exact=True).check()
    page.locator("fieldset.question").last.get_by_label("Ja", exact=True).check()
    page.click(".actions button[value=next]")
    page.click(".languages button[value=nn]")
    assert page.locator("html").get_attribute("lang") == "nn"
    assert page.locator("h1").inner_text() == "Integrering"
    page.get_by_label("Ja", exact=True).check()
    respondent.inspect()
    page.click(".actions button[value=next]")
    page.fill("textarea", "Å finne tid")
    respondent.inspect()
    page.click(".actions button[value=next]")
    respondent.inspect()
    page.get_by_role("button", name="Send inn svara").click()
    assert page.locator("h1").inner_text() == "Takk, svara er sende inn"
    respondent.inspect()


def _answer_through_the_forms(code: str, base: str) -> None:
    yes = {
        "culture_leisure/has_relation": code in COLLABORATE_IN_CULTURE,
        "integration/has_relation": code in COLLABORATE_IN_INTEGRATION,
        "culture_leisure/meeting_point": int(code) % 2 == 0,
    }

    def answer(name: str, offered: list[str]) -> list[str]:
        if not offered:
            return ["Noe bare vi vet"]
        return ["1" if yes.get(name, True) else "0"]

    client = Client()
    walk(client, base, answer)
    assert client.post(f"{base}review/")["Location"] == f"{base}receipt/"


def _see_that_all_have_answered(researcher: Any) -> None:
    page = researcher.go("/studies/autumn-2026/fieldwork/answers/")
    assert page.get_by_text("24 of 24 respondents have answered.").is_visible()
    page.get_by_role("link", name="Progress", exact=True).first.click()
    assert "100" in page.locator(".lead").inner_text()
    researcher.inspect()


def _close(researcher: Any) -> None:
    page = researcher.go("/studies/autumn-2026/fieldwork/answers/")
    page.get_by_role("link", name="Close the collection").click()
    researcher.inspect()
    page.get_by_role("button", name="Close the collection").click()
    researcher.inspect()


def _publish(researcher: Any) -> None:
    """What three municipalities alone have answered yes to is left out first."""
    page = researcher.go("/studies/autumn-2026/")
    page.get_by_role("link", name="Prepare the results for publication").click()
    researcher.inspect()
    page.get_by_role("button", name="Make a draft").click()
    work()
    _newest_draft(researcher)
    assert page.get_by_role("button", name="Publish").count() == 0
    assert page.locator("table", has_text="Integration").is_visible()
    researcher.inspect()
    page.get_by_role("button", name="Make a draft without these answers").click()
    work()
    _newest_draft(researcher)
    assert page.get_by_text("No cell below 5 can be told").is_visible()
    researcher.inspect()
    page.get_by_role("button", name="Publish").click()
    work()
    researcher.inspect()


def _newest_draft(researcher: Any) -> None:
    page = researcher.page
    page.reload()
    assert page.locator("h1").inner_text() == "The work is done"
    researcher.inspect()
    page.get_by_role("link", name="Back").click()
    page.locator("main ul a").first.click()
    assert page.locator("h1").inner_text() == "What will be public?"


def _choose(page: Any, name: str, content: str) -> None:
    file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    page.set_input_files("main input[type=file]", file)


def _link(received: Any) -> str:
    found = re.search(r"http\S+/a/\S+", received.get_content())
    assert found is not None
    return found[0]
