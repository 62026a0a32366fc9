"""What is seldom right in a register is pointed at, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from register.registers import example

from samspill.register import check_register, warn_of


def changed(table: str, row: int, **values: Any):
    rows = [dict(found) for found in example().rows(table)]
    rows[row].update(values)
    return example(**{table: rows})


def test_nothing_is_pointed_at_in_the_example():
    assert warn_of(example()) == []


@pytest.mark.parametrize(
    ("table", "row", "values", "place"),
    [
        ("bodies", 0, {"closed_on": date(2025, 1, 1)}, ("seats.csv", 1, "valid_to")),
        ("organisations", 0, {"status": "dissolved"}, ("relations.csv", 1, "valid_to")),
        (
            "contacts",
            0,
            {"left_on": date(2025, 1, 1)},
            ("relations.csv", 1, "organisation_contact"),
        ),
        ("contacts", 0, {"public": "name"}, ("contacts.csv", 1, "public")),
        ("contacts", 0, {"name": "Kari C1234", "identifier": "c1"}, None),
        ("grants", 1, {"amount": 1000}, ("grants.csv", 2, "amount")),
    ],
)
def test_what_is_seldom_right_is_pointed_at_and_not_refused(table, row, values, place):
    register = changed(table, row, **values)
    assert check_register(register) == []
    found = [(problem.file, problem.row, problem.column) for problem in warn_of(register)]
    assert found == ([place] if place else [])


def test_a_persons_identifier_that_tells_the_name_is_pointed_at():
    contacts = [*example().rows("contacts")]
    contacts.append(
        {"identifier": "ola-nordmann", "name": "Ola Nordmann", "kind": "person",
         "side": "municipality"}
    )  # fmt: skip
    found = warn_of(example(contacts=contacts))
    assert [(problem.row, problem.column) for problem in found] == [(3, "identifier")]
