"""A text is edited after it was coded."""

from __future__ import annotations

import pytest

pytest.importorskip("samspill.qualitative.editing")


@pytest.fixture
def coded(source, codes, make_user, study):
    from samspill.web.interviews.actions import add_coding

    coder = make_user("coder", study, name="Ida Holt")

    def code(words, code):
        start = source.text.index(words)
        return add_coding(
            actor=coder, source=source, start=start, end=start + len(words), code=code
        )

    return [code("no list", codes[0]), code("in the evening", codes[1])]


def _words(source):
    source.refresh_from_db()
    return [source.text[c.start : c.end] for c in source.codings.order_by("start")]


def test_codings_go_with_their_words_and_come_back(study, source, coded, make_user):
    from samspill.web.interviews.actions import edit_text
    from samspill.web.interviews.changes import undo

    owner, before = make_user("owner", study), source.text
    result = edit_text(
        actor=owner,
        source=source,
        text=before.replace("🎈 ", "").replace("Who calls", "And who calls"),
        revision=0,
    )
    assert result.lost == ()
    assert _words(source) == ["no list", "in the evening"]
    assert source.revision == 1
    undo(actor=owner, study=study)
    assert _words(source) == ["no list", "in the evening"]
    assert (source.text, source.revision) == (before, 2)


def test_a_coding_whose_words_are_gone_is_lost_and_can_be_had_back(study, source, coded, make_user):
    from samspill.web.interviews.actions import edit_text
    from samspill.web.interviews.changes import undo

    owner = make_user("owner", study)
    text = source.text.replace(", in the evening", "")
    result = edit_text(actor=owner, source=source, text=text, revision=0)
    assert [lost.words for lost in result.lost] == ["in the evening"]
    assert _words(source) == ["no list"]
    undo(actor=owner, study=study)
    assert _words(source) == ["no list", "in the evening"]


def test_an_edit_on_an_older_wording_writes_nothing(study, source, coded, make_user):
    from samspill.web.interviews.actions import TextChangedSince, edit_text

    owner = make_user("owner", study)
    edit_text(actor=owner, source=source, text=source.text + " Yes.", revision=0)
    held = source.text
    with pytest.raises(TextChangedSince):
        edit_text(actor=owner, source=source, text="Mine.", revision=0)
    source.refresh_from_db()
    assert source.text == held


def test_a_text_is_not_edited_by_who_only_codes(client_of, study, source):
    address = f"/studies/{study.slug}/interviews/sources/{source.guid}/edit/"
    assert client_of("coder").get(address).status_code == 403
    assert client_of("analyst").get(address).status_code == 200
