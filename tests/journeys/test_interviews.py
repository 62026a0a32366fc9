"""Coding in the browser: by keyboard alone, two at once, undone, and after the text is edited."""

from __future__ import annotations

import time
from typing import Any

import pytest
from journeys.coding_material import Material, make_material
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
LIST = "#codings .coding"


@pytest.fixture
def material(transactional_db: None) -> Material:
    return make_material()


def opened(visitor: Any, material: Material, who: Any, **options: Any) -> Any:
    window = visitor(**options)
    window.sign_in(who)
    window.go(f"/studies/trial/interviews/sources/{material.first.guid}/")
    return window


def saved(page: Any) -> None:
    expect(page.locator(".saving")).to_have_count(0)


def asked(page: Any) -> None:
    """Have the page ask for news now, as when it gets focus."""
    with page.expect_response(lambda answer: "changes.json" in answer.url):
        page.evaluate("dispatchEvent(new Event('focus'))")


def test_coding_by_keyboard_alone(visitor, material):
    window = opened(visitor, material, material.ida, locale="nb-NO")
    page, keys = window.page, window.page.keyboard
    page.wait_for_selector("#codings-none:not([hidden])")
    page.focus("#text")
    for _ in range(3):
        keys.press("ArrowDown")
    keys.press("Shift+ArrowRight")
    keys.press("Shift+ArrowRight")
    assert page.evaluate("document.getSelection().toString()").startswith("Vi har ingen felles")
    keys.type("ov")
    assert "mangler oversikt" in page.locator("#picker-list [aria-selected=true]").inner_text()
    window.inspect()
    keys.press("Enter")
    page.wait_for_selector(LIST)
    saved(page)
    coding = material.first.codings.get()
    assert material.first.text[coding.start : coding.end].startswith("Vi har ingen felles liste")
    assert coding.code == material.codes["mangler oversikt"]
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.evaluate(f"CSS.highlights.get('code-{coding.code_id}').size") == 1

    page.focus(LIST)
    keys.press("Delete")
    page.wait_for_selector("#codings-none:not([hidden])")
    saved(page)
    keys.press("Control+z")
    page.wait_for_selector(LIST)
    assert material.first.codings.count() == 1
    keys.press("Control+z")
    page.wait_for_selector("#codings-none:not([hidden])")
    keys.press("Control+Shift+z")
    page.wait_for_selector(LIST)
    keys.press("Escape")
    keys.press("j")
    page.wait_for_url(f"**/{material.second.guid}/")
    assert page.locator("h1").inner_text() == "Idrettsråd, Eksempelvik"


def test_words_after_an_emoji_are_coded_where_they_stand(visitor, material):
    window = opened(visitor, material, material.ida)
    page = window.page
    page.wait_for_selector("#codings-none:not([hidden])")
    words = page.locator(".words", has_text="bunke henvendelser").first
    words.evaluate(
        """element => {
            const at = element.firstChild.data.indexOf("bunke henvendelser");
            document.getSelection().setBaseAndExtent(
                element.firstChild, at, element.firstChild, at + "bunke henvendelser".length);
        }"""
    )
    page.click("#code-here")
    page.keyboard.type("kommunik")
    page.keyboard.press("Enter")
    saved(page)
    page.wait_for_selector(LIST)
    coding = material.first.codings.get()
    assert material.first.text[coding.start : coding.end] == "bunke henvendelser"
    assert page.locator(f"{LIST} q").inner_text() == "bunke henvendelser"


def test_two_code_at_once_and_hear_of_each_other(visitor, material):
    ida = opened(visitor, material, material.ida, locale="en-GB")
    finn = opened(visitor, material, material.finn, locale="en-GB")
    for window in (ida, finn):
        window.page.wait_for_selector("#codings-none:not([hidden])")
    page = finn.page
    page.focus("#text")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    held = page.evaluate("document.getSelection().toString()")
    material.code(material.ida, "Vi har ingen felles liste", "mangler oversikt")
    asked(page)
    page.wait_for_selector(LIST)
    assert page.evaluate("document.getSelection().toString()") == held
    assert page.evaluate("document.activeElement.id") == "text"
    expect(page.locator("#live")).to_contain_text("Ida Holt")
    assert "mangler oversikt" in page.locator("#live").inner_text()

    material.code(material.finn, "har ingen felles", "Koordinering")
    asked(page)
    expect(page.locator(".disputed")).to_have_count(2)
    page.focus(f"{LIST}[tabindex='0']")
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    page.wait_for_selector("#toast:not([hidden])")
    assert "Ida Holt" in page.locator("#toast").inner_text()
    assert page.locator(LIST).count() == 2
    assert material.first.codings.count() == 2

    page.uncheck(f"#coders input[value='{material.ida.coders.get().pk}']")
    assert page.locator(LIST).count() == 1


