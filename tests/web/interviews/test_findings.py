"""From codings to findings: places judged, barriers beside the survey, suggestions decided on."""

from __future__ import annotations

import csv
import io
import re

import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.qualitative.codebook import shipped_codebook

SAID = (
    "We meet in the council every spring and agree on the plan. "
    "Nobody has an overview of who does what. "
    "The leader calls me when something comes up. "
    "The law says that this is theirs to do. "
    "They help all clubs alike. "
    "We need each other in this."
)
CODED = {
    "placement_evidence/formal_arena": "We meet in the council every spring and agree on the plan.",
    "barriers/coordination/poor_overview": "Nobody has an overview of who does what.",
    "placement_evidence/mutual_dependence": "We need each other in this.",
}


@pytest.fixture(autouse=True)
def nothing_kept():
    """Keys and numbers begin anew in each test, so what is kept of an earlier one is another's."""
    from django.core.cache import cache

    from samspill.web.interviews import project

    cache.clear()
    project._tables.clear()


@pytest.fixture
def owner(study, make_user):
    return make_user("owner", study)


@pytest.fixture
def coded(study, owner):
    """Six interviews of two units, each about health and coded alike with the shipped codebook."""
    from samspill.qualitative import Project
    from samspill.web.interviews.actions import add_coding, add_sources
    from samspill.web.interviews.models import Source
    from samspill.web.interviews.project import take_in

    take_in(actor=owner, study=study, project=Project("codes", codes=shipped_codebook("en")))
    units = [study.units.create(identifier=name) for name in ("a", "b")]
    sources = [
        Source(
            name=f"Interview {k}",
            text=SAID,
            unit=units[k % 2],
            side=("municipality", "organisation")[k % 2],
            fields=["health_care"],
            invented=True,
        )
        for k in range(6)
    ]
    add_sources(actor=owner, study=study, sources=sources)
    for source in sources:
        for concept, words in CODED.items():
            start = SAID.index(words)
            add_coding(actor=owner, source=source, start=start, end=start + len(words),
                       code=study.codes.get(concept=concept))  # fmt: skip
    return sources


def page(client, study, path):
    answer = client.get(f"/studies/{study.slug}/interviews/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def judge(client, study, **sent):
    asked = {"typology": "policy_models", "field": "health_care", "ideal_type": "formal_model",
             "reason": "They decide alone.", "unit": ""}  # fmt: skip
    return client.post(
        f"/studies/{study.slug}/interviews/placement/judge/", {**asked, **sent}, follow=True
    ).content.decode()


def test_a_field_is_placed_where_all_its_evidence_points(signed_in, study, coded):
    shown = page(signed_in, study, "placement/")
    assert "Development model" in shown
    assert "100" in shown
    assert "Where does the evidence place the fields?" in shown
    drawn = signed_in.get(f"/studies/{study.slug}/interviews/placement/policy_models.svg?frame=no")
    assert drawn.content.startswith(b"<svg")
    assert "Development model" in drawn.content.decode()


def test_below_the_minimum_nothing_is_placed(signed_in, study, coded):
    from samspill.web.interviews.models import Coding

    Coding.objects.exclude(source=coded[0]).delete()
    assert "Not enough evidence" in page(signed_in, study, "placement/")


def test_a_judgement_overrules_beside_the_evidence_and_can_be_undone(signed_in, study, coded):
    assert "They decide alone." in judge(signed_in, study)
    shown = page(signed_in, study, "placement/")
    assert "overrules" in shown
    assert "Development model" in shown
    signed_in.post(f"/studies/{study.slug}/interviews/undo/")
    assert "They decide alone." not in page(signed_in, study, "placement/")
    signed_in.post(f"/studies/{study.slug}/interviews/redo/")
    assert "They decide alone." in page(signed_in, study, "placement/")


@pytest.mark.parametrize(
    "sent", [{"reason": "  "}, {"ideal_type": "equal_collaboration"}, {"field": "chess"}]
)
def test_a_judgement_without_reason_or_of_no_place_is_refused(signed_in, study, coded, sent):
    judge(signed_in, study, **sent)
    assert not study.judgements.exists()


def test_barriers_stand_beside_the_founding_studys_survey(signed_in, study, coded):
    shown = page(signed_in, study, "barriers/?by=side&sub=on")
    assert "3 of 3" in shown
    assert "40 of 142" in shown
    assert "Only the survey; the interviews are silent" in shown


def test_coded_open_answers_of_the_study_come_before_the_founding_ones(
    signed_in, study, owner, coded
):
    from samspill.web.interviews.actions import add_coding, add_sources
    from samspill.web.interviews.models import Source

    answers = [
        Source(name=f"Answer {k}", text="Time is short.", kind="open_answer") for k in range(4)
    ]
    add_sources(actor=owner, study=study, sources=answers)
    code = study.codes.get(concept="barriers/conditions_resources")
    add_coding(actor=owner, source=answers[0], start=0, end=4, code=code)
    shown = page(signed_in, study, "barriers/")
    assert "1 of 4" in shown
    assert "142" not in shown


def test_the_case_table_has_a_row_for_each_case_and_says_that_it_is_invented(
    signed_in, study, coded
):
    answer = signed_in.get(f"/studies/{study.slug}/interviews/cases.csv?cases=unit&value=sources")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["unit"], row["sources"], row["provenance"]) for row in rows] == [
        ("a", "3", "invented"),
        ("b", "3", "invented"),
    ]


def test_case_tables_are_for_those_who_may_export(client_of, study, coded):
    path = f"/studies/{study.slug}/interviews/cases.csv"
    assert client_of("coder").get(path).status_code in (403, 404)


