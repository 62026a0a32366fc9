"""From codings to findings in the browser: a place judged, a suggestion accepted and undone."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from journeys.coding_material import Material, make_material

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
INTERVIEWS = "/studies/trial/interviews"


@pytest.fixture
def material(transactional_db: None) -> Material:
    from samspill.web.interviews.actions.suggestions import keep_suggestions
    from samspill.web.interviews.models import Training

    made = make_material()
    formal = made.codes["Gjensidig avhengighet"]
    formal.concept = "placement_evidence/mutual_dependence"
    formal.save()
    source = made.first
    source.fields = ["health_care"]
    source.save()
    made.code(made.ida, "Vi laget planen for besøksordningen sammen.", "Gjensidig avhengighet")
    words = "Et fast møte, på kveldstid."
    start = source.text.index(words)
    found = pl.DataFrame(
        [{"source": str(source.guid), "start": start, "end": start + len(words),
          "code": str(made.codes["mangler møteplass"].guid), "score": 0.71, "why": ["møte"],
          "text": words, "model": "linear n-grams"}]
    )  # fmt: skip
    training = Training(study=made.study, model="linear n-grams", unit="sentence", passages=12,
                        folds=2, least=0.5, by="ida")  # fmt: skip
    keep_suggestions(actor=made.ida, study=made.study, found=found, training=training)
    return made


def test_a_place_is_judged_and_a_suggestion_accepted_and_undone(
    visitor: Any, material: Material
) -> None:
    window = visitor(width=320, locale="nb-NO")
    window.sign_in(material.ida)
    page = window.go(f"{INTERVIEWS}/placement/")
    assert "Ikke nok belegg" in page.locator("main").inner_text()
    page.click("details summary")
    window.inspect()
    page.check("details[open] input[name=ideal_type] >> nth=0")
    page.fill("details[open] textarea", "Rådet bestemmer.")
    page.click("details[open] button")
    assert "Rådet bestemmer." in page.locator("table.data").first.inner_text()
    assert material.study.judgements.get().reason == "Rådet bestemmer."

    page = window.go(f"{INTERVIEWS}/suggestions/")
    window.inspect()
    code = material.codes["mangler møteplass"]
    assert not code.codings.exists()
    page.click("button[value=accept]")
    page.wait_for_load_state()
    assert code.codings.get().coder.user == material.ida
    page.click("#open ~ form button, section[aria-labelledby=open] form[action$='/undo/'] button")
    page.wait_for_load_state()
    assert not code.codings.exists()
    assert page.locator("button[value=accept]").count() == 1

    window.go(f"{INTERVIEWS}/barriers/")
    window.inspect()
    window.go(f"{INTERVIEWS}/matrix/")
    window.inspect()


def test_a_contradiction_is_judged_and_closed(visitor: Any, material: Material) -> None:
    concepts = {
        "mangler møteplass": "barriers/coordination/no_meeting_points",
        "Kommunikasjon": "enablers/meeting_points",
    }
    for name, concept in concepts.items():
        material.codes[name].concept = concept
        material.codes[name].save()
    material.second.side = "municipality"
    material.second.save()
    material.code(material.ida, "Et fast møte", "mangler møteplass")
    material.code(material.finn, "Et fast møte", "Kommunikasjon", source=material.second)
    window = visitor(width=320)
    window.sign_in(material.ida)
    page = window.go(f"{INTERVIEWS}/sides/")
    window.language("nn")
    page.focus("article summary")
    page.keyboard.press("Enter")
    window.inspect()
    page.check("article input[value='no contradiction']")
    page.fill("article textarea", "Ulike møter.")
    page.check("article input[name=closed]")
    page.click("article button")
    page.click("section[aria-labelledby=contradict] > details > summary")
    assert "Ulike møter." in page.locator("article").inner_text()
    window.inspect()
    page.emulate_media(media="print")
    assert page.is_hidden("article summary")
