"""Units followed from wave to wave: who is the same, who is not, and by which rule."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.change import Frame, Succession, link_waves, open_waves
from samspill.classification import ChangeTable, CodeChange, read_changes
from samspill.errors import SamspillError

DAY = datetime.date
NORWAY = Path(__file__).parents[4] / "shared" / "norway" / "klass_131_edges.csv"


def _frame(name: str, year: int, codes) -> Frame:
    return Frame(name, DAY(year, 1, 1), {code: code for code in codes})


def _changes(*pairs, year: int = 2020) -> ChangeTable:
    return ChangeTable.of(CodeChange(DAY(year, 1, 1), a, a, b, b) for a, b in pairs)


def test_a_merger_is_named_and_the_rest_are_the_same():
    found = link_waves(
        [_frame("18", 2018, "ABC"), _frame("22", 2022, "XC")],
        changes=_changes(("A", "X"), ("B", "X")),
    )
    assert found.counts == {"same": 1, "merged": 1}
    assert found.frame.rows() == [
        ("A + B", "X", "merged", "no", ""),
        ("C", "C", "same", "one to one", ""),
    ]
    assert "not compared" in found.consequence


def test_a_code_that_is_merely_new_is_the_same_unit():
    found = link_waves(
        [_frame("18", 2018, "AB"), _frame("22", 2022, "NB")], changes=_changes(("A", "N"))
    )
    assert found.counts == {"same": 2}
    assert found.consequence == ""


def test_ground_from_outside_the_frame_is_not_compared():
    found = link_waves(
        [_frame("18", 2018, "AC"), _frame("22", 2022, "XC")],
        changes=_changes(("A", "X"), ("B", "X")),
    )
    assert found.counts == {"same": 1, "outside": 1}
    assert found.frame["outside"].to_list() == ["B", ""]


def test_without_a_table_units_come_and_go():
    found = link_waves([_frame("18", 2018, "AB"), _frame("22", 2022, "BC")])
    assert found.counts == {"same": 1, "ceased": 1, "began": 1}


def test_a_chain_of_successions_is_followed_between_its_waves_alone():
    frames = [_frame("18", 2018, "AB"), _frame("22", 2022, "AB"), _frame("26", 2026, "Y")]
    day = DAY(2023, 1, 1)
    found = link_waves(
        frames,
        successions=[
            Succession("A", "X", day),
            Succession("B", "X", day),
            Succession("X", "Y", DAY(2025, 1, 1)),
        ],
    )
    assert found.counts == {"merged": 1}
    (only,) = found.followed
    assert only.units == (("A", "B"), ("A", "B"), ("Y",))
    assert set(only.chains) == {("A", "A", None), ("B", "B", None), (None, None, "Y")}


def test_a_succession_from_outside_is_told_of():
    found = link_waves(
        [_frame("18", 2018, "A"), _frame("22", 2022, "A")],
        successions=[Succession(None, "A", DAY(2020, 1, 1), "9999 Utland")],
    )
    assert found.counts == {"outside": 1}
    assert found.frame["outside"][0] == "9999 Utland"


@given(st.sets(st.integers(1000, 9999).map(str), min_size=1, max_size=30))
def test_relabelling_every_code_changes_nothing(codes):
    names = dict.fromkeys(codes)
    before = Frame("a", DAY(2018, 1, 1), {f"unit {code}": code for code in names})
    after = Frame("b", DAY(2022, 1, 1), {f"unit {code}": f"N{code}" for code in names})
    table = _changes(*[(code, f"N{code}") for code in names])
    found = link_waves([before, after], changes=table)
    assert found.counts == {"same": len(names)}
    assert all(each.units[0] == each.units[1] for each in found.followed)


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        ([_frame("a", 2018, "A")], "needs two waves"),
        ([_frame("b", 2022, "A"), _frame("a", 2018, "A")], "comes before"),
        (
            [Frame("a", DAY(2018, 1, 1), {"x": "A", "y": "A"}), _frame("b", 2022, "A")],
            "have the code 'A'",
        ),
    ],
)
def test_what_cannot_be_linked_is_named(frames, said):
    with pytest.raises(SamspillError, match=said):
        link_waves(frames)


def test_the_norwegian_reform_of_2020(norwegian_changes):
    """Statistics Norway's table: Sandnes and Forsand became Sandnes; Tysfjord was split."""
    before = Frame("2018", DAY(2019, 1, 1), {c: c for c in ("1102", "1129", "1103", "0301")})
    after = Frame("2022", DAY(2020, 1, 1), {c: c for c in ("1108", "1103", "0301")})
    found = link_waves([before, after], changes=norwegian_changes)
    by_later = {each.units[1]: each for each in found.followed}
    assert by_later["1108",].kind == "merged"
    assert by_later["1108",].units[0] == ("1102", "1129")
    assert by_later["0301",].kind == "same"


@pytest.fixture
def norwegian_changes():
    if not NORWAY.is_file():
        pytest.skip("Statistics Norway's table is not here")
    import csv

    nodes = {
        row["node"]: row
        for row in csv.DictReader(
            (NORWAY.parent / "klass_131_nodes.csv").read_text("utf-8").splitlines()
        )
    }
    edges = list(csv.DictReader(NORWAY.read_text("utf-8").splitlines()))
    lines = ["oldCode;oldName;newCode;newName;changeOccurred"]
    lines += [
        ";".join(
            [
                nodes[e["from"]]["code"],
                nodes[e["from"]]["name"],
                nodes[e["to"]]["code"],
                nodes[e["to"]]["name"],
                e["changeOccurred"],
            ]
        )
        for e in edges
        if e["changeOccurred"] >= "2018"
    ]
    return read_changes("\n".join(lines).encode())


def test_names_of_waves_of_one_year_differ(wave_of):
    units = {"a": (1, 0), "b": (0, 0)}
    waves = open_waves([wave_of(2022, units), wave_of(2022, units)])
    assert waves.names == ("2022 (1)", "2022 (2)")
