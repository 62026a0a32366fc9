"""What the page of a text sends and asks for."""

from __future__ import annotations

import json
import uuid

import pytest


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def at(study, source):
    return f"/studies/{study.slug}/interviews/sources/{source.guid}/"


def _post(client, address, **content):
    return client.post(address, json.dumps(content), content_type="application/json")


def _passage(source, code, **overrides):
    start = source.text.index("I keep")
    return {
        "guid": str(uuid.uuid4()),
        "start": start,
        "end": start + 6,
        "code": code.pk,
        "revision": source.revision,
        **overrides,
    }


def test_a_coding_is_added_and_told_of_to_others(client_of, study, source, codes, at):
    from samspill.web.interviews.changes import last_number

    first = client_of("coder")
    known = last_number(study)
    sent = _passage(source, codes[0])
    done = _post(first, f"{at}codings/add/", **sent).json()
    assert done["put"][0][:4] == [sent["guid"], sent["start"], sent["end"], codes[0].pk]
    assert done["undo"]
    mine = first.get(f"{at}changes.json", {"since": known}).json()
    assert [row[0] for row in mine["put"]] == [sent["guid"]]
    assert mine["deeds"] == []
    theirs = client_of("coder").get(f"{at}changes.json", {"since": known}).json()
    assert theirs["deeds"][0]["deed"] == "coded a passage"
    assert theirs["deeds"][0]["code"] == codes[0].pk
    assert client_of("coder").get(f"{at}changes.json?since={theirs['number']}").json().keys() == {
        "number",
        "revision",
        "here",
        "undo",
        "redo",
    }


def test_what_is_removed_is_told_as_gone(client_of, study, source, codes, at):
    from samspill.web.interviews.changes import last_number

    client = client_of("coder")
    sent = _passage(source, codes[0])
    _post(client, f"{at}codings/add/", **sent)
    known = last_number(study)
    assert _post(client, f"{at}codings/{sent['guid']}/remove/").json()["gone"] == [sent["guid"]]
    news = client.get(f"{at}changes.json", {"since": known}).json()
    assert (news["put"], news["gone"]) == ([], [sent["guid"]])
    client.post(f"/studies/{study.slug}/interviews/undo/", headers={"accept": "application/json"})
    assert len(client.get(f"{at}codings.json").json()["codings"]) == 1


def test_positions_of_an_older_wording_are_refused(client_of, study, source, codes, at):
    answer = _post(
        client_of("coder"), f"{at}codings/add/", **_passage(source, codes[0], revision=7)
    )
    assert answer.status_code == 409
    assert "edited since" in answer.json()["message"]
    assert not source.codings.exists()


def test_a_new_code_is_made_on_the_way(client_of, study, source, codes, at):
    sent = _passage(source, codes[0], new_code="Own sheets")
    answer = _post(client_of("coder"), f"{at}codings/add/", **sent)
    assert answer.status_code == 200
    assert source.codings.get().code.name == "Own sheets"


@pytest.mark.parametrize("content", [{}, {"start": "x"}, {"code": 10**9}, {"guid": "no"}])
def test_what_makes_no_sense_is_refused(client_of, source, codes, at, content):
    sent = {**_passage(source, codes[0]), **content} if content else {}
    assert _post(client_of("coder"), f"{at}codings/add/", **sent).status_code == 400
    assert not source.codings.exists()


def test_a_reader_sees_no_texts(client_of, at):
    client = client_of("reader")
    assert client.get(at).status_code == 403
    assert client.get(f"{at}codings.json").status_code == 403


def test_another_coders_coding_stays(client_of, study, source, codes, at):
    sent = _passage(source, codes[0])
    _post(client_of("coder"), f"{at}codings/add/", **sent)
    answer = _post(client_of("coder"), f"{at}codings/{sent['guid']}/remove/")
    assert answer.status_code == 409
    assert source.codings.exists()
    assert _post(client_of("owner"), f"{at}codings/{sent['guid']}/remove/").status_code == 200


def test_the_colours_come_as_a_style_sheet(client_of, study, codes):
    answer = client_of("coder").get(f"/studies/{study.slug}/interviews/codes.css")
    assert answer["Content-Type"] == "text/css"
    assert f"::highlight(code-{codes[0].pk})" in answer.content.decode()


def test_the_text_is_shown_with_its_positions(client_of, source, at):
    page = client_of("coder").get(at).content.decode()
    start = source.text.index("We have")
    assert f'data-start="{start}"' in page
    assert '<span class="speaker">Leader</span>' in page


@pytest.mark.parametrize(
    ("number", "words", "found"),
    [
        (2, "own\n sheets", "own sheets"),
        (1, "", "Who calls you?"),
        (2, "no such", None),
        (9, "", None),
        (2, "e", None),
    ],
)
def test_quoted_words_are_found_in_their_paragraph(source, number, words, found):
    from samspill.errors import SamspillError
    from samspill.web.interviews.views.quoting import passage

    if found is None:
        with pytest.raises(SamspillError):
            passage(source, number, words)
    else:
        start, end = passage(source, number, words)
        assert source.text[start:end] == found