def test_who_else_has_the_text_open_is_shown_and_said(visitor, material):
    from samspill.web.interviews.coders import coder_of
    from samspill.web.interviews.presence import attend

    window = opened(visitor, material, material.finn, locale="en-GB")
    page = window.page
    window.language("en")
    page.wait_for_selector("#codings-none:not([hidden])")
    assert page.is_hidden("#present")
    attend(material.first, coder_of(material.study, material.ida), now=time.time())
    asked(page)
    expect(page.locator("#present")).to_have_text("Also has the text open: Ida Holt")
    expect(page.locator("#live")).to_have_text("Ida Holt has opened the text too")
    window.inspect()
    attend(material.first, coder_of(material.study, material.ida), now=time.time() - 60)
    asked(page)
    expect(page.locator("#present")).to_be_hidden()
    expect(page.locator("#live")).to_have_text("Ida Holt has left the text")


def test_a_text_edited_after_coding_keeps_codings_on_their_words(visitor, material):
    material.code(material.ida, "Vi har ingen felles liste", "mangler oversikt")
    gone = material.code(material.ida, "men ikke på bestilling", "Styring og autonomi")
    window = opened(visitor, material, material.owner, locale="en-GB")
    page = window.page
    window.language("en")
    page.wait_for_selector(LIST)
    page.click("text=Edit the text")
    text = page.input_value("#text")
    changed = text.replace("Det kommer an på", "Ja, det kommer an på").replace(
        ", men ikke på bestilling", ""
    )
    page.fill("#text", changed)
    page.click("text=Save the text")
    assert "1 coding would be lost" in page.locator("[role=alert]").inner_text()
    window.inspect()
    page.click("text=Save, and lose these codings")
    page.wait_for_selector(LIST)
    assert page.locator(f"{LIST} q").all_inner_texts() == ["Vi har ingen felles liste"]
    kept = material.first.codings.get()
    material.first.refresh_from_db()
    assert material.first.text[kept.start : kept.end] == "Vi har ingen felles liste"
    page.click("#undo")
    expect(page.locator(LIST)).to_have_count(2)
    material.first.refresh_from_db()
    assert material.first.text == text
    assert material.first.codings.get(guid=gone.guid).start == gone.start


def test_two_who_edit_at_once_lose_nothing(visitor, material):
    from samspill.web.interviews.actions import edit_text

    window = opened(visitor, material, material.owner, locale="en-GB")
    page = window.page
    window.language("en")
    page.click("text=Edit the text")
    text = page.input_value("#text")
    page.fill("#text", text.replace("på kveldstid", "etter klokka fem"))
    edit_text(
        actor=material.finn,
        source=material.first,
        text=text.replace("hallen", "huset").replace("en bunke", "mange"),
        revision=0,
    )
    page.click("text=Save the text")
    assert "Finn Berg has edited the text" in page.locator("[role=alert]").inner_text()
    assert "etter klokka fem" in page.input_value("#text")
    window.inspect()
    page.fill("#text", page.input_value("#text").replace("en bunke", "mange"))
    page.click("text=Save the text")
    page.wait_for_selector("#text .words")
    material.first.refresh_from_db()
    assert "etter klokka fem" in material.first.text
    assert "mange henvendelser" in material.first.text


def test_a_memo_is_written_on_a_coding_and_on_the_text(visitor, material):
    pytest.importorskip("samspill.web.interviews.actions.memos")
    coding = material.code(material.ida, "Vi har ingen felles liste", "mangler oversikt")
    page = opened(visitor, material, material.ida).page
    page.click(LIST)
    for button, words in (("#chosen-memo", "Spør om arkene."), ("#memo-on-text", "Tydelig.")):
        page.click(button)
        page.fill("#memo-text", words)
        page.click("#memo-dialog [value=save]")
    expect(page.locator("#chosen-memos")).to_contain_text("Spør om arkene. Ida Holt")
    expect(page.locator("#memos-list")).to_contain_text("Tydelig. Ida Holt")
    abouts = [memo.about for memo in material.study.memos.order_by("pk")]
    assert abouts == [[str(coding.guid)], [str(material.first.guid)]]


