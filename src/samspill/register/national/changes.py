"""What the national registers would change in a register's organisations, before it is changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from samspill.register.national.reading import National
from samspill.register.national.rows import COLUMNS, PROVENANCE, SUGGESTED, Row
from samspill.register.numbers import is_organisation_number

_FOLLOWED = tuple(column for column in COLUMNS if column not in SUGGESTED)
_WRITTEN_IN_CAPITALS = frozenset({"name", "address", "place"})


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs; ``identifier`` and ``name`` are those that the register has now."""

    identifier: str
    name: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An organisation that was taken from the national registers and stands in none any more."""

    identifier: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Changes:
    """New rows, changed cells, cells that differ but are held by hand, and what is gone.

    ``untouched`` counts organisations with a number that are as the national registers have them,
    cells held by hand aside.
    """

    new: tuple[dict[str, str], ...]
    changed: tuple[Change, ...]
    held: tuple[Change, ...]
    gone: tuple[Gone, ...]
    untouched: int

    @property
    def nothing(self) -> bool:
        """Whether applying them would leave the register as it is."""
        return not (self.new or self.changed or self.gone)

    @property
    def left_voluntary_register(self) -> tuple[Change, ...]:
        """Of the changed: those that no longer stand in Frivillighetsregisteret."""
        return tuple(
            c
            for c in self.changed
            if c.column == "in_voluntary_register" and (c.old, c.new) == ("true", "false")
        )


def held_by_provenance(present: Iterable[Row]) -> dict[str, frozenset[str]]:
    """Columns held by hand where nothing else is known of who wrote what.

    In a row that did not come from the national registers, every cell that someone has filled.
    """
    return {
        row["identifier"]: frozenset(column for column in _FOLLOWED if row.get(column))
        for row in present
        if row.get("provenance") != PROVENANCE
    }


def changes(
    present: Iterable[Row], arriving: National, held: Mapping[str, Collection[str]]
) -> Changes:
    """Compare a register's organisations with what the national registers say.

    Rows are matched by ``number_of``. ``held`` names, by identifier, the columns that a
    person has corrected: they are told of in ``Changes.held`` and never changed. ``kind`` and
    ``fields`` are only suggested for new rows. A cell that the registers do not speak of stays, and
    so does one that differs in capitals alone: the registers write names and places in capitals.

    An organisation is gone where it came from the national registers, has not been closed here, and
    ``arriving`` is complete without it.
    """
    rows = list(present)
    by_number = {row["number"]: row for row in arriving.rows}
    known = {number_of(row) for row in rows}
    changed: list[Change] = []
    kept: list[Change] = []
    gone: list[Gone] = []
    untouched = 0
    for row in rows:
        number = number_of(row)
        mine = held.get(row["identifier"], ())
        new = by_number.get(number)
        if new is None:
            if _is_gone(row, arriving) and "status" in mine:
                kept.append(_closed(row))
            elif _is_gone(row, arriving):
                gone.append(Gone(row["identifier"], row["name"], number))
            continue
        differing = _differing(row, new)
        changed += (change := [c for c in differing if c.column not in mine])
        kept += (c for c in differing if c.column in mine)
        untouched += not change
    fresh = tuple(row for row in arriving.rows if row["number"] not in known and _is_living(row))
    return Changes(fresh, tuple(changed), tuple(kept), tuple(gone), untouched)


def apply(present: Iterable[Row], found: Changes) -> list[dict[str, str]]:
    """The organisations after the changes; none is ever taken away.

    What is gone is marked as dissolved, on a day that the registers do not tell.
    """
    cells: dict[str, dict[str, str]] = {}
    for change in found.changed:
        cells.setdefault(change.identifier, {})[change.column] = change.new
    for gone in found.gone:
        cells.setdefault(gone.identifier, {})["status"] = "dissolved"
    kept = [{**row, **cells.get(row["identifier"], {})} for row in present]
    return [*kept, *(dict(row) for row in found.new)]


def number_of(row: Row) -> str:
    """What a row is matched by: its organisation number, or its identifier where that is one."""
    number = "".join(row.get("number", "").split()) or row["identifier"]
    return number if is_organisation_number(number) else ""


def _differing(row: Row, new: Row) -> list[Change]:
    return [
        Change(row["identifier"], row["name"], column, row.get(column, ""), new[column])
        for column in _FOLLOWED
        if column in new and not _is_same(column, row.get(column, ""), new[column])
    ]


def _is_same(column: str, old: str, new: str) -> bool:
    if column in _WRITTEN_IN_CAPITALS:
        return old.casefold() == new.casefold()
    return old == new


def _closed(row: Row) -> Change:
    return Change(row["identifier"], row["name"], "status", row.get("status", ""), "dissolved")


def _is_gone(row: Row, arriving: National) -> bool:
    return (
        arriving.complete
        and row.get("provenance") == PROVENANCE
        and row.get("status") != "dissolved"
        and bool(number_of(row))
        and number_of(row) not in arriving.unread
    )


def _is_living(row: Row) -> bool:
    return row["status"] != "dissolved"
