"""A researcher sends in a questionnaire, mends its faults, and looks at it in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from instrument.instrument_examples import small

from samspill.instrument import shipped_instrument, steps, write_xlsform

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def owner(transactional_db: None) -> Any:
    from samspill.web.accounts.models import User
    from samspill.web.studies.models import Study

    study = Study.objects.create(
        slug="trial", title={"nb": "Prøven", "nn": "Prøva", "en": "The trial"}, year=2026
    )
    user = User.objects.create_user("owner@example.org", language="en")
    study.memberships.create(user=user, role="owner")
    return user


def test_from_a_file_with_a_fault_to_a_frozen_version(
    visitor: Callable[..., Any], owner: Any, tmp_path: Path
) -> None:
    import openpyxl

    path = write_xlsform(small(), tmp_path / "small.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["survey"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    (row,) = (r for r in range(2, 60) if sheet.cell(r, headings["name"]).value == "other_channel")
    sound = sheet.cell(row, headings["relevant"]).value
    sheet.cell(row, headings["relevant"], "regex(${channels}, 'o+')")
    book.save(path)

    window = visitor(locale="en-GB")
    window.sign_in(owner)
    page = window.go("/studies/trial/instruments/")
    window.language("en")
    window.inspect()
    page.click("text=Add a questionnaire")
    window.inspect()
    page.set_input_files("input[type=file]", path)
    page.click("text=Send in and check")
    assert f"sheet survey, row {row}, column relevant" in page.locator("[role=alert]").inner_text()
    window.inspect()

    sheet.cell(row, headings["relevant"], sound)
    book.save(path)
    page.set_input_files("input[type=file]", path)
    page.click("text=Send in and check")
    assert page.locator("h1").inner_text() == "What does “Small form” ask?"
    window.inspect()

    page.click("a:text-is('Change the draft')")
    window.inspect()
    text = page.input_value("textarea")
    page.fill("textarea", text.replace('"How important?"', '""'))
    page.click("text=Check and save")
    assert "The text is missing." in page.locator("[role=alert]").inner_text()
    window.inspect()
    page.fill("textarea", text.replace("How important?", "How important is it?"))
    page.click("text=Check and save")
    assert page.locator("text=How important is it?").count() == 1

    page.click("a:text-is('Freeze')")
    window.inspect()
    page.click("main button:text-is('Freeze')")
    page.click("a:text-is('Make a new version')")
    page.fill("textarea", text.replace("How important?", "How much does it matter?"))
    page.click("text=Check and save")
    page.click("text=Since version 1")
    window.inspect()
    row_text = page.locator("tr", has_text="importance").inner_text()
    assert re.search(r"wording\s+\(English\)\s+No", row_text)


def test_the_preview_is_leafed_through_without_javascript_in_three_languages(
    visitor: Callable[..., Any], owner: Any
) -> None:
    from samspill.web.instruments.actions import add_instrument
    from samspill.web.studies.models import Study

    content = shipped_instrument("norway-2018")
    add_instrument(actor=owner, study=Study.objects.get(), content=content)
    window = visitor(width=320, javascript=False)
    window.sign_in(owner)
    page = window.go("/studies/trial/instruments/norway-2018/1/")
    for language in content.languages:
        page = window.go("/studies/trial/instruments/norway-2018/1/")
        window.language(language)
        page.click(f"a[href*='/preview/{language}/']")
        assert page.locator("article.sheet").get_attribute("lang") == language
        first, second, *_ = steps(content)
        assert page.url.endswith(f"/preview/{language}/{first.identifier}/")
        page.click("a[rel=next]")
        assert page.url.endswith(f"/preview/{language}/{second.identifier}/")
        assert page.locator("h1").inner_text() == second.page.title[language]


def test_the_list_the_version_and_the_preview_fit_in_the_other_languages(
    visitor: Callable[..., Any], owner: Any
) -> None:
    from samspill.web.instruments.actions import add_instrument
    from samspill.web.studies.models import Study

    content = shipped_instrument("norway-2018")
    add_instrument(actor=owner, study=Study.objects.get(), content=content)
    window = visitor(width=320)
    window.sign_in(owner)
    base = "/studies/trial/instruments/"
    for language in ("nn", "en"):
        window.go(base)
        window.language(language)
        for path in (
            base,
            f"{base}norway-2018/1/",
            f"{base}norway-2018/1/preview/{language}/areas/",
            f"{base}norway-2018/1/preview/{language}/challenges_page/",
            f"{base}norway-2018/1/change/",
            f"{base}norway-2018/1/change/{language}/",
            f"{base}add/",
        ):
            window.go(path)
            window.fits()
