"""The declared tables of a register hang together."""

from __future__ import annotations

import pytest

from samspill import vocabulary
from samspill.register import TABLES, Kind

SCHEMES_ELSEWHERE = {"icnpo"}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_reference_names_a_table_that_stands_before_or_is_this(table):
    order = list(TABLES)
    for column in table.references():
        assert order.index(column.of) <= order.index(table.name)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_what_identifies_a_person_is_never_public_by_itself(table):
    assert not [c.name for c in table.columns if c.personal and c.public]


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_concepts_are_of_a_scheme_of_the_vocabulary(table):
    schemes = set(vocabulary.load().schemes) | SCHEMES_ELSEWHERE
    for column in table.columns:
        if column.kind in {Kind.CONCEPT, Kind.CONCEPTS}:
            assert column.of in schemes


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_columns_have_each_a_name_and_choices_where_they_are_chosen(table):
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    for column in table.columns:
        assert bool(column.choices) == (column.kind in {Kind.CHOICE, Kind.CHOICES})


@pytest.mark.parametrize("name", ["capacities", "enquiries", "matches", "offers", "referrals"])
def test_nothing_is_public_in_a_table_that_is_for_the_municipality_alone(name):
    assert not [column.name for column in TABLES[name].columns if column.public]
