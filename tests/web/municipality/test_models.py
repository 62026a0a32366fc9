"""The database's tables are those that the register declares."""

from __future__ import annotations

import pytest

from samspill.register import LISTS, TABLES, Kind
from samspill.web.municipality.groups import GROUPS, LISTED
from samspill.web.municipality.models import MODELS


def test_there_is_a_model_for_every_table_in_the_same_order():
    assert list(MODELS) == list(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_model_has_the_columns_of_its_table(table):
    own = {field.name for field in MODELS[table.name]._meta.concrete_fields}
    assert {column.name for column in table.columns} == own - {"id", "municipality", "created_at"}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_references_are_keys_to_the_declared_table_and_lists_are_lists(table):
    for column in table.columns:
        field = MODELS[table.name]._meta.get_field(column.name)
        if column.kind is Kind.REFERENCE:
            assert field.related_model is MODELS[column.of]
            assert field.null != column.filled
        elif column.kind in LISTS:
            assert field.default is list


def test_every_table_stands_in_one_group_and_has_a_list_of_its_own_columns():
    grouped = [table for tables in GROUPS.values() for table in tables]
    assert sorted(grouped) == sorted(TABLES)
    for table, names in LISTED.items():
        assert {column.name for column in TABLES[table].columns} >= set(names)
