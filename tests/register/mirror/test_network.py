"""The network, its core, and what hangs on one contact."""

from datetime import date
from itertools import product

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register.mirror.register_examples import (
    ON,
    body,
    contact,
    organisation,
    register,
    relation,
    seat,
)

from samspill.errors import SamspillError
from samspill.register.mirror import (
    contact_dependence,
    core,
    hanging,
    measures,
    network,
    weakest_points,
    what_if_leaves,
)
from samspill.statistics.networks import core_periphery

MATRICES = st.integers(2, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 1), min_size=columns, max_size=columns), min_size=2, max_size=6
    )
)


def _fit(matrix, rows, columns):
    ideal = np.outer(rows, columns).ravel()
    if ideal.min() == ideal.max():
        return -1
    return np.corrcoef(np.ravel(matrix), ideal)[0, 1]


@settings(deadline=None)
@given(MATRICES)
def test_no_other_rows_and_no_other_columns_fit_better(matrix):
    found = core_periphery(matrix)
    flat = np.ravel(matrix)
    if flat.min() == flat.max():
        assert found is None
        return
    assert found.fit == pytest.approx(_fit(matrix, found.rows, found.columns))
    for rows in product((0, 1), repeat=len(matrix)):
        assert _fit(matrix, rows, found.columns) <= found.fit + 1e-9
    for columns in product((0, 1), repeat=len(matrix[0])):
        assert _fit(matrix, found.rows, columns) <= found.fit + 1e-9


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(1, 4), st.randoms(use_true_random=False))
def test_a_core_that_is_there_is_found(rows, columns, random):
    inside = random.sample(range(8), rows), random.sample(range(6), columns)
    matrix = np.zeros((8, 6))
    matrix[np.ix_(*inside)] = 1
    found = core_periphery(matrix)
    assert found.fit == pytest.approx(1)
    assert set(np.flatnonzero(found.rows)) == set(inside[0])
    assert set(np.flatnonzero(found.columns)) == set(inside[1])


def test_the_core_names_organisations_and_units():
    ties = [("o1", "u1"), ("o1", "u2"), ("o2", "u1"), ("o2", "u2"), ("o3", "u3"), ("o4", "u3")]
    rows = [relation(f"r{i}", o, u) for i, (o, u) in enumerate(ties)]
    members, fit = core(network(register(relations=rows), ON))
    assert members.filter("core")["identifier"].to_list() == ["o1", "o2", "u1", "u2"]
    assert 0 < fit < 1


def test_several_relations_of_a_pair_are_one_tie_and_those_without_are_named():
    tables = register(
        organisations=[organisation("o1"), organisation("o2")],
        municipal_units=[{"identifier": "u1", "name": "u"}, {"identifier": "u2", "name": "u"}],
        relations=[relation("r1", "o1"), relation("r2", "o1", field="integration")],
    )
    found = network(tables, ON)
    assert found.ties.rows() == [("o1", "u1", 2, ["r1", "r2"])]
    assert found.without_tie == {"organisation": ["o2"], "municipal_unit": ["u2"]}
    assert network(tables, ON, "integration").ties["identifiers"].to_list() == [["r2"]]


def test_an_empty_network_has_measures_without_value_and_nobody_in_the_core():
    found = network(register(), ON)
    frame = measures(found)
    assert frame.filter(pl.col("measure") == "density")["value"].item() is None
    assert (frame["note"] != "").all()
    assert core(found)[1] is None


def _hanging_register(*contacts, **more):
    row = relation("r1", "o1", "u1", organisation_contact="c1", municipal_contact="m1")
    return register(
        organisations=[organisation("o1")],
        municipal_units=[{"identifier": "u1", "name": "u"}],
        contacts=[
            contact("c1", "organisation", organisation="o1"),
            contact("m1", municipal_unit="u1"),
            *contacts,
        ],
        relations=[row | more],
    )


