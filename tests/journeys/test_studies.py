"""A researcher makes a study, takes its units from a file and through a reform, and reads the log;
in three languages, on a narrow window, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samspill.web.accounts.models import User
from samspill.web.studies.models import Unit, UnitSuccession

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

Open = Callable[..., Any]
FRAME = """Kommunenr;Kommune;Folketall;Har plan
101;Halden;30000;ja
1103;Stavanger;130000;nei
1141;Finnøy;3000;ja
"""
FAULTY = FRAME.replace(";30000", ";mange")
CHANGES = """oldCode,oldName,newCode,newName,changeOccurred
0101,Halden,3001,Halden,2020-01-01
1103,Stavanger,1103,Stavanger,2020-01-01
1141,Finnøy,1103,Stavanger,2020-01-01
"""
PAGES = (
    "",
    "edit/",
    "members/",
    "waves/",
    "waves/new/",
    "waves/w2018/",
    "comparable/",
    "units/",
    "units/import/",
    "units/changes/",
    "unit/1103/",
    "attributes/",
    "attributes/har_plan/",
    "log/",
)


@pytest.fixture
def researcher(transactional_db: None) -> User:
    return User.objects.create_user("kari@example.org", name="Kari")


def choose(page: Any, folder: Path, text: str) -> None:
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    page.set_input_files("input[name=file]", str(file))


def walk(window: Any, folder: Path, *, inspect: bool) -> Any:
    """From an empty page to units that have come through a reform; returns the page."""

    def look() -> None:
        if inspect:
            window.inspect()

    page = window.go("/studies/")
    look()
    page.click("main a.ds-button")
    page.fill("input[name=title_nb]", "Frivillighet")
    look()
    page.click("main form button.ds-button")
    assert page.url.endswith("/studies/frivillighet/")
    for name, day in (("w2018", "2018-01-01"), ("w2024", "2024-01-01")):
        window.go("/studies/frivillighet/waves/new/")
        page.fill("input[name=title_nb]", name)
        page.fill("input[name=identifier]", name)
        page.fill("input[name=reference_date]", day)
        page.click("main form button.ds-button")
    window.go("/studies/frivillighet/units/import/")
    choose(page, folder, FAULTY)
    page.click("main form button.ds-button")
    page.select_option("select[name=use_2]", "number")
    look()
    page.click("main form button.ds-button")
    assert page.locator("table tbody tr").count() == 1
    look()
    page.click("main .actions a.ds-button")
    choose(page, folder, FRAME)
    page.click("main form button.ds-button")
    page.fill("input[name=valid_from]", "2018-01-01")
    page.click("main form button.ds-button")
    look()
    assert not Unit.objects.exists()
    page.click("main form.form button.ds-button")
    assert Unit.objects.count() == 3
    window.go("/studies/frivillighet/units/changes/")
    page.fill("input[name=after]", "2018-01-01")
    choose(page, folder, CHANGES)
    page.click("main form.card button.ds-button")
    look()
    page.click("main form button.ds-button")
    assert UnitSuccession.objects.count() == 2
    return page


def test_from_an_empty_page_to_units_through_a_reform(
    visitor: Open, researcher: User, tmp_path: Path
) -> None:
    window = visitor(javascript=True, width=1280)
    window.sign_in(researcher)
    page = walk(window, tmp_path, inspect=True)
    page.set_viewport_size({"width": 320, "height": 640})
    for code in ("nn", "en"):
        window.language(code)
        for path in PAGES:
            window.go(f"/studies/frivillighet/{path}")
            window.fits()


def test_the_same_without_javascript(visitor: Open, researcher: User, tmp_path: Path) -> None:
    window = visitor(javascript=False, width=320)
    window.sign_in(researcher)
    page = walk(window, tmp_path, inspect=False)
    window.go("/studies/frivillighet/comparable/")
    assert "1141 Finnøy" in page.inner_text("main")
