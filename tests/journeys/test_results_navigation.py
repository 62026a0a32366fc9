"""The way between the pages of results, by keyboard and without JavaScript, wide and narrow."""

import pytest
from django.utils import timezone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
METHOD = "/results/norway-2018/method/"
HEIGHT = "document.querySelector('.results-nav').getBoundingClientRect().height"


@pytest.fixture
def founding(transactional_db):
    from samspill.web.studies.models import Study

    title = {"nb": "Samspill 2018", "nn": "Samspel 2018", "en": "Interplay 2018"}
    study = Study.objects.create(
        slug="norway-2018", title=title, year=2018, published_at=timezone.now()
    )
    study.publications.create(folder="norway-2018")
    return study


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("locale", ["nb-NO", "nn-NO", "en-GB"])
def test_one_line_with_menus_that_a_keyboard_opens(visitor, founding, locale, javascript):
    from samspill.web.accounts.models import User

    owner = User.objects.create_user("owner@example.org")
    founding.memberships.create(user=owner, role="owner")
    window = visitor(width=1280, locale=locale, javascript=javascript)
    window.sign_in(owner)
    page = window.go(METHOD)
    buttons = page.locator(".results-nav summary:visible")
    assert buttons.count() == 4
    assert page.evaluate(HEIGHT) < 48
    buttons.first.focus()
    page.keyboard.press("Enter")
    window.inspect()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/")


def test_escape_and_going_elsewhere_close_a_menu(visitor, founding):
    page = visitor(width=1280, locale="en-GB").go(METHOD)
    button = page.locator(".results-menus summary", has_text="Findings")
    opened = page.locator(".results-menus details[open]")
    button.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert button.evaluate("button => button === document.activeElement")
    button.click()
    assert opened.count() == 1
    page.click("h1")
    assert opened.count() == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_one_button_in_a_narrow_window(visitor, founding, javascript):
    window = visitor(width=320, locale="nn-NO", javascript=javascript)
    page = window.go(METHOD)
    button = page.locator(".results-nav summary:visible")
    assert button.count() == 1
    assert "Metode" in button.inner_text()
    assert page.evaluate(HEIGHT) < 72
    button.press("Enter")
    window.inspect()
    page.locator(".results-nav a:visible[href$='/change/']").click()
    page.wait_for_url("**/change/")