def _state(tables, side):
    rows = contact_dependence(tables, ON).filter(pl.col("side") == side)
    return rows.row(0, named=True)["state"]


@pytest.mark.parametrize(
    ("other", "state"),
    [
        (contact("m2", municipal_unit="u1"), "covered"),
        (contact("m2", municipal_unit="u1", fields=["culture_leisure"]), "covered"),
        (contact("m2", municipal_unit="u1", fields=["integration"]), "one_person"),
        (contact("m2", municipal_unit="u2"), "one_person"),
        (contact("m2", kind="function", municipal_unit="u1"), "covered"),
        (contact("m2", municipal_unit="u1", left_on=date(2025, 1, 1)), "one_person"),
    ],
)
def test_another_contact_of_the_unit_and_field_carries_the_relation_too(other, state):
    tables = _hanging_register(other)
    assert _state(tables, "municipality") == state
    assert _state(tables, "organisation") == "one_person"


def test_a_function_does_not_leave_and_nobody_is_not_one():
    function = contact("f1", kind="function")
    tables = register(contacts=[function], relations=[relation("r1", "o1", municipal_contact="f1")])
    assert _state(tables, "municipality") == "covered"
    assert _state(tables, "organisation") == "none"


def test_it_is_summed_up_as_k_of_n():
    tables = _hanging_register(contact("m2", municipal_unit="u1"))
    rows = {r["side"]: r for r in hanging(tables, ON).to_dicts()}
    assert (rows["municipality"]["one_person"], rows["municipality"]["n"]) == (0, 1)
    assert (rows["any"]["one_person"], rows["any"]["share"]) == (1, 1)
    assert rows["any"]["identifiers"] == ["r1"]
    assert hanging(register(), ON)["share"].to_list() == [None] * 3


def test_when_the_one_contact_leaves_the_organisation_loses_its_only_link():
    lost = what_if_leaves(_hanging_register(), ON, "contact", "m1")
    assert lost.relations == ("r1",)
    assert lost.organisations == ("o1",)
    assert lost.municipal_units == ("u1",)
    assert lost.fields == ("culture_leisure",)
    assert lost.components == (1, 0)


def test_a_contact_who_is_not_alone_is_not_missed():
    tables = _hanging_register(contact("m2", municipal_unit="u1"))
    assert what_if_leaves(tables, ON, "contact", "m1").relations == ()


def test_when_an_organisation_leaves_its_seats_are_empty_and_it_does_not_miss_itself():
    tables = register(
        organisations=[organisation("o1"), organisation("o2")],
        bodies=[body("b1")],
        seats=[seat("s1", "b1", "o1")],
        relations=[relation("r1", "o1", "u1"), relation("r2", "o1", "u2"),
                   relation("r3", "o2", "u2")],
    )  # fmt: skip
    lost = what_if_leaves(tables, ON, "organisation", "o1")
    assert (lost.relations, lost.seats) == (("r1", "r2"), ("s1",))
    assert (lost.organisations, lost.municipal_units) == ((), ("u1",))


@settings(deadline=None)
@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1))
def test_whatever_parts_the_network_is_among_the_weakest_points(pairs):
    graph = nx.Graph((f"o{o}", f"u{u}") for o, u in pairs)
    tables = register(
        organisations=[organisation(n) for n in graph if n[0] == "o"],
        municipal_units=[{"identifier": n, "name": n} for n in graph if n[0] == "u"],
        relations=[relation(f"r{i}", f"o{o}", f"u{u}") for i, (o, u) in enumerate(pairs)],
    )
    weak = set(weakest_points(tables, ON)["identifier"])
    parting = set(nx.articulation_points(graph))
    assert parting <= weak
    alone = {n for n in weak - parting if len(nx.node_connected_component(graph, n)) == 2}
    assert weak == parting | alone


def test_one_that_is_not_there_is_refused():
    with pytest.raises(SamspillError) as caught:
        what_if_leaves(register(), ON, "contact", "nobody")
    assert caught.value.next_step
