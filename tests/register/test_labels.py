"""Everything in a register has a name in every language."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from samspill.language import languages
from samspill.register import TABLES, labels

EVERY_CHOICE = sorted({x for t in TABLES.values() for c in t.columns for x in c.choices})


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_table_and_its_columns_have_labels_that_tell_them_apart(table, language):
    assert labels.table_label(table.name, language).strip()
    assert labels.table_description(table.name, language).endswith(".")
    told = [labels.column_label(table.name, c.name, language).strip() for c in table.columns]
    assert all(told)
    lowered = [label.casefold() for label in told]
    assert len(set(lowered)) == len(lowered)


@pytest.mark.parametrize("language", languages())
def test_tables_have_labels_that_fit_a_sheet_of_a_workbook(language):
    told = [labels.table_label(name, language) for name in TABLES]
    assert len(set(told)) == len(told)
    assert all(len(label) <= 31 and not set(label) & set("[]:*?/\\") for label in told)


@pytest.mark.parametrize("language", languages())
def test_choices_of_a_column_have_labels_that_tell_them_apart(language):
    for table in TABLES.values():
        for column in table.columns:
            told = {labels.choice_label(choice, language) for choice in column.choices}
            assert len(told) == len(column.choices)


def test_nothing_is_labelled_that_is_not_there():
    held = tomllib.loads(files("samspill.register").joinpath("labels.toml").read_text("utf-8"))
    columns = {c.name for t in TABLES.values() for c in t.columns}
    assert set(held["table"]) == set(held["table_description"]) == set(TABLES)
    assert set(held["column"]) == columns
    assert set(held["choice"]) == set(EVERY_CHOICE)
    for table, own in held["column_in"].items():
        assert set(own) <= {column.name for column in TABLES[table].columns}
