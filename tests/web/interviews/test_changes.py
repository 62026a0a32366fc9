"""Everything that is done to the material can be undone, done again, and told of."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "recode", "resize", "describe", "take away", "code"]),
        st.integers(0, 50),
        st.integers(1, 40),
    ),
    max_size=7,
)


def _state(study):
    from samspill.web.interviews.records import TABLES, content

    return {
        (name, row.pk): content(row)
        for name, model in TABLES.items()
        for row in model.objects.all()
        if name != "coder"
    }


def _do(user, study, deed):
    from samspill.web.interviews import actions
    from samspill.web.interviews.models import Coding, Source

    kind, at, length = deed
    codings, sources = list(Coding.objects.all()), list(Source.objects.all())
    codes = list(study.codes.filter(codable=True))
    one = codings[at % len(codings)] if codings else None
    code = codes[at % len(codes)]
    match kind:
        case "add" if sources:
            actions.add_coding(actor=user, source=sources[0], start=at, end=at + length, code=code)
        case "code":
            actions.add_code(actor=user, study=study, name=f"Code {at}", parent=code)
        case "describe" if sources:
            actions.edit_source(actor=user, source=sources[0], role=f"role {at}", date=None)
        case "take away" if sources and at % 4 == 0:
            actions.remove_source(actor=user, source=sources[0])
        case "remove" if one:
            actions.remove_coding(actor=user, coding=one)
        case "recode" if one:
            actions.recode(actor=user, coding=one, code=code)
        case "resize" if one:
            actions.resize(actor=user, coding=one, start=at, end=at + length)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS)
def test_undoing_everything_gives_the_first_state_and_redoing_the_last(
    study, source, codes, make_user, deeds
):
    from django.db import transaction

    from samspill.web.interviews.changes import next_redo, next_undo, redo, undo

    with transaction.atomic():
        user = make_user("analyst", study)
        before = _state(study)
        for deed in deeds:
            _do(user, study, deed)
        after = _state(study)
        undone = 0
        while next_undo(study, user):
            undo(actor=user, study=study)
            undone += 1
        assert _state(study) == before
        while next_redo(study, user):
            redo(actor=user, study=study)
            undone -= 1
        assert undone == 0
        assert _state(study) == after
        transaction.set_rollback(True)


def test_an_undo_is_refused_where_another_has_changed_the_same_since(
    study, source, codes, make_user
):
    from samspill.web.interviews.actions import add_coding, recode
    from samspill.web.interviews.changes import undo

    first, second = (
        make_user("coder", study, name="Ida Holt"),
        make_user("analyst", study, name="Finn"),
    )
    coding = add_coding(actor=first, source=source, start=0, end=9, code=codes[0])
    recode(actor=second, coding=coding, code=codes[1])
    with pytest.raises(SamspillError, match="Finn has changed the same since: changed the code"):
        undo(actor=first, study=study)
    undo(actor=second, study=study)
    undo(actor=first, study=study)
    assert not source.codings.exists()


def test_a_code_that_another_has_coded_with_stays(study, source, make_user):
    from samspill.web.interviews.actions import add_code, add_coding
    from samspill.web.interviews.changes import undo

    first, second = make_user("coder", study), make_user("coder", study, name="Finn")
    code = add_code(actor=first, study=study, name="New")
    add_coding(actor=second, source=source, start=0, end=9, code=code)
    with pytest.raises(SamspillError, match="Finn has changed the same since: coded a passage"):
        undo(actor=first, study=study)
    assert study.codes.filter(pk=code.pk).exists()


def test_what_is_undone_is_out_of_reach_once_something_new_is_done(study, source, codes, make_user):
    from samspill.web.interviews.actions import add_coding
    from samspill.web.interviews.changes import redo, undo

    user = make_user("coder", study)
    add_coding(actor=user, source=source, start=0, end=9, code=codes[0])
    undo(actor=user, study=study)
    add_coding(actor=user, source=source, start=0, end=9, code=codes[1])
    with pytest.raises(SamspillError, match="nothing to do again"):
        redo(actor=user, study=study)


def test_changes_are_numbered_without_gaps_and_found_since(study, source, codes, make_user):
    from samspill.web.interviews.actions import add_coding
    from samspill.web.interviews.changes import changes_since, last_number, undo

    user = make_user("coder", study)
    known = last_number(study)
    coding = add_coding(actor=user, source=source, start=0, end=9, code=codes[0])
    undo(actor=user, study=study)
    news = list(changes_since(study, known))
    assert [change.number for change in news] == [known + 1, known + 2]
    assert [change.rows[0]["guid"] for change in news] == [str(coding.guid)] * 2
    assert [change.rows[0]["after"] is None for change in news] == [False, True]


def test_a_change_that_fails_leaves_nothing(study, source, codes, make_user):
    from samspill.web.interviews.changes import changing, last_number
    from samspill.web.interviews.models import Coding

    user = make_user("coder", study)
    known = last_number(study)

    def fail():
        with changing(actor=user, study=study, action="add_coding") as change:
            change.add(Coding(source=source, start=0, end=1, code=codes[0]))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert last_number(study) == known
    assert not Coding.objects.exists()
