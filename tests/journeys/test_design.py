"""A researcher chooses cases, sees why, makes them the study's, plans the interviews, and takes the
guide along; in a narrow window, and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from samspill.web.accounts.models import User
from samspill.web.studies.models import Study

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
DESIGN = "/studies/trial/design/"


@pytest.fixture
def owner(transactional_db: None) -> User:
    from samspill.web.studies.actions import import_frame
    from samspill.web.studies.frame.checking import FrameRow
    from samspill.web.studies.frame.mapping import FrameMapping, Use

    user = User.objects.create_user("kari@example.org", name="Kari")
    study = Study.objects.create(slug="trial", title={"nb": "Prøven"}, year=2026)
    study.memberships.create(user=user, role="owner")
    uses = (Use.IDENTIFIER, Use.CODE, Use.NAME, Use.ORDINAL, Use.NOMINAL)
    mapping = FrameMapping(
        dict(zip(("identifier", "code", "name", "size", "place"), uses, strict=True))
    )
    rows = [
        FrameRow(
            number=n, identifier=f"M{n:02d}", code=f"{n:02d}", name=f"Bygda {n}", valid_from=None,
            values={"size": ("liten", "stor")[n % 2], "place": ("kyst", "fjord", "fjell")[n % 3]},
        )
        for n in range(1, 13)
    ]  # fmt: skip
    import_frame(actor=user, study=study, mapping=mapping, rows=rows)
    return user


def _work() -> None:
    from samspill.web.jobs.models import Job
    from samspill.web.jobs.running import run_job

    run_job.func(str(Job.objects.latest("created_at").identifier))


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_from_attributes_to_whom_to_ask(
    visitor: Any, owner: User, width: int, javascript: bool
) -> None:
    window = visitor(width=width, javascript=javascript)
    window.sign_in(owner)
    page = window.go(DESIGN + "cases/")
    page.fill("#id_number", "3")
    page.check("text=place")
    page.check("text=size")
    page.fill("#id_include", "Bygda 4")
    page.select_option("#id_quota_1", "place=fjell")
    page.fill("#id_count_1", "1")
    window.inspect()
    page.click("main form.choosing button")
    _work()
    page = window.go(page.url)
    page.click("main a:has-text('Tilbake')")
    assert "3 case dekker 5 av 5 kategorier" in page.inner_text("main")
    assert "Bygda 4" in page.inner_text("#chosen ~ div")
    window.inspect()
    page.click("text=La disse være studiens case")
    page.click("text=Neste: planlegg intervjuene")
    page.click("main form button")
    assert "0 av 24 planlagte informanter" in page.inner_text("main")
    window.inspect()
    page.click("text=Se hva de skal spørres om")
    page.select_option("#id_side", "organisation")
    page.click("main form.filter button")
    assert "Ta oss gjennom den siste søknaden" in page.inner_text("main")
    window.inspect()
