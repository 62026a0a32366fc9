"""A coordinator goes from the register to a reviewed questionnaire, and from a barrier to a measure
in the plan; then asks both sides. On a wide window and a narrow one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from journeys.kept import loaded

from samspill.studies.invented_municipality import MUNICIPALITY, invent
from samspill.web.accounts.models import User
from samspill.web.fieldwork.models import Message
from samspill.web.mirror.models import PulseRound, Review
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.actions.municipalities import create_municipality
from samspill.web.municipality.models import Measure

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

Open = Callable[..., Any]
PAGES = (
    "",
    "mirror/",
    "mirror/fields/health_care/",
    "mirror/fields/health_care/policy_models/",
    "mirror/questionnaire/",
    "mirror/questionnaire/meeting_point/health_care/",
    "mirror/equal-treatment/?by=size",
    "mirror/network/",
    "mirror/both-sides/",
    "mirror/both-sides/new/",
    "mirror/advice/",
)
HOME = f"/municipalities/{MUNICIPALITY.code}/"


@pytest.fixture
def coordinator(transactional_db: None) -> User:
    loaded("mirror", _register)
    return User.objects.get()


def _register() -> None:
    user = User.objects.create_user("kari@example.org", name="Kari")
    municipality = create_municipality(
        actor=user, code=MUNICIPALITY.code, name=MUNICIPALITY.name, coordinator=user, invented=True
    )
    take_in(actor=user, municipality=municipality, rows=invent(timezone.localdate()))


def test_from_the_register_to_a_reviewed_questionnaire(visitor: Open, coordinator: User) -> None:
    visit = visitor(width=1280)
    visit.sign_in(coordinator)
    page = visit.go(HOME)
    visit.language("en")
    page.get_by_role("heading", name="Hangs on one person").wait_for()
    page.get_by_role("link", name="See the mirror").click()
    page.get_by_role("link", name="Questionnaire", exact=True).click()
    page.get_by_role("link", name="Meeting point, Health: No").click()
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Save and go to the next").click()
    page.get_by_role("alert").get_by_text("A correction needs a reason.").wait_for()
    assert page.get_by_role("radio", name="Yes").is_checked()
    page.get_by_label("Why").fill("The café at the care centre is one")
    page.get_by_role("button", name="Save and go to the next").click()
    page.get_by_text("1 of 145 are reviewed").wait_for()
    page.get_by_role("link", name="Questionnaire", exact=True).first.click()
    page.get_by_role("button", name="Accept all that entries speak for").click()
    page.get_by_text("answers are accepted.").wait_for()
    corrected = page.get_by_role("link", name="Meeting point, Health: Yes")
    assert corrected.count() == 1
    assert Review.objects.count() > 50
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the answers out (ZIP of CSV)").click()
    assert "invented" in download.value.suggested_filename


def test_from_a_barrier_to_a_measure_in_the_plan(visitor: Open, coordinator: User) -> None:
    visit = visitor(width=1280)
    visit.sign_in(coordinator)
    page = visit.go(HOME + "mirror/")
    visit.language("en")
    page.get_by_role("link", name="All that stands out, and what can be done").click()
    page.get_by_role("link", name="No meeting points").click()
    title = page.locator("article.measure h3").first.inner_text()
    before = set(Measure.objects.values_list("pk", flat=True))
    page.get_by_role("link", name=f"Make it a measure in the plan: {title}").click()
    assert page.locator("[name=title]").input_value() == title
    page.locator("[name=goal]").select_option(index=1)
    if page.locator("select[name=status]").count():
        page.locator("[name=status]").select_option("planned")
    page.locator("main form button[data-variant=primary]").click()
    page.wait_for_load_state()
    made = Measure.objects.exclude(pk__in=before).get()
    assert made.title == title
    assert made.barrier == "coordination"
    assert made.advice


def test_asking_both_sides_sends_nothing_before_it_is_looked_at(
    visitor: Open, coordinator: User
) -> None:
    visit = visitor(width=1280)
    visit.sign_in(coordinator)
    page = visit.go(HOME + "mirror/both-sides/")
    visit.language("en")
    page.get_by_role("link", name="Begin a round").click()
    page.get_by_role("button", name="Open the round").click()
    page.get_by_text("The round is open. Look at the invitation and send it.").wait_for()
    assert not Message.objects.exists()
    asked = PulseRound.objects.get().collection.respondents
    reach = asked.exclude(email="").first()
    assert reach is not None
    answering = visitor(width=390)
    answering.go(f"/a/{reach.token}/")
    answering.inspect()


def test_each_page_fits_a_narrow_window_in_nynorsk(visitor: Open, coordinator: User) -> None:
    visit = visitor(width=320)
    visit.sign_in(coordinator)
    visit.go(HOME)
    visit.language("nn")
    for path in PAGES:
        visit.go(HOME + path)
        visit.fits()
