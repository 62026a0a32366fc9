"""From the register file: the national registers are followed, a cell comes by workbook, and the
register answers the questionnaire."""

from __future__ import annotations

import shutil

import openpyxl
import pytest
from journeys.working import work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]


@pytest.fixture
def coordinator(transactional_db):
    from samspill.web.accounts.models import User

    return User.objects.create_user("kari@example.org", name="Kari Holt")


@pytest.fixture
def desk(coordinator):
    from django.utils import timezone

    from samspill.studies.invented_municipality import MUNICIPALITY, invent
    from samspill.web.municipality.actions.intake import take_in
    from samspill.web.municipality.actions.municipalities import create_municipality

    made = create_municipality(
        actor="test",
        code=MUNICIPALITY.code,
        name=MUNICIPALITY.name,
        coordinator=coordinator,
        invented=True,
    )
    take_in(actor="test", municipality=made, rows=invent(timezone.localdate()))
    return made


def _click(page, what, heading):
    page.click(what)
    page.get_by_role("heading", name=heading, level=1).wait_for()
    page.wait_for_load_state()


def test_from_the_register_file_to_a_reviewed_questionnaire(visitor, coordinator, desk, tmp_path):
    from django.utils import timezone

    from samspill.studies.invented_municipality import SEED, national_files

    entities, voluntary = national_files(timezone.localdate(), SEED, tmp_path)
    window = visitor(width=320, locale="en-GB")
    window.go("/")
    window.language("en")
    window.sign_in(coordinator)
    page = window.go(f"/municipalities/{desk.code}/exchange/")
    window.inspect()
    _click(page, "text=Read the national registers", "What do the national registers say?")
    window.inspect()

    def read():
        page.set_input_files("input[name=entities]", entities)
        page.set_input_files("input[name=voluntary]", voluntary)
        page.click("button:has-text('Read the files')")
        page.wait_for_url("**/jobs/**")
        work()
        page.reload()
        _click(page, "main a:has-text('Back')", "What would the national registers change?")
        window.inspect()

    read()
    assert "6 organisations are new" in page.inner_text(".lead")
    new = page.locator("tr", has_text="New").first
    left = new.locator("th").inner_text()
    new.locator("input[type=checkbox]").uncheck()
    _click(page, "text=Change what is chosen", "What do the national registers say?")
    assert not desk.organisation_entries.filter(name=left).exists()
    read()
    assert "1 organisation is new" in page.inner_text(".lead")
    _click(page, "text=Change what is chosen", "What do the national registers say?")
    read()
    assert "Nothing:" in page.inner_text(".lead")

    page = window.go(f"/municipalities/{desk.code}/exchange/")
    with page.expect_download() as download:
        page.click("text=A workbook (XLSX)")
    path = tmp_path / "register.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Organisations"]
    column = [cell.value for cell in sheet[2]].index("members") + 1
    old = sheet.cell(3, column).value
    sheet.cell(3, column).value = old + 1
    book.save(path)
    page.set_input_files("input[name=file]", path)
    _click(page, "button:has-text('Read the file')", "What would the file change?")
    window.inspect()
    (row,) = page.locator("table.data tbody tr").all()
    assert row.locator("del").inner_text() == str(old)
    assert row.locator("ins").inner_text() == str(old + 1)
    _click(page, "text=Take it in", "What shall go out of the register")
    first = desk.organisation_entries.order_by("pk").first()
    assert first.members == old + 1

    (tmp_path / "broken.csv").write_text("identifier,members\nx,many\n", encoding="utf-8")
    page.set_input_files("input[name=file]", tmp_path / "broken.csv")
    page.select_option("select[name=table]", "organisations")
    _click(page, "button:has-text('Read the file')", "What would the file change?")
    assert "1 fault must be corrected first" in page.inner_text(".lead")
    window.inspect()
    window.go(f"/municipalities/{desk.code}/data/")
    window.inspect()

    page = window.go(f"/municipalities/{desk.code}/mirror/questionnaire/")
    page.get_by_role("button", name="Accept all that entries speak for").click()
    page.get_by_text("answers are accepted.").wait_for()
    window.inspect()
    assert " 0 of " not in page.inner_text(".lead")
