"""Networks against published values and another program."""

from __future__ import annotations

import networkx as nx
import pytest
from networkx.algorithms import bipartite
from register.mirror.register_examples import ON, register, relation

from samspill.register.mirror import measures, network, projection, projection_measures
from samspill.statistics.networks import degree_centralisation


def _davis():
    """Davis, Gardner & Gardner 1941: 18 women at 14 events, as relations of a register."""
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    rows = [
        relation(f"r{i}", woman, event)
        for i, (woman, event) in enumerate((w, e) for w in women for e in graph[w])
    ]
    return graph, network(register(relations=rows), ON)


def _value(frame, measure):
    return frame.filter(frame["measure"] == measure)["value"].item()


def test_freemans_star_and_circle() -> None:
    # Freeman 1979, Social Networks 1:215–239: a star of any size is 1, a circle 0
    for n in (3, 5, 12):
        assert degree_centralisation([n - 1] + [1] * (n - 1)) == 1
        assert degree_centralisation([2] * n) == 0
    assert degree_centralisation([1, 1]) is None


def test_florentine_families_by_marriage() -> None:
    # Wasserman & Faust 1994, Social Network Analysis, section 5.2: 0.267 for the 16 families, of
    # whom one (Pucci) has no tie
    degrees = [d for _, d in nx.florentine_families_graph().degree()] + [0]
    assert degree_centralisation(degrees) == pytest.approx(0.267, abs=5e-4)


def test_zacharys_karate_club() -> None:
    # Zachary 1977: 34 members, 78 ties, the largest degree 17; by Freeman's formula on those
    degrees = [d for _, d in nx.karate_club_graph().degree()]
    assert (len(degrees), sum(degrees), max(degrees)) == (34, 156, 17)
    assert degree_centralisation(degrees) == pytest.approx((34 * 17 - 156) / (33 * 32))


def test_southern_women_two_mode_density() -> None:
    # Borgatti & Everett 1997, Social Networks 19:243–269: 89 of 18 × 14 ties, 0.353
    _, found = _davis()
    assert found.ties.height == 89
    assert _value(measures(found), "density") == pytest.approx(0.353, abs=5e-4)


def test_southern_women_degrees_and_projection_as_networkx_has_them() -> None:
    graph, found = _davis()
    expected = bipartite.degree_centrality(graph, graph.graph["top"])
    for row in found.degrees("organisation").to_dicts():
        assert row["degree"] / 14 == pytest.approx(expected[row["identifier"]])
    women = bipartite.weighted_projected_graph(graph, graph.graph["top"])
    shared = {frozenset(r[:2]): r[2] for r in projection(found, "organisation").iter_rows()}
    assert shared == {frozenset((a, b)): w for a, b, w in women.edges(data="weight")}
    one_mode = projection_measures(found, "organisation")
    assert _value(one_mode, "density") == pytest.approx(nx.density(women))


def test_southern_women_are_one_component() -> None:
    graph, found = _davis()
    assert _value(measures(found), "components") == nx.number_connected_components(graph) == 1
    assert _value(measures(found), "largest_component") == 1
    spread = sum(8 - degree for _, degree in graph.degree(graph.graph["top"]))
    centralisation = _value(measures(found), "centralisation_organisation")
    assert centralisation == pytest.approx(spread / (17 * 13))
