"""Expressions: written back they are the same; what is unsupported is refused with its place."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.instrument import format_expression, parse_expression
from samspill.instrument.expressions import (
    And,
    Answer,
    Arithmetic,
    Comparison,
    Count,
    CountSelected,
    Length,
    Negative,
    Not,
    Number,
    Or,
    Own,
    Selected,
    Text,
    Truth,
    variables,
)

_subjects = st.one_of(st.builds(Answer, st.sampled_from(["a", "b_1", "c-d"])), st.just(Own()))
_texts = st.text("abc'æ ", max_size=4) | st.text('ab"', max_size=3)
_leaves = st.one_of(
    st.builds(Text, _texts),
    st.builds(Number, st.floats(0, 1e12, allow_nan=False) | st.integers(0, 99).map(float)),
    st.builds(Truth, st.booleans()),
    _subjects,
    st.builds(Selected, _subjects, _texts),
    st.builds(CountSelected, _subjects),
    st.builds(Length, _subjects),
    st.builds(Count, st.just("a"), st.none() | _texts),
)
expressions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(And, inner, inner),
        st.builds(Or, inner, inner),
        st.builds(Not, inner),
        st.builds(Negative, inner),
        st.builds(Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "div", "mod"]), inner, inner),
    ),
    max_leaves=8,
)


@given(expressions)
def test_what_is_written_reads_back(expression):
    assert parse_expression(format_expression(expression)) == expression


def test_precedence_is_that_of_xpath():
    found = parse_expression("${a} = 1 or ${b} > 2 + 3 * 4 and not(${a} = 'x')")
    assert isinstance(found, Or)
    assert isinstance(found.right, And)
    assert variables(found) == {"a", "b"}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("regex(., 'a+')", 1),
        ("${a} = now()", 8),
        ("${a} == 1", 7),
        ("${a} = /data/b", 8),
        ("selected(${a}, ${b})", 16),
        ("${a} < 1 < 2", 10),
        ("if(${a}, 1, 2)", 1),
        ("${a} and", 9),
        ("(${a} = 1", 10),
        ("concat('a')", 1),
        ("${a} = 'x", 8),
    ],
)
def test_the_unsupported_is_refused_with_its_position(text, position):
    with pytest.raises(SamspillError, match=f"position {position}\\b"):
        parse_expression(text)


@pytest.mark.parametrize("text", ["", "   ", "(" * 60 + "1" + ")" * 60, "1 + " * 3000 + "1"])
def test_empty_deep_and_long_expressions_are_refused(text):
    with pytest.raises(SamspillError):
        parse_expression(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(SamspillError):
        assert parse_expression(text) is not None
