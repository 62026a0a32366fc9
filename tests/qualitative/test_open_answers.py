"""Open answers are sources with their units' attributes."""

from __future__ import annotations

import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.qualitative.open_answers import open_answer_sources

ANSWERS = pl.DataFrame(
    [
        ("u1", "", "challenges", "Lite tid.\r\nFå folk\u00a0."),
        ("u2", "culture_leisure", "challenges", "Penger"),
        ("u3", "", "challenges", "  "),
        ("u1", "", "meeting_point", "1"),
    ],
    schema=["unit", "field", "variable", "value"],
    orient="row",
)
UNITS = pl.DataFrame(
    {"unit": ["u1", "u2", "u3"], "population": [900, None, 5], "policy": ["y", "n", ""]}
)


def test_each_answer_in_words_is_a_source():
    first, second = open_answer_sources(
        ANSWERS, UNITS, "challenges", study="a", side="municipality"
    )
    assert first.text == "Lite tid.\nFå folk ."
    assert (first.unit, first.kind, first.side) == ("u1", "open_answer", "municipality")
    assert dict(first.attributes) == {"population": 900, "policy": "y"}
    assert second.fields == ("culture_leisure",)
    assert dict(second.attributes) == {"policy": "n"}


def test_answers_taken_anew_are_the_same_sources():
    again = [open_answer_sources(ANSWERS, UNITS, "challenges", study="a") for _ in range(2)]
    assert again[0] == again[1]
    other = open_answer_sources(ANSWERS, UNITS, "challenges", study="b")
    assert not {s.guid for s in other} & {s.guid for s in again[0]}


def test_a_question_without_answers_is_said():
    with pytest.raises(SamspillError, match="Nobody has answered"):
        open_answer_sources(ANSWERS, UNITS, "unknown")
    with pytest.raises(SamspillError, match="no column"):
        open_answer_sources(ANSWERS, UNITS, "challenges", attributes=["area"])
