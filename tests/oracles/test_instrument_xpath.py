"""Expressions come to what libxml2's XPath 1.0 says (W3C Recommendation 1999, sections 3 and 4)."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from samspill.instrument.expressions import (
    And,
    Answer,
    Arithmetic,
    Comparison,
    Length,
    Negative,
    Not,
    Number,
    Or,
    Text,
    Truth,
    format_expression,
)

# libxml2 also reads exponents ("1e3"), which XPath 1.0 section 4.4 does not; none stands here.
VALUES = ["", "0", "1", "2", "12.5", "-3", "yes", " 7 ", ".5", "nan", "+1", "5."]


class Answers:
    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def answer(self, variable: str) -> str:
        return self.values[variable]

    def own(self) -> str:
        return ""

    def in_fields(self, variable: str) -> tuple[str, ...]:
        return ()


_leaves = st.one_of(
    st.builds(Text, st.sampled_from(VALUES)),
    st.builds(Number, st.sampled_from([0.0, 1.0, 2.0, 12.5, 0.125])),
    st.builds(Truth, st.booleans()),
    st.builds(Answer, st.sampled_from("ab")),
    st.builds(Length, st.builds(Answer, st.sampled_from("ab"))),
)
_expressions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(And, inner, inner),
        st.builds(Or, inner, inner),
        st.builds(Not, inner),
        st.builds(Negative, inner),
        st.builds(Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "div", "mod"]), inner, inner),
    ),
    max_leaves=6,
)


@given(_expressions, st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_values_are_those_of_xpath(expression, a, b):
    root = etree.Element("d")
    for name, value in (("a", a), ("b", b)):
        etree.SubElement(root, name).text = value
    written = format_expression(expression)
    for name in "ab":
        written = written.replace(f"${{{name}}}", f"string(/d/{name})")
    expected = root.xpath(written)
    found = expression.comes_to(Answers({"a": a, "b": b}))
    if isinstance(expected, float) and math.isnan(expected):
        assert isinstance(found, float)
        assert math.isnan(found)
    else:
        assert found == expected
        assert isinstance(found, bool) == isinstance(expected, bool)
