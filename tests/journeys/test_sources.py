"""From a contradiction to a reason and a decision, in the browser, and what readers then see."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from journeys.coding_material import Material, make_material
from web.triangulation.conftest import register_counts

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
SOURCES = "/studies/trial/sources/"


@pytest.fixture
def material(transactional_db: None) -> Material:
    """A text of an organisation that calls contact informal, and a register that has it formal."""
    from samspill.web.triangulation.actions import bring_register

    made = make_material()
    code = made.codes["Gjensidig avhengighet"]
    code.concept = "placement_evidence/informal_contact"
    code.save()
    source = made.first
    source.side, source.fields = "organisation", ["health_care"]
    source.save()
    made.code(made.ida, "Vi laget planen for besøksordningen sammen.", "Gjensidig avhengighet")
    day = datetime.date(2026, 3, 1)
    bring_register(
        actor=made.ida, study=made.study, name="Vik", on=day, counts=register_counts(True)
    )
    return made


@pytest.mark.parametrize("javascript", [True, False])
def test_a_contradiction_is_explained_and_closed(
    visitor: Any, material: Material, javascript: bool
) -> None:
    window = visitor(width=320, locale="nb-NO", javascript=javascript)
    window.sign_in(material.ida)
    page = window.go(SOURCES)
    assert "1 av de 1 stedene" in page.locator(".lead").inner_text()
    window.inspect()
    page.click(".contradictions a")
    assert "Motsier hverandre (åpen)" in page.locator(".lead").inner_text()
    window.inspect()
    page.click("text=Legg til en mulig grunn")
    page.select_option("#reason_kind", "level")
    page.fill("#reason_text", "Registeret teller organisasjoner.")
    page.click("details[open] button:has-text('Skriv det ned') >> nth=0")
    assert "Registeret teller organisasjoner." in page.locator(".reasons").inner_text()
    page.check("input[name=kind][value=close]")
    page.fill("#decision_text", "Begge deler stemmer.")
    page.click("form[action$='decide/'] button")
    assert "Lukket" in page.locator("section[aria-labelledby=stand]").inner_text()
    page = window.go(SOURCES)
    assert "hver motsigelse er lukket med en grunn" in page.locator(".lead").inner_text()
