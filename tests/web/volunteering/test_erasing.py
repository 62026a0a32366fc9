"""Taking texts out of the log."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.web.audit.describing import differences
from samspill.web.audit.erasing import ERASED, erase, without
from samspill.web.audit.models import Event
from samspill.web.audit.recording import record

WORDS = st.text(st.sampled_from("abcæ@. 1"), max_size=8)
JSON = st.recursive(
    WORDS | st.integers() | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def _event(municipality="9901", subject="offers/1", **content):
    return record(
        actor="a@k.example", action="x.y", subject=subject, municipality=municipality, **content
    )


def test_a_text_is_taken_out_of_old_and_new_wherever_it_stands(db):
    _event(old={"a": "Ring Tora Hagen i dag"}, new={"a": ["TORA HAGEN", {"b": "x Tora Hagen, y"}]})
    assert erase(["Tora Hagen"], municipality="9901") == 1
    event = Event.objects.get()
    assert event.old == {"a": f"Ring {ERASED} i dag"}
    assert event.new == {"a": [ERASED, {"b": f"x {ERASED}, y"}]}
    assert erase(["Tora Hagen"], municipality="9901") == 0


def test_only_whole_words_of_that_municipality_and_those_subjects(db):
    _event(new={"a": "Torarin"})
    _event(new={"a": "Tora"}, municipality="9902")
    _event(new={"a": "Tora"}, subject="offers/2")
    assert erase(["Tora"], municipality="9901", subjects=["offers/1"]) == 0
    assert erase(["Tora"], municipality="9901") == 1
    assert [e.new["a"] for e in Event.objects.order_by("pk")] == ["Torarin", "Tora", ERASED]


def test_who_when_and_what_was_done_stay(db):
    before = _event(new={"a": "Tora"})
    erase(["Tora"], municipality="9901")
    after = Event.objects.get()
    for name in ("at", "actor", "action", "subject", "municipality"):
        assert getattr(after, name) == getattr(before, name)


@pytest.mark.parametrize("texts", [[], [""], ["  "]])
def test_nothing_to_look_for_changes_nothing(db, texts):
    _event(new={"a": "Tora", "b": ""})
    assert erase(texts, municipality="9901") == 0
    assert Event.objects.get().new == {"a": "Tora", "b": ""}


def test_the_log_itself_is_still_not_edited(db):
    event = _event(new={"a": "Tora"})
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        Event.objects.update(new=None)


def test_the_page_says_that_something_is_erased_in_its_language(db):
    from django.utils import translation

    event = _event(new={"a": ERASED})
    with translation.override("nn"):
        assert [d.new for d in differences(event)] == ["[sletta]"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(value=JSON, texts=st.lists(WORDS, max_size=3))
def test_erasing_twice_is_erasing_once_and_keeps_the_form(value, texts):
    once = without(value, texts)
    assert without(once, texts) == once or any(t.strip().casefold() in ERASED for t in texts)
    assert type(once) is type(value)
    if isinstance(value, str) and value.strip() in {t.strip() for t in texts if t.strip()}:
        assert ERASED in once
        assert not set(once.replace(ERASED, "")) - {" "}
