"""A register's tables as frames with the types that the schema declares."""

from datetime import date

import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.register import TABLES
from samspill.register.frames import empty_tables, table_schema, tables_of


def test_every_table_is_there_with_its_columns_and_no_rows():
    tables = empty_tables()
    assert list(tables) == list(TABLES)
    for name, frame in tables.items():
        assert frame.is_empty()
        assert frame.columns == [column.name for column in TABLES[name].columns]


def test_rows_take_the_types_of_their_columns_and_what_is_not_named_is_null():
    row = {"identifier": "r1", "fields": ["integration"], "founded_on": date(1990, 5, 1)}
    frame = tables_of({"organisations": [row]})["organisations"]
    assert dict(frame.schema) == table_schema("organisations")
    assert frame["fields"].to_list() == [["integration"]]
    assert frame["members"].to_list() == [None]
    assert frame.schema["founded_on"] == pl.Date


@pytest.mark.parametrize("rows", [{"dogs": []}, {"organisations": [{"colour": "red"}]}])
def test_an_unknown_table_or_column_is_refused(rows):
    with pytest.raises(SamspillError) as caught:
        tables_of(rows)
    assert caught.value.next_step


def test_a_value_of_the_wrong_type_is_refused():
    with pytest.raises(TypeError):
        tables_of({"organisations": [{"identifier": "r1", "members": "many"}]})
