"""The way between the pages of results: in groups, for the one who reads."""

import pytest
from lxml import html

FOLDER = "/results/norway-2018/"


def navigation(client, page=""):
    """The wide and the narrow form of the navigation, each as (label, address, aria-current)."""
    answer = client.get(FOLDER + page, headers={"accept-language": "en"})
    (found,) = html.fromstring(answer.content).xpath("//nav[@aria-label='Results']")
    return [
        [(a.text, a.get("href"), a.get("aria-current")) for a in form.xpath(".//a")]
        for form in found.xpath("./div/*")
    ]


def test_wide_and_narrow_lead_to_the_same_pages(client, founding):
    wide, narrow = navigation(client)
    assert wide == narrow
    assert len({address for _label, address, _current in wide}) == len(wide)


def test_a_reader_can_open_every_page_of_it(client, founding):
    for label, address, _current in navigation(client)[0]:
        assert client.get(address).status_code == 200, label


@pytest.mark.parametrize("role", ["owner", "analyst", "coder", "reader"])
def test_a_member_can_open_every_page_of_it(client, founding, make_user, role):
    client.force_login(make_user(role, founding))
    links = navigation(client)[0]
    assert ("The study", "/studies/norway-2018/", None) in links
    assert (f"{FOLDER}publish/" in {address for _label, address, _current in links}) == (
        role == "owner"
    )
    for label, address, _current in links:
        assert client.get(address).status_code == 200, label


def test_who_is_no_member_is_led_to_no_page_of_members(client, founding, make_user):
    public = navigation(client)
    assert not [address for _label, address, _current in public[0] if "/studies/" in address]
    client.force_login(make_user())
    assert navigation(client) == public


@pytest.mark.parametrize(
    ("page", "label", "current"),
    [
        ("", "Overview", "page"),
        ("fields/integration/", "Overview", "true"),
        ("groups/", "Groups", "page"),
        ("models/ordered/", "Models", "true"),
        ("sources/", "Sources", "page"),
        ("report/", "The report", "page"),
    ],
)
def test_one_entry_is_marked_as_where_one_is(client, founding, page, label, current):
    for form in navigation(client, page):
        assert [entry[::2] for entry in form if entry[2]] == [(label, current)]