def test_a_memo_is_written_on_a_code_beside_the_text(visitor, material):
    window = opened(visitor, material, material.ida, locale="nb-NO")
    page, code = window.page, material.codes["mangler oversikt"]
    page.focus(f"#tree li[data-code='{code.pk}'] button")
    page.keyboard.press("Enter")
    page.focus("#memo-on-code")
    page.keyboard.press("Enter")
    expect(page.locator("#memo-heading")).to_have_text("Skriv et notat om koden «mangler oversikt»")
    page.fill("#memo-text", "Også om egne ark?")
    page.click("#memo-dialog [value=save]")
    expect(page.locator("#code-memos-list")).to_contain_text("Også om egne ark? Ida Holt")
    window.inspect()
    assert material.study.memos.get().about == [str(code.guid)]
    window.go(f"/studies/trial/interviews/sources/{material.second.guid}/")
    page.click(f"#tree li[data-code='{code.pk}'] button")
    expect(page.locator("#code-memos-list")).to_contain_text("Også om egne ark? Ida Holt")
    page.keyboard.press("Control+z")
    expect(page.locator("#code-memos-list li")).to_have_count(0)


def test_axe_finds_nothing_in_a_narrow_window_in_nynorsk(visitor, material):
    material.code(material.ida, "Vi har ingen felles liste", "mangler oversikt")
    material.code(material.finn, "har ingen felles", "Koordinering")
    window = opened(visitor, material, material.ida, width=320)
    window.language("nn")
    page = window.page
    page.wait_for_selector(LIST)
    page.click(f"{LIST} >> nth=0")
    window.inspect()
    page.click("#chosen-code")
    window.inspect()
    page.keyboard.press("Escape")
    page.click("#help-button")
    window.inspect()
    for path in ("", f"sources/{material.first.guid}/codings/"):
        window.go(f"/studies/trial/interviews/{path}")
        window.inspect()


def test_without_javascript_a_passage_is_coded_by_quoting(visitor, material):
    window = opened(visitor, material, material.ida, width=320, javascript=False)
    window.language("en")
    page = window.page
    assert "Et fast møte" in page.locator("#text").text_content()
    page.click("noscript a, a:text-is('See all codings, and code by quoting')")
    page.fill("[name=paragraph]", "4")
    page.fill("[name=words]", "penger som ikke\nmå søkes")
    page.select_option("[name=code]", label="Rammer og ressurser › kortsiktige midler")
    page.click("text=Code these words")
    assert "penger som ikke må søkes" in page.locator("table").inner_text()
    window.inspect()
    page.click("table button")
    assert not material.first.codings.exists()


def test_the_other_side_stands_beside_a_chosen_code(visitor, material):
    material.second.side = "municipality"
    material.second.save()
    mine = material.code(material.ida, "Vi har ingen felles liste", "mangler oversikt")
    material.code(
        material.finn, "fikk vi en bunke henvendelser", "mangler oversikt", source=material.second
    )
    window = opened(visitor, material, material.ida, locale="nb-NO")
    page = window.page
    page.wait_for_selector(LIST)
    page.focus(LIST)
    page.keyboard.press("Enter")
    summary = page.locator("#across summary")
    expect(summary).to_contain_text("1 av 1 tekster på samme felt")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#across blockquote")).to_have_text("fikk vi en bunke henvendelser")
    window.inspect()
    page.click(f"#tree li[data-code='{mine.code_id}'] button")
    expect(page.locator("#across details")).to_have_attribute("open", "")
    page.click("#across .from a")
    page.wait_for_url(f"**/{material.second.guid}/#p2")


def test_suggested_codes_are_taken_and_refused_where_a_code_is_chosen(visitor, material):
    from samspill.web.interviews.models import Suggestion

    words = "Vi har ingen felles liste"
    start = material.first.text.index(words)
    for code, score in (("Kommunikasjon", 0.61), ("mangler oversikt", 0.8)):
        Suggestion.objects.create(
            source=material.first,
            start=start,
            end=start + len(words),
            code=material.codes[code],
            score=score,
        )
    window = opened(visitor, material, material.ida, locale="nb-NO")
    page, keys = window.page, window.page.keyboard
    expect(page.locator("#suggestions-waiting")).to_have_text("2 forslag venter i denne teksten")
    page.focus("#text")
    for _ in range(3):
        keys.press("ArrowDown")
    keys.press("Enter")
    first = page.locator("#picker-list [aria-selected=true]")
    expect(first).to_contain_text("mangler oversikt")
    expect(first).to_contain_text("foreslått")
    window.inspect()
    wanted = page.get_by_role("button", name="Avvis forslaget «Kommunikasjon»")
    for _ in range(4):
        keys.press("Tab")
        if wanted.evaluate("button => button === document.activeElement"):
            break
    keys.press("Enter")
    expect(page.locator("#suggestions-waiting")).to_have_text("1 forslag venter i denne teksten")
    keys.press("Enter")
    saved(page)
    expect(page.locator(LIST)).to_have_count(1)
    expect(page.locator("#suggestions-waiting")).to_be_hidden()
    states = Suggestion.objects.order_by("score").values_list("state", flat=True)
    assert list(states) == ["refused", "accepted"]
