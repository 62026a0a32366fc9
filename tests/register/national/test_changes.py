"""What would change is told before it is changed; what a person has written stays."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from samspill.register.national import (
    COLUMNS,
    SUGGESTED,
    National,
    VoluntaryOrganisation,
    apply,
    changes,
    held_by_provenance,
)
from samspill.register.national.entities import entity as entity_of
from samspill.register.national.rows import row

from .entities import NUMBERS, entity


def arriving_row(n: int, **overrides):
    found = entity_of(entity(n, **overrides))
    assert found is not None
    return row(found, VoluntaryOrganisation(NUMBERS[n], ("1200",)))


def national(*rows, complete=True, **more):
    return National(tuple(rows), complete=complete, **more)


def test_a_first_run_is_all_new_and_a_second_changes_nothing():
    arriving = national(*(arriving_row(n) for n in range(5)))
    first = changes([], arriving, {})
    assert [r["number"] for r in first.new] == NUMBERS[:5]
    again = changes(apply([], first), arriving, {})
    assert again.nothing
    assert again.untouched == 5


def test_a_changed_cell_is_told_of_with_column_old_and_new():
    present = [arriving_row(0), arriving_row(1)]
    found = changes(present, national(arriving_row(0, navn="NYTT NAVN"), arriving_row(1)), {})
    (change,) = found.changed
    assert (change.identifier, change.column) == (NUMBERS[0], "name")
    assert (change.old, change.new) == ("OPPDIKTET LAG 0", "NYTT NAVN")
    assert found.untouched == 1
    assert apply(present, found)[0]["name"] == "NYTT NAVN"


def test_a_column_held_by_hand_is_told_of_and_stays():
    present = [arriving_row(0) | {"web": "https://rett.example", "postcode": "0001"}]
    arriving = national(arriving_row(0))
    found = changes(present, arriving, {NUMBERS[0]: {"web"}})
    assert [c.column for c in found.held] == ["web"]
    assert [c.column for c in found.changed] == ["postcode"]
    after = apply(present, found)
    assert after[0]["web"] == "https://rett.example"
    assert changes(after, arriving, {NUMBERS[0]: {"web"}}).nothing


def test_what_was_written_here_is_held_and_its_empty_cells_are_filled():
    present = [
        {
            "identifier": "laget",
            "name": "Laget vårt",
            "number": NUMBERS[0],
            "postcode": "",
            "provenance": "municipality",
        }
    ]
    found = changes(present, national(arriving_row(0)), held_by_provenance(present))
    assert "name" in {c.column for c in found.held}
    after = apply(present, found)
    assert len(after) == 1
    assert (after[0]["identifier"], after[0]["name"]) == ("laget", "Laget vårt")
    assert after[0]["postcode"] == "5003"
    assert after[0]["provenance"] == "municipality"


def test_what_is_only_suggested_is_never_changed_in_a_row_that_is_there():
    present = [arriving_row(0) | {"fields": "integration", "kind": "umbrella"}]
    assert changes(present, national(arriving_row(0)), {}).nothing


def test_one_that_stands_in_no_register_any_more_is_gone_once_and_never_taken_away():
    present = [arriving_row(0), arriving_row(1)]
    arriving = national(arriving_row(0))
    found = changes(present, arriving, {})
    assert [g.number for g in found.gone] == [NUMBERS[1]]
    after = apply(present, found)
    assert [r["status"] for r in after] == ["active", "dissolved"]
    assert changes(after, arriving, {}).nothing


def test_one_whose_status_is_held_by_hand_is_told_of_and_stays():
    found = changes([arriving_row(0)], national(), {NUMBERS[0]: {"status"}})
    assert found.nothing
    assert [(c.column, c.new) for c in found.held] == [("status", "dissolved")]


def test_one_that_could_not_be_read_or_was_not_looked_for_is_not_gone():
    present = [arriving_row(0)]
    unread = frozenset({NUMBERS[0]})
    assert changes(present, national(unread=unread), {}).nothing
    assert changes(present, national(complete=False), {}).nothing


def test_one_of_the_municipality_s_own_is_not_gone():
    own = [arriving_row(0) | {"provenance": "municipality"}, {"identifier": "a", "name": "A"}]
    assert changes(own, national(), {}).gone == ()


def test_a_number_with_spaces_or_as_identifier_is_the_same_organisation():
    spaced = f"{NUMBERS[0][:3]} {NUMBERS[0][3:6]} {NUMBERS[0][6:]}"
    present = [
        arriving_row(0) | {"identifier": "a", "number": spaced},
        arriving_row(1) | {"number": ""},
    ]
    arriving = national(arriving_row(0), arriving_row(1))
    found = changes(present, arriving, {})
    assert found.new == ()
    assert {(c.column, c.new) for c in found.changed} == {
        ("number", NUMBERS[0]),
        ("number", NUMBERS[1]),
    }
    assert changes(apply(present, found), arriving, {}).nothing


def test_one_that_left_the_voluntary_register_is_told_of():
    left = arriving_row(0) | {"in_voluntary_register": "false"}
    found = changes([arriving_row(0)], national(left), {})
    assert [c.identifier for c in found.left_voluntary_register] == [NUMBERS[0]]


def test_a_deleted_entity_closes_the_row_and_is_no_new_one():
    deleted = arriving_row(0, slettedato="2024-02-03")
    assert changes([], national(deleted), {}).nothing
    found = changes([arriving_row(0)], national(deleted), {})
    assert {c.column: c.new for c in found.changed} == {
        "status": "dissolved",
        "dissolved_on": "2024-02-03",
    }


def test_categories_stay_where_the_voluntary_register_was_not_read():
    found = entity_of(entity(0))
    assert found is not None
    assert changes([arriving_row(0)], national(row(found, None)), {}).nothing


cells = st.fixed_dictionaries(
    {column: st.sampled_from(["", "a", "b"]) for column in COLUMNS if column not in {"number"}}
)


@given(
    present=st.dictionaries(st.sampled_from(NUMBERS[:6]), cells, max_size=6),
    arriving=st.dictionaries(st.sampled_from(NUMBERS[:6]), cells, max_size=6),
    held=st.sets(st.sampled_from(COLUMNS)),
    complete=st.booleans(),
)
def test_applied_once_there_is_nothing_left_and_nothing_held_has_changed(
    present, arriving, held, complete
):
    rows = [
        {"identifier": n, "number": n, "provenance": "national_register"} | made
        for n, made in present.items()
    ]
    others = [{"identifier": n, "number": n} | made for n, made in arriving.items()]
    source = replace(national(*others), complete=complete)
    mine = dict.fromkeys(NUMBERS, held)
    found = changes(rows, source, mine)
    after = apply(rows, found)
    assert changes(after, source, mine).nothing
    for before, now in zip(rows, after, strict=False):
        kept = held | set(SUGGESTED)
        assert {c: before[c] for c in kept} == {c: now[c] for c in kept}


def test_a_choice_of_capitals_is_no_change():
    present = [arriving_row(0) | {"name": "Oppdiktet lag 0", "place": "Bergen"}]
    arriving = national(arriving_row(0) | {"place": "BERGEN"})
    found = changes(present, arriving, {})
    assert found.nothing
    assert found.untouched == 1
    renamed = changes(present, national(arriving_row(0, navn="OPPDIKTET LAG 9")), {})
    assert [c.new for c in renamed.changed if c.column == "name"] == ["OPPDIKTET LAG 9"]
