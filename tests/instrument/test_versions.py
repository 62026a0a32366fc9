"""What a new version keeps comparable."""

from __future__ import annotations

import re

import pytest
from instrument.instrument_examples import SMALL, small

from samspill.instrument import compare, parse_instrument


def changed(*replacements):
    text = SMALL
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_instrument(text)


def test_the_same_is_unchanged():
    found = compare(small(), small())
    assert {change.status for change in found.variables} == {"unchanged"}
    assert len(found.comparable) == len(found.variables) == 7


@pytest.mark.parametrize(
    ("old", "new", "variable", "changes", "languages", "comparable"),
    [
        ("How important?", "How vital?", "importance", ("wording",), ("en",), False),
        ("Oral counts too.", "Oral too.", "has_relation", ("hint",), ("en",), False),
        ('"A little"', '"Some"', "importance", ("category wording",), ("en",), False),
        ('value = "2"', 'value = "1"', "importance", ("categories",), (), False),
        ("required = true\n", "", "has_relation", ("required",), (), True),
        ("<= 500", "<= 900", "organisations", ("constraint",), (), True),
        ('label.en = "Channel"', 'label.en = "Way"', "channels", ("label",), ("en",), True),
        ('implied = "0"\n', "", "grants", ("implied value",), (), False),
        ("> 2", "> 3", "amount", ("relevance",), (), False),
        ('type = "number"', 'type = "count"', "amount", ("type",), (), False),
        ('type = "ordinal"', 'type = "nominal"', "importance", ("type",), (), False),
    ],
)
def test_each_change_is_named(old, new, variable, changes, languages, comparable):
    found = compare(small(), changed((old, new)))
    assert found[variable].changes == changes
    assert found[variable].languages == languages
    assert found[variable].comparable is comparable
    others = {change.status for change in found.variables if change.variable != variable}
    assert others == {"unchanged"}


def test_the_order_of_categories_is_a_change_of_its_own():
    found = compare(
        small(),
        changed(
            ('value = "3", label = { nb = "Mye", en = "Much" }', "A"),
            (
                'value = "2", label = { nb = "Litt", en = "A little" }',
                'value = "3", label = { nb = "Mye", en = "Much" }',
            ),
            ("{ A }", '{ value = "2", label = { nb = "Litt", en = "A little" } }'),
        ),
    )
    assert found["importance"].changes == ("category order",)
    assert not found["importance"].comparable


def test_new_gone_and_moved():
    found = compare(
        small(),
        changed(
            ('variable = "grants"', 'variable = "support"'),
            ("${grants}", "${support}"),
        ),
    )
    assert found["support"].status == "new"
    assert found["grants"].status == "gone"
    assert not found["support"].comparable
    assert found["amount"].changes == ("relevance",)
    order = [change.variable for change in found.variables]
    assert order[-1] == "grants"
    head, tail = SMALL.split('[[page.question]]\nvariable = "importance"')
    front, rest = head.split('[[page.question]]\nvariable = "reminder"')
    moved = f'{front}[[page.question]]\nvariable = "importance"{tail}\n'
    moved += f'[[page.question]]\nvariable = "reminder"{rest}'
    again = compare(small(), parse_instrument(moved))
    assert again["importance"].changes == ("place",)
    assert again["importance"].comparable
    assert [c.variable for c in again.variables if c.changes] == ["importance"]


def test_a_new_language_changes_no_variable():
    one = re.sub(r'(?m)^\w+\.en = .*\n|, en = "[^"]*"', "", SMALL)
    before = parse_instrument(one.replace('["nb", "en"]', '["nb"]'))
    assert before.languages == ("nb",)
    for old, new in ((before, small()), (small(), before)):
        assert {change.status for change in compare(old, new).variables} == {"unchanged"}