def test_the_matrix_is_drawn_with_its_text_alternative(signed_in, study, coded):
    under = study.codes.get(concept="barriers/coordination").guid
    shown = page(signed_in, study, f"matrix/?by=coder&under={under}")
    assert "The same as a figure" in shown
    address = f"/studies/{study.slug}/interviews/matrix/figure.svg?by=coder&under={under}"
    drawn = signed_in.get(f"{address}&frame=no").content.decode()
    assert study.coders.get().name in drawn
    assert signed_in.get(address)["Content-Disposition"].startswith("attachment")


@pytest.fixture
def suggestion(study, owner, coded):
    from samspill.web.interviews.actions.suggestions import keep_suggestions
    from samspill.web.interviews.models import Suggestion

    keep_suggestions(
        actor=owner, study=study, found=found_in(study, coded), training=trained(study)
    )
    return Suggestion.objects.get()


def found_in(study, coded):
    words = "The law says that this is theirs to do."
    code = study.codes.get(concept="placement_evidence/law")
    start = SAID.index(words)
    row = {"source": str(coded[0].guid), "start": start, "end": start + len(words),
           "code": str(code.guid), "score": 0.8, "why": ["law"], "text": words,
           "model": "linear n-grams"}  # fmt: skip
    return pl.DataFrame([row])


def trained(study):
    from samspill.web.interviews.models import Training

    return Training(study=study, model="linear n-grams", unit="sentence", passages=36, folds=5,
                    least=0.5, by="me")  # fmt: skip


def decide(client, study, suggestion, decision):
    path = f"/studies/{study.slug}/interviews/suggestions/{suggestion.guid}/"
    return client.post(path, {"decision": decision}, follow=True).content.decode()


def test_a_suggestion_becomes_the_accepting_persons_coding_and_can_be_undone(
    signed_in, study, owner, suggestion
):
    assert not suggestion.code.codings.exists()
    assert "The law says" in page(signed_in, study, "suggestions/")
    decide(signed_in, study, suggestion, "accept")
    coding = suggestion.code.codings.get()
    assert (coding.start, coding.end) == (suggestion.start, suggestion.end)
    assert coding.coder.user == owner
    signed_in.post(f"/studies/{study.slug}/interviews/undo/")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.code.codings.count()) == ("open", 0)


def test_what_has_been_refused_is_kept_and_not_suggested_again(
    signed_in, study, owner, coded, suggestion
):
    from samspill.web.interviews.actions.suggestions import keep_suggestions
    from samspill.web.interviews.models import Suggestion

    decide(signed_in, study, suggestion, "refuse")
    again = keep_suggestions(
        actor=owner, study=study, found=found_in(study, coded), training=trained(study)
    )
    assert again == 0
    assert Suggestion.objects.get().state == "refused"
    assert "accepted or" not in decide(signed_in, study, suggestion, "accept")
    assert not suggestion.code.codings.exists()


def test_the_worker_tests_learns_and_proposes(signed_in, study, owner, coded):
    """Each text holds the same words, so that what is learnt must be found in the last."""
    from samspill.web.interviews.actions import add_sources
    from samspill.web.interviews.models import Source, Suggestion
    from samspill.web.interviews.suggesting import ask_for_suggestions, suggest_codes
    from samspill.web.jobs.running import Work

    more = [Source(name=f"Coded {k}", text=SAID, fields=["integration"]) for k in range(3)]
    add_sources(actor=owner, study=study, sources=more)
    copy_codings(owner, coded[0], more)
    untouched = Source(name="New", text=SAID, fields=["integration"])
    add_sources(actor=owner, study=study, sources=[untouched])
    job = ask_for_suggestions(actor=owner, study=study)
    assert ask_for_suggestions(actor=owner, study=study) == job
    suggest_codes(Work(job), **job.arguments)
    made = Suggestion.objects.filter(source=untouched)
    words = {s.source.text[s.start : s.end].strip(): s.code.concept for s in made}
    assert words == {said: concept for concept, said in CODED.items()}
    assert not untouched.codings.exists()
    shown = page(signed_in, study, "suggestions/")
    assert "How far can they be trusted?" in shown
    assert "because of" in shown


def copy_codings(owner, source, others):
    from samspill.web.interviews.actions import add_coding

    for other in others:
        for coding in source.codings.all():
            add_coding(actor=owner, source=other, start=coding.start, end=coding.end,
                       code=coding.code)  # fmt: skip


def test_no_other_model_is_asked_unless_an_administrator_has_set_one_up(
    signed_in, study, owner, coded, settings
):
    from samspill.web.interviews.suggesting import ask_for_suggestions, suggest_codes
    from samspill.web.jobs.running import Work

    assert "The installation" not in page(signed_in, study, "suggestions/")
    with pytest.raises(SamspillError):
        ask_for_suggestions(actor=owner, study=study, model="endpoint")
    settings.SUGGESTION_ENDPOINT = "https://elsewhere.invalid/guess"
    job = ask_for_suggestions(actor=owner, study=study, model="endpoint")
    with pytest.raises(SamspillError, match="another machine"):
        suggest_codes(Work(job), **job.arguments)


def test_a_tall_figure_keeps_its_height_in_every_language(signed_in, study, coded):
    """A separator of thousands in an attribute would make the browser draw it flat."""
    signed_in.defaults["HTTP_ACCEPT_LANGUAGE"] = "nb"
    shown = page(signed_in, study, "matrix/")
    height = re.search(r'<img [^>]*height="([^"]*)"', shown).group(1)
    assert int(height) > 1000