def test_the_page_tells_who_else_has_the_text_open(client_of, study, source, at, make_user, client):
    from samspill.web.interviews.models import Coder

    for name in ("Ida Holt", "Finn Berg"):
        client.force_login(make_user("coder", study, name=name))
        page = client.get(at)
    ida, finn = (Coder.objects.get(name=name) for name in ("Ida Holt", "Finn Berg"))
    assert page.context["page"]["here"] == [(ida.pk, ida.initials, "Ida Holt")]
    client.force_login(ida.user)
    news = client.get(f"{at}changes.json", {"since": 0}).json()
    assert news["here"] == [[finn.pk, finn.initials, "Finn Berg"]]


def test_who_has_not_been_heard_of_is_gone(study, source, make_user):
    from samspill.web.interviews.coders import coder_of
    from samspill.web.interviews.presence import HEARD_WITHIN, attend

    ida, finn = (coder_of(study, make_user("coder", study, name=n)) for n in ("Ida", "Finn"))
    attend(source, ida, now=1000.0)
    assert attend(source, finn, now=1000.0 + HEARD_WITHIN) == [(ida.pk, ida.initials, "Ida")]
    assert attend(source, finn, now=1001.0 + HEARD_WITHIN) == []
    assert attend(source, ida, now=1002.0 + HEARD_WITHIN) == [(finn.pk, finn.initials, "Finn")]


def test_nobody_is_told_of_on_another_text(study, source, make_user):
    from samspill.web.interviews.actions import add_sources
    from samspill.web.interviews.coders import coder_of
    from samspill.web.interviews.models import Source
    from samspill.web.interviews.presence import attend

    other = Source(name="Other", text="Other words.")
    add_sources(actor=make_user("owner", study), study=study, sources=[other])
    ida, finn = (coder_of(study, make_user("coder", study, name=n)) for n in ("Ida", "Finn"))
    attend(other, ida, now=1000.0)
    assert attend(source, finn, now=1000.0) == []


@pytest.fixture
def suggestion(study, source, codes):
    """ "I keep my own sheets" as "No overview", as the program proposes it."""
    from samspill.web.interviews.models import Suggestion

    start = source.text.index("I keep")
    return Suggestion.objects.create(
        source=source, start=start, end=start + 20, code=codes[0], score=0.7
    )


def test_a_suggested_code_given_to_ones_own_words_is_accepted(
    client_of, study, source, codes, suggestion, at
):
    client = client_of("coder")
    told = client.get(f"{at}codings.json").json()["suggestions"]
    assert told == [[str(suggestion.guid), suggestion.start, suggestion.end, codes[0].pk, 0.7]]
    sent = _passage(source, codes[0], suggestion=str(suggestion.guid))
    done = _post(client, f"{at}codings/add/", **sent).json()
    assert (done["put"][0][:3], done["suggestions"]) == (
        [sent["guid"], sent["start"], sent["end"]],
        [],
    )
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == ("accepted", source.codings.get().coder)
    client.post(f"/studies/{study.slug}/interviews/undo/", headers={"accept": "application/json"})
    suggestion.refresh_from_db()
    assert (suggestion.state, source.codings.count()) == ("open", 0)


def test_a_suggestion_is_refused_on_the_page_of_the_text(client_of, study, source, suggestion, at):
    from samspill.web.interviews.changes import last_number

    client, known = client_of("coder"), last_number(study)
    done = _post(client, f"{at}suggestions/{suggestion.guid}/refuse/").json()
    assert done["suggestions"] == []
    assert "refused a suggestion" in done["undo"]
    suggestion.refresh_from_db()
    assert suggestion.state == "refused"
    assert client.get(f"{at}changes.json", {"since": known}).json()["suggestions"] == []
    again = _post(client, f"{at}suggestions/{suggestion.guid}/refuse/")
    assert (again.status_code, "decided already" in again.json()["message"]) == (409, True)


def test_a_suggestion_is_not_accepted_by_other_words_or_another_code(
    client_of, source, codes, suggestion, at
):
    client, named = client_of("coder"), str(suggestion.guid)
    elsewhere = _passage(source, codes[0], suggestion=named, start=0, end=5)
    otherwise = _passage(source, codes[1], suggestion=named)
    for sent in (elsewhere, otherwise):
        assert _post(client, f"{at}codings/add/", **sent).status_code == 400
    suggestion.refresh_from_db()
    assert (suggestion.state, source.codings.count()) == ("open", 0)


def test_a_memo_on_a_code_is_told_of_on_every_text(client_of, study, source, codes, at):
    client = client_of("coder")
    done = _post(client, f"{at}memos/add/", code=codes[0].pk, text="Own sheets too?").json()
    assert [(memo["codes"], memo["about"]) for memo in done["memos"]] == [([codes[0].pk], [])]
    assert study.memos.get().about == [str(codes[0].guid)]
    assert _post(client, f"{at}memos/add/", code=codes[1].pk + 99, text="?").status_code == 400
