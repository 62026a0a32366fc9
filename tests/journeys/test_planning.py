"""A coordinator takes a barrier through advice to a measure, says how far it has come, and prints
the page for the council; makes a new policy with the organisations; in a wide and a narrow window.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from journeys.working import work

from samspill.web.accounts.models import User
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.actions.municipalities import create_municipality
from samspill.web.municipality.models import Measure, Policy

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

Open = Callable[..., Any]
PLAN = "/municipalities/9901/plan/"


@pytest.fixture
def coordinator(transactional_db: None) -> User:
    today = datetime.date.today()
    user = User.objects.create_user("kari@example.org", name="Kari Oppdiktet")
    made = create_municipality(
        actor="test", code="9901", name="Fjord", coordinator=user, invented=True
    )
    organisations = [
        {
            "identifier": f"o{n}",
            "name": f"Lag {n}",
            "kind": "organisation",
            "fields": ("culture_leisure" if n % 2 else "health_care",),
            "members": 30 * n,
            "email": f"lag{n}@example.org",
            "status": "active",
        }
        for n in range(1, 9)
    ]
    measure = {"goal": "known", "municipal_unit": "culture", "field": "culture_leisure"}
    take_in(
        actor="test",
        municipality=made,
        rows={
            "municipal_units": [{"identifier": "culture", "name": "Kulturetaten"}],
            "organisations": organisations,
            "policies": [
                {
                    "identifier": "policy",
                    "title": "Fjords frivillighetspolitikk",
                    "state": "adopted",
                    "adopted_on": today - datetime.timedelta(days=400),
                    "case_number": "25/17",
                }
            ],
            "goals": [{"identifier": "known", "policy": "policy", "title": "Alle vet hvem"}],
            "measures": [
                {
                    **measure,
                    "identifier": "late",
                    "title": "Liste over kontakter",
                    "deadline": today - datetime.timedelta(days=30),
                    "status": "under_way",
                },
                {
                    **measure,
                    "identifier": "forum",
                    "title": "Forum hvert år",
                    "deadline": today + datetime.timedelta(days=5),
                    "every_year": True,
                    "status": "planned",
                },
            ],
        },
    )
    return user


def test_from_a_barrier_to_the_page_for_the_council(
    visitor: Open, coordinator: User, tmp_path: Any
) -> None:
    window = visitor(width=1280)
    window.sign_in(coordinator)
    page = window.go(f"{PLAN}measures/new/?advice=answers_within_days&barrier=coordination")
    window.inspect()
    title = page.input_value("#id_title")
    assert title
    page.select_option("#id_municipal_unit", "culture")
    page.fill("#id_deadline", "2099-01-31")
    page.click("main form button.ds-button")
    measure = Measure.objects.get(title=title)
    window.inspect()

    window.go(PLAN)
    row = page.locator("tr", has_text=title)
    row.locator("summary").click()
    window.inspect()
    row.locator("select").select_option("done")
    row.locator("button").click()
    measure.refresh_from_db()
    assert measure.status == "planned"
    assert page.locator(".field-error, .ds-error-summary").count()
    window.inspect()
    page.fill(f"#{measure.identifier}_evidence", "Svarfrist vedtatt i sak 26/4.")
    page.click("main form.form button.ds-button")
    measure.refresh_from_db()
    assert (measure.status, measure.evidence) == ("done", "Svarfrist vedtatt i sak 26/4.")

    window.go(f"{PLAN}council/")
    assert "Svarfrist vedtatt i sak 26/4." in page.inner_text("main")
    window.inspect()
    with page.expect_download() as waiting:
        page.click("main .actions a.ds-button")
    file = tmp_path / "council.pdf"
    waiting.value.save_as(file)
    pages = pypdfium2.PdfDocument(file.read_bytes())
    text = "".join(each.get_textpage().get_text_range() for each in pages)
    assert "Svarfrist vedtatt" in text


def test_a_policy_is_made_and_every_page_fits(visitor: Open, coordinator: User) -> None:
    window = visitor(width=1280)
    window.sign_in(coordinator)
    page = window.go(f"{PLAN}making/new/")
    window.inspect()
    page.fill("#id_title", "Ny politikk")
    page.click("main form button.ds-button")
    window.inspect()
    page.click("main form button.ds-button")
    process = page.url
    window.inspect()
    page.locator("[aria-current=step] a.ds-button").click()
    window.inspect()
    page.click("button[name=send]")
    page.wait_for_url("**/jobs/**")
    work()
    page.reload()
    window.inspect()
    page.click("main a:has-text('Tilbake')")
    page.wait_for_url(process)
    page.locator("table tbody th a").first.click()
    page.fill("#id_summary", "Vi trenger et sted å møtes.")
    page.click("main form button.ds-button")
    page.select_option("#id_outcome", "taken_up")
    page.fill("#id_reason", "Møteplass er blitt et tiltak.")
    window.inspect()
    page.locator("main form").last.locator("button").click()
    assert page.url == process
    window.go(f"{process}adoption/")
    page.fill("#id_case_number", "26/9")
    window.inspect()
    page.click("main form button.ds-button")
    assert Policy.objects.get(title="Ny politikk").state == "adopted"

    paths = (
        "",
        "?policy=policy&late=on",
        "measures/late/",
        "year/",
        "criteria/",
        "criteria/contact/",
        "council/?policy=policy",
        "public/",
        "making/",
        "reminders/",
        "goals/new/",
    )
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (*paths, process.partition(PLAN)[2], f"{process.partition(PLAN)[2]}hearing/"):
        window.go(f"{PLAN}{path}")
        window.fits()
