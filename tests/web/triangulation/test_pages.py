"""Do the sources say the same? The pages say it, and let a person say why, and close it."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from samspill.web.audit.models import Event
from samspill.web.triangulation.gathering import gathered

pytestmark = pytest.mark.django_db
THEME, FIELD = "policy_place", "health_care"


def _url(study, name="comparison"):
    return reverse(f"sources:{name}", args=[study.slug, THEME, FIELD])


def _row(study):
    return gathered(study).display.row(THEME, FIELD)


def test_an_empty_study_says_how_to_begin(client_of, study):
    page = client_of("coder").get(reverse("sources:overview", args=[study.slug]))
    assert "Nothing can be compared yet" in page.text
    assert "None yet: add texts" in page.text


def test_contradictions_stand_first_and_the_lead_counts_them(client_of, contradicting):
    page = client_of("coder").get(reverse("sources:overview", args=[contradicting.slug]))
    assert "in 1 of the 1 places" in page.text
    assert page.text.index("Contradictions that are open") < page.text.index("<table")


def _settled(client, study):
    seen = _row(study).fingerprint
    given = {"kind": "close", "text": "Both are so.", "seen": seen}
    assert client.post(_url(study, "decide"), given).status_code == 302


def _told(page):
    found = html.fromstring(page.text)
    (lead,) = found.xpath("//p[@class='lead']")
    closed = found.xpath("//section[@aria-labelledby='closed']//li")
    return [" ".join(each.text_content().split()) for each in (lead, *closed)]


def test_the_lead_counts_the_open_and_the_closed(client_of, contradicting):
    from samspill.triangulation import Counts
    from samspill.web.triangulation.actions import bring_register

    client = client_of("analyst")
    address = reverse("sources:overview", args=[contradicting.slug])
    lead, *closed = _told(client.get(address))
    assert lead.endswith("in 1 of the 1 places where sources can be compared. 1 is open. "
                         "None is closed.")  # fmt: skip
    assert closed == []
    _settled(client, contradicting)
    lead, *closed = _told(client.get(address))
    assert lead == (
        "They contradict each other in 1 of 1 places, and each is closed with a reason."
    )
    rows = contradicting.register_counts.filter(removed_at=None).last().rows
    both = Counts.of([rows[0], {**rows[0], "field": "integration"}])
    talk = contradicting.sources.first()
    talk.fields = ["health_care", "integration"]
    talk.save()
    owner = contradicting.memberships.filter(role="owner").first().user
    bring_register(
        actor=owner, study=contradicting, name="Vik", on=row_day(contradicting), counts=both
    )
    lead, *closed = _told(client.get(address))
    assert lead.endswith("in 2 of the 2 places where sources can be compared. 1 is open. "
                         "1 is closed with a reason.")  # fmt: skip
    assert len(closed) == 1


def test_a_closed_contradiction_is_shown_with_why_by_whom_and_when(
    client, client_of, contradicting
):
    from django.utils import timezone
    from django.utils.formats import date_format

    from samspill.web.triangulation.actions import share

    _settled(client_of("analyst"), contradicting)
    made = contradicting.source_decisions.get()
    when = date_format(timezone.localdate(made.at), "SHORT_DATE_FORMAT")
    says = f"Closed because: Both are so. ({made.by}, analyst, {when})"
    _lead, closed = _told(client_of("coder").get(reverse("sources:overview", args=["trial"])))
    assert closed.endswith(says)
    contradicting.published_at = timezone.now()
    contradicting.save()
    address = reverse("shared_sources:reader", args=["trial"])
    assert _told(client.get(address))[1:] == []
    share(actor=made.user, study=contradicting)
    _lead, closed = _told(client.get(address))
    assert closed.endswith(says)
    contradicting.memberships.filter(user=made.user).delete()
    _lead, closed = _told(client.get(address))
    assert closed.endswith(f"({made.by}, {when})")


def test_the_sides_stand_beside_each_other_with_numbers_and_no_unit(client_of, contradicting):
    page = client_of("coder").get(_url(contradicting)).text
    assert "0 for, 3 against, of 3" in page
    assert "20 for, 0 against, of 20" in page
    assert "Nobody has answered a collection" in page
    assert "The study has no texts of this side." not in page.split('data-column="organisation"')[1]


def test_a_reason_and_its_evidence_are_kept_and_logged(client_of, contradicting):
    client = client_of("coder")
    given = {"kind": "what", "text": "The register has no table for calls.", "source": ""}
    assert client.post(_url(contradicting, "reason"), given).status_code == 302
    reason = contradicting.reasons.get()
    given = {"about": str(reason.guid), "direction": "for", "text": "See its tables."}
    assert client.post(_url(contradicting, "evidence"), given).status_code == 302
    page = client.get(_url(contradicting)).text
    assert "The register has no table for calls." in page
    assert "See its tables." in page
    kept = Event.objects.filter(study=contradicting.slug, action__startswith="triangulation.add_")
    assert kept.count() == 2


def test_a_closed_contradiction_opens_again_when_the_register_says_otherwise(
    client_of, contradicting, bring
):
    client = client_of("analyst")
    row = _row(contradicting)
    given = {"kind": "close", "text": "Both are so.", "seen": row.fingerprint}
    assert client.post(_url(contradicting, "decide"), given).status_code == 302
    assert _row(contradicting).standing == "closed"
    bring(True)
    assert _row(contradicting).standing == "closed"
    bring(False)
    assert _row(contradicting).assessment == "convergent"
    from samspill.triangulation import Counts
    from samspill.web.triangulation.actions import bring_register

    rows = contradicting.register_counts.filter(removed_at=None).last().rows
    more = Counts.of([{**rows[0], "count": 21, "contrary": 0, "n": 21}])
    owner = contradicting.memberships.filter(role="owner").first().user
    bring_register(
        actor=owner, study=contradicting, name="Vik", on=row_day(contradicting), counts=more
    )
    assert _row(contradicting).standing == "reopened"


def row_day(study):
    return study.register_counts.last().on


def test_a_decision_of_what_was_shown_before_is_refused(client_of, contradicting):
    given = {"kind": "close", "text": "Both are so.", "seen": "of another day"}
    page = client_of("coder").post(_url(contradicting, "decide"), given)
    assert page.status_code == 400
    assert "What is said has changed" in page.text
    assert "Both are so." in page.text
    assert not contradicting.source_decisions.exists()


def test_an_overruling_shows_both_and_can_be_withdrawn(client_of, contradicting):
    client = client_of("coder")
    seen = _row(contradicting).fingerprint
    given = {"kind": "overrule:complementary", "text": "Two questions.", "seen": seen}
    assert client.post(_url(contradicting, "decide"), given).status_code == 302
    page = client.get(_url(contradicting)).text
    assert "A person has overruled the rules" in page
    assert _row(contradicting).standing == ""
    given = {"kind": "withdraw", "text": "It was one question.", "seen": seen}
    assert client.post(_url(contradicting, "decide"), given).status_code == 302
    assert _row(contradicting).standing == "open"


def test_what_a_source_says_elsewhere_can_be_written_down(client_of, contradicting):
    given = {
        "column": "survey", "text": "The report finds it formal.", "source": "chapter 3",
        "item_formality": "yes", "item_hierarchy": "",
    }  # fmt: skip
    client = client_of("coder")
    assert client.post(_url(contradicting, "statement"), given).status_code == 302
    position = _row(contradicting).position("survey")
    assert (position.stated, position.verdicts) == (True, {"formality": "yes"})
    assert "The report finds it formal." in client.get(_url(contradicting)).text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "mood", "text": "x"}, "Select a valid choice"),
        ({"kind": "what", "text": "  "}, "This field is required"),
    ],
)
def test_a_reason_that_says_nothing_is_refused_and_nothing_lost(
    client_of, contradicting, given, says
):
    page = client_of("coder").post(_url(contradicting, "reason"), given)
    assert page.status_code == 400
    assert says in page.text
    assert not contradicting.reasons.exists()


def test_a_register_is_brought_as_counts_that_the_command_line_writes(
    client_of, study, tmp_path, contradicting
):
    from web.triangulation.conftest import register_counts

    path = tmp_path / "counts.csv"
    register_counts(False).write_csv(path)
    file = SimpleUploadedFile("counts.csv", path.read_bytes())
    given = {"name": "Ås", "on": "2026-02-01", "file": file}
    assert client_of("analyst").post(
        reverse("sources:register", args=[study.slug]), given
    ).status_code == 302  # fmt: skip
    assert gathered(study).register.name == "Ås"
    assert _row(study).assessment == "convergent"


@pytest.mark.parametrize("content", [b"\x00\xff", b"a,b\n1,2\n", b""])
def test_another_file_is_refused_with_what_to_do(client_of, study, content):
    file = SimpleUploadedFile("x.csv", content)
    given = {"name": "Ås", "on": "2026-02-01", "file": file}
    page = client_of("analyst").post(reverse("sources:register", args=[study.slug]), given)
    assert page.status_code == 400
    assert not study.register_counts.exists()


def test_files_hold_every_number_and_the_open_contradiction(client_of, contradicting):
    client = client_of("analyst")
    content = client.get(reverse("sources:display", args=[contradicting.slug, "csv"])).text
    rows = list(csv.DictReader(io.StringIO(content)))
    found = {r["column"]: r for r in rows if r["theme"] == THEME and r["field"] == FIELD}
    assert found["organisation"]["standing"] == "open"
    assert (found["register"]["count"], found["register"]["n"]) == ("20", "20")
    book = client.get(reverse("sources:display", args=[contradicting.slug, "xlsx"]))
    assert book.content[:2] == b"PK"


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [("reader", "overview", 403), ("coder", "overview", 200), ("", "overview", 404)],
)
def test_coders_and_researchers_read_it(client_of, contradicting, role, name, status):
    page = client_of(role).get(reverse(f"sources:{name}", args=[contradicting.slug]))
    assert page.status_code == status


@pytest.mark.parametrize(("role", "status"), [("coder", 403), ("analyst", 403), ("owner", 302)])
def test_only_who_may_publish_lets_readers_see_it(client_of, contradicting, role, status):
    answer = client_of(role).post(reverse("sources:share", args=[contradicting.slug]))
    assert answer.status_code == status
    assert contradicting.sharings.exists() == (status == 302)


def test_readers_see_interviews_and_memo_only_once_they_are_shared(client_of, contradicting):
    from samspill.web.triangulation.actions import share, withdraw

    def compared() -> int:
        return len(gathered(contradicting, reader=True).display.open)

    owner = contradicting.memberships.filter(role="owner").first().user
    assert compared() == 0
    share(actor=owner, study=contradicting)
    assert compared() == 1
    withdraw(actor=owner, study=contradicting)
    assert compared() == 0


def test_the_founding_study_is_read_by_anyone_with_its_contradiction_first(client, make_user):
    from samspill.study import read_study, shipped_studies
    from samspill.web.results.actions import publish
    from samspill.web.results.drafts import find_draft
    from samspill.web.studies.models import Study

    name = "norway-2018"
    title = dict(read_study(shipped_studies()[name]).title)
    study = Study.objects.create(slug=name, title=title, year=2018)
    publish(actor=make_user(), study=study, draft=find_draft(study, name))
    page = client.get(reverse("shared_sources:reader", args=[name])).text
    assert page.index("Extent by phase") < page.index("<table")
    address = reverse("shared_sources:comparison", args=[name, "extent_by_phase", "integration"])
    page = client.get(address).text
    assert "the original report, chapter 5" in page
    assert "Decide" not in page
