"""The study's own interview guide: added to, changed, moved, taken from, brought and saved."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samspill.selection import load_guide
from samspill.selection.guide import read_guide
from samspill.web.audit.models import Event
from samspill.web.design.guides import guide_of_study

ADDRESS = "/studies/trial/design/guide/"


@pytest.fixture
def editor(coded, client):
    client.force_login(coded.owner)
    return client


def _events(verb):
    return Event.objects.filter(action=f"design.{verb}", study="trial")


def _post(client, address, **changed):
    """Send the page's form with what stands in it, and some of it changed."""
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields}
    return client.post(address, {k: v for k, v in {**given, **changed}.items() if v is not None})


def _texts(study, part=None):
    questions = guide_of_study(study).questions
    return [q.text("en") for q in questions if part in (None, q.part)]


def test_a_question_is_added_in_one_language_with_its_codes(editor, coded) -> None:
    own = coded.codes.create(name="Football pitches", order=999)
    answer = _post(
        editor, f"{ADDRESS}questions/", part="closing", text_nn="Kven har nøklane?",
        feeds=[str(own.guid), "barriers/confidentiality"], sides=["organisation"],
    )  # fmt: skip
    assert answer.status_code == 302
    made = guide_of_study(coded).questions[-1]
    assert (made.part, made.sides, made.texts) == (
        "closing", ("organisation",), {"nn": "Kven har nøklane?"},
    )  # fmt: skip
    page = editor.get(ADDRESS).text
    assert "Kven har nøklane?" in page
    assert f"/interviews/codes/{own.guid}/" in page
    assert "is fed by none" not in page
    (event,) = _events("add_question")
    assert event.new["text"] == {"nn": "Kven har nøklane?"}


def test_a_question_in_a_new_part_comes_last_under_its_heading(editor, coded) -> None:
    address = f"{ADDRESS}questions/"
    refused = _post(editor, address, part="new", text_en="Whose keys?")
    assert refused.status_code == 400
    assert "Write the heading in one language." in refused.text
    _post(editor, address, part="new", heading_en="About keys", text_en="Whose keys?")
    guide = guide_of_study(coded)
    assert guide.heading(guide.questions[-1].part, "nb") == "About keys"
    assert guide.content()["question"][:-1] == load_guide().content()["question"]


def test_a_change_touches_only_what_was_changed_and_the_log_has_both(editor, coded) -> None:
    before = load_guide().questions[3]
    _post(editor, f"{ADDRESS}questions/{before.identifier}/", text_en="Otherwise?")
    content = guide_of_study(coded).content()["question"]
    expected = load_guide().content()["question"]
    expected[3]["text"] = {**before.texts, "en": "Otherwise?"}
    assert content == expected
    (event,) = _events("change_question")
    assert (event.old["text"]["en"], event.new["text"]["en"]) == (before.text("en"), "Otherwise?")


def test_what_another_has_changed_meanwhile_is_not_written_over(editor, coded) -> None:
    address = f"{ADDRESS}questions/{load_guide().questions[3].identifier}/"
    form = editor.get(address).context["form"]
    stale = form["seen"].value()
    _post(editor, address, text_en="First")
    refused = _post(editor, address, text_en="Second", seen=stale)
    assert refused.status_code == 400
    assert "has been changed since the page was shown" in refused.text
    assert "Second" in refused.text
    assert _texts(coded)[3] == "First"


def test_a_question_is_moved_and_taken_out(editor, coded) -> None:
    part = load_guide().questions[0].part
    first, second = load_guide().questions[:2]
    texts = _texts(coded, part)
    editor.post(f"{ADDRESS}questions/{first.identifier}/move/", {"to": "later"})
    assert _texts(coded, part) == [texts[1], texts[0], *texts[2:]]
    editor.post(f"{ADDRESS}questions/{second.identifier}/remove/")
    assert _texts(coded, part) == [texts[0], *texts[2:]]
    (event,) = _events("remove_question")
    assert event.old["text"]["en"] == texts[1]
    assert editor.get(ADDRESS).context["number"] == 28


def test_moving_past_the_end_changes_nothing_and_is_not_logged(editor, coded) -> None:
    first = load_guide().questions[0]
    editor.post(f"{ADDRESS}questions/{first.identifier}/move/", {"to": "earlier"})
    assert not _events("move_question").exists()
    unknown = editor.post(f"{ADDRESS}questions/{first.identifier}/move/", {"to": "elsewhere"})
    assert unknown.status_code == 404


def test_a_guide_goes_out_as_a_file_and_comes_in_as_the_same(editor, coded) -> None:
    saved = editor.get(f"{ADDRESS}guide.toml").content
    assert read_guide(saved, "x") == load_guide()
    kept = saved.replace(b"[part.closing]", b"[part.closing] # mine")
    file = SimpleUploadedFile("mine.toml", kept)
    assert editor.post(f"{ADDRESS}file/", {"file": file}).status_code == 302
    assert guide_of_study(coded) == load_guide()
    assert editor.get(ADDRESS).context["own_guide"]
    editor.post(f"{ADDRESS}shipped/")
    assert _events("drop_guide").count() == 1
    assert "This is the guide that comes with Samspill." in editor.get(ADDRESS).text


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = 1", b'[part.a]\nnb = "A"\n[[question]]\n'])
def test_a_file_that_is_no_guide_is_refused_and_the_guide_stays(editor, coded, content) -> None:
    file = SimpleUploadedFile("mine.toml", content)
    answer = editor.post(f"{ADDRESS}file/", {"file": file})
    assert answer.status_code == 400
    assert "error-summary" in answer.text
    assert guide_of_study(coded) == load_guide()
    assert not _events("bring_guide").exists()


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("analyst", 200), ("coder", 403)])
def test_who_may_change_the_guide(coded, client, make_user, role, status) -> None:
    client.force_login(make_user(role, coded))
    first = load_guide().questions[0].identifier
    for page in ("questions/", f"questions/{first}/", "file/"):
        assert client.get(ADDRESS + page).status_code == status
    posted = client.post(f"{ADDRESS}questions/{first}/move/", {"to": "later"})
    assert posted.status_code == (302 if status == 200 else 403)
    assert client.get(f"{ADDRESS}guide.toml").status_code == 200
    assert ("Add a question" in client.get(ADDRESS).text) == (status == 200)


def test_a_question_that_is_not_there_is_not_found(editor) -> None:
    assert editor.get(f"{ADDRESS}questions/nothing/").status_code == 404
