"""What may contradict gets a person's verdict, which is shown until the matter is closed."""

from __future__ import annotations

import re

import pytest

from samspill.web.interviews.models import Verdict

NO_POINTS, POINTS = "barriers/coordination/no_meeting_points", "enablers/meeting_points"


@pytest.fixture
def opposed(study, make_user):
    """The municipality says that there are meeting points, the organisation that there are none."""
    from samspill.web.interviews.actions import add_code, add_coding, add_sources
    from samspill.web.interviews.models import Source

    owner = make_user("owner", study)
    codes = {
        concept: add_code(actor=owner, study=study, name=name, concept=concept)
        for name, concept in (("None", NO_POINTS), ("Some", POINTS))
    }
    for side, concept in (("municipality", POINTS), ("organisation", NO_POINTS)):
        text = Source(name=side, text="So it is.", side=side, fields=["health_care"])
        add_sources(actor=owner, study=study, sources=[text])
        add_coding(actor=owner, source=text, start=0, end=8, code=codes[concept])
    return codes


@pytest.fixture
def coder(client_of):
    client = client_of("coder")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page(client):
    return " ".join(client.get("/studies/trial/interviews/sides/").content.decode().split())


def judge(client, **overrides):
    """Send the form of the page's first contradiction."""
    article = page(client).partition("<article")[2].partition("</article>")[0]
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', article))
    sent |= {"verdict": Verdict.CONTRADICTION, "reason": "They meet in other places."}
    sent = {name: value for name, value in (sent | overrides).items() if value is not None}
    answer = client.post("/studies/trial/interviews/sides/judge/", sent, follow=True)
    return " ".join(answer.content.decode().split())


def test_a_verdict_is_shown_with_who_and_why(study, opposed, coder):
    assert "1 is open" in page(coder)
    shown = judge(coder)
    assert "They meet in other places." in shown
    assert "1 is open" in shown
    made = study.verdicts.get()
    assert (made.says_one, made.field, made.unit) == ("municipality", "health_care", None)
    assert made.by.name in shown


def test_it_stays_until_it_is_closed_and_comes_back_when_that_is_undone(study, opposed, coder):
    judge(coder, verdict=Verdict.NONE)
    shown = judge(coder, closed="on")
    assert "1 is closed" in shown
    assert "0 are open" in shown
    coder.post("/studies/trial/interviews/undo/")
    shown = page(coder)
    assert "1 is open" in shown
    assert "They do not contradict each other" in shown
    assert study.verdicts.count() == 1


def test_the_latest_verdict_holds(study, opposed, coder):
    judge(coder, reason="At first sight.")
    shown = judge(coder, verdict=Verdict.NONE, reason="After reading both.")
    assert "After reading both." in shown
    assert "At first sight." not in shown
    assert study.verdicts.count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": " "}, "given for a reason"),
        ({"verdict": "perhaps"}, "no verdict"),
        ({"says_one": "nobody"}, "no verdict"),
        ({"verdict": Verdict.UNDECIDED, "closed": "on"}, "undecided is not closed"),
    ],
)
def test_what_is_no_verdict_is_refused(study, opposed, coder, sent, said):
    assert said in judge(coder, **sent)
    assert not study.verdicts.exists()


@pytest.mark.parametrize(
    "sent", [{"one": "x"}, {"other": "6f1f2f0a-0000-4000-8000-000000000000"}, {"unit": "nowhere"}]
)
def test_what_the_study_does_not_have_is_not_found(study, opposed, coder, sent):
    kept = {"one": str(opposed[POINTS].guid), "other": str(opposed[NO_POINTS].guid)}
    sent = {**kept, "says_one": "municipality", "verdict": Verdict.NONE, "reason": "So.", **sent}
    assert coder.post("/studies/trial/interviews/sides/judge/", sent).status_code == 404


def test_a_reader_does_not_judge(study, opposed, client_of):
    answer = client_of("reader").post("/studies/trial/interviews/sides/judge/", {})
    assert answer.status_code == 403


def test_a_verdict_on_what_contradicts_no_more_is_counted(study, opposed, coder):
    judge(coder)
    study.sources.get(name="organisation").codings.all().delete()
    from samspill.web.interviews.actions import add_code

    add_code(actor="a test", study=study, name="Other")
    shown = page(coder)
    assert "1 verdict is on what does not stand against each other any more" in shown


def test_verdicts_follow_their_codes(study, opposed, coder, make_user):
    from samspill.web.interviews.actions.codes import add_code, merge_codes, remove_code
    from samspill.web.interviews.changes import undo

    judge(coder)
    owner = make_user("owner", study)
    other = add_code(actor=owner, study=study, name="Few")
    merge_codes(actor=owner, code=opposed[NO_POINTS], into=other)
    assert study.verdicts.get().other == other
    merge_codes(actor=owner, code=other, into=opposed[POINTS])
    assert not study.verdicts.exists()
    undo(actor=owner, study=study)
    other = study.codes.get(name="Few")
    other.codings.all().delete()
    assert study.verdicts.get().other == other
    remove_code(actor=owner, code=other)
    assert not study.verdicts.exists()
