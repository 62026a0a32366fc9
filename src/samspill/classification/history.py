"""Codes in their time, and how they follow each other."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from samspill.classification.changes import ChangeTable, CodeChange
from samspill.classification.groups import Comparability, Group, comparable_groups
from samspill.errors import Message, SamspillError


@dataclass(frozen=True, slots=True)
class CodePeriod:
    """A code with its name and time: from that day, up to but not including the last.

    ``valid_from`` is None where it began before the table does, ``valid_to`` None where it holds.
    """

    code: str
    name: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None

    def holds_on(self, date: datetime.date) -> bool:
        return (self.valid_from is None or self.valid_from <= date) and (
            self.valid_to is None or date < self.valid_to
        )


class EventKind(StrEnum):
    """What happened to codes that changed together on one day.

    RENAMED and RECODED leave the ground as it was; REGROUPED is every change of several into
    several, as when a border moves.
    """

    RENAMED = "renamed"
    RECODED = "recoded"
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    CEASED = "ceased"
    BEGAN = "began"


_KINDS = {
    Comparability.MERGED: EventKind.MERGED,
    Comparability.SPLIT: EventKind.SPLIT,
    Comparability.REGROUPED: EventKind.REGROUPED,
    Comparability.CEASED: EventKind.CEASED,
    Comparability.BEGAN: EventKind.BEGAN,
}


@dataclass(frozen=True, slots=True)
class Event:
    """Codes that changed together on a day; ``links`` are pairs of old and new code."""

    occurred_on: datetime.date
    kind: EventKind
    old: tuple[CodePeriod, ...]
    new: tuple[CodePeriod, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """All periods of all codes, and ``links`` between them as pairs of positions in ``periods``."""

    periods: tuple[CodePeriod, ...]
    links: tuple[tuple[int, int], ...]

    def valid_on(self, date: datetime.date) -> tuple[CodePeriod, ...]:
        """The codes that hold on a date, by code."""
        held = (period for period in self.periods if period.holds_on(date))
        return tuple(sorted(held, key=lambda period: period.code))

    def successors(
        self, code: str, start: datetime.date, end: datetime.date
    ) -> tuple[CodePeriod, ...]:
        """What the code of ``start`` has become, in whole or in part, by ``end``.

        Raises SamspillError where the code did not hold on ``start``.
        """
        return self._follow(code, start, end, forward=True)

    def predecessors(
        self, code: str, end: datetime.date, start: datetime.date
    ) -> tuple[CodePeriod, ...]:
        """What the code of ``end`` was made from, in whole or in part, on ``start``.

        Raises SamspillError where the code did not hold on ``end``.
        """
        return self._follow(code, end, start, forward=False)

    def compare(self, start: datetime.date, end: datetime.date) -> list[Group[CodePeriod]]:
        """The codes of two dates in the smallest groups that cover the same ground on both.

        Raises SamspillError where ``end`` comes before ``start``.
        """
        if end < start:
            raise SamspillError(
                Message("{end} comes before {start}.", end=end, start=start),
                "Give the earlier of the two dates first.",
            )
        links = (
            (self.periods[a], self.periods[b])
            for a, b in self.links
            if start < (self.periods[b].valid_from or start) <= end
        )
        return comparable_groups(self.valid_on(start), self.valid_on(end), links)

    def _follow(
        self, code: str, here: datetime.date, there: datetime.date, *, forward: bool
    ) -> tuple[CodePeriod, ...]:
        beyond: dict[int, list[int]] = defaultdict(list)
        for old, new in self.links:
            beyond[old if forward else new].append(new if forward else old)
        frontier = [
            n
            for n, period in enumerate(self.periods)
            if period.code == code and period.holds_on(here)
        ]
        if not frontier:
            raise SamspillError(
                Message("The code '{code}' did not hold on {here}.", code=code, here=here),
                "Check the code and the date.",
            )
        reached: set[int] = set()
        found: list[CodePeriod] = []
        while frontier:
            position = frontier.pop()
            if position in reached:
                continue
            reached.add(position)
            if self.periods[position].holds_on(there):
                found.append(self.periods[position])
            else:
                frontier.extend(beyond[position])
        return tuple(sorted(found, key=lambda period: period.code))


def trace(table: ChangeTable, in_use: Iterable[tuple[str, str]] = ()) -> History:
    """Follow every code through a table of changes.

    ``in_use`` are codes and names known to hold before the first change of the table. With them a
    code that others were merged into is known to have held already, even where the table leaves
    its own row out; codes that never change are known only from here.

    Raises SamspillError where a code changes after it has ceased.
    """
    building = _Building(dict(in_use))
    for day, changes in groupby(table, key=lambda change: change.occurred_on):
        building.step(day, list(changes))
    return History(tuple(building.periods), tuple(building.links))


def events(history: History) -> list[Event]:
    """What happened, in order of day: the codes that changed together, and how."""
    linked: dict[datetime.date, list[tuple[int, int]]] = defaultdict(list)
    for pair in history.links:
        linked[_day(history.periods[pair[1]])].append(pair)
    ending: dict[datetime.date, list[int]] = defaultdict(list)
    beginning: dict[datetime.date, list[int]] = defaultdict(list)
    for position, period in enumerate(history.periods):
        if period.valid_to is not None:
            ending[period.valid_to].append(position)
        if period.valid_from is not None:
            beginning[period.valid_from].append(position)
    return [
        _event(history, day, group, linked[day])
        for day in sorted({*ending, *beginning})
        for group in comparable_groups(ending[day], beginning[day], linked[day])
    ]


def _event(
    history: History, day: datetime.date, group: Group[int], linked: list[tuple[int, int]]
) -> Event:
    old = tuple(history.periods[position] for position in group.before)
    new = tuple(history.periods[position] for position in group.after)
    pairs = tuple(
        (history.periods[a].code, history.periods[b].code) for a, b in linked if a in group.before
    )
    return Event(day, _kind(group, old, new), old, new, pairs)


def _day(period: CodePeriod) -> datetime.date:
    if period.valid_from is None:
        raise LookupError("A successor has a first day.")
    return period.valid_from


def _kind(group: Group[int], old: tuple[CodePeriod, ...], new: tuple[CodePeriod, ...]) -> EventKind:
    if group.comparability is Comparability.SAME:
        return EventKind.RENAMED if old[0].code == new[0].code else EventKind.RECODED
    return _KINDS[group.comparability]


class _Building:
    """The history as far as the table has been read."""

    def __init__(self, in_use: dict[str, str]) -> None:
        self.periods: list[CodePeriod] = []
        self.links: list[tuple[int, int]] = []
        self.held: dict[str, int] = {}
        self.ceased: dict[str, datetime.date] = {}
        for code, name in in_use.items():
            self._begin(code, name, None)

    def step(self, day: datetime.date, changes: list[CodeChange]) -> None:
        replaced = {change.old_code for change in changes if change.old_code}
        silent = {
            change.new_code
            for change in changes
            if change.new_code in self.held and change.new_code not in replaced
        }
        old = {c.old_code: self._known(c) for c in changes if c.old_code}
        old |= {code: self.held[code] for code in silent}
        for code, position in old.items():
            self.periods[position] = replace(self.periods[position], valid_to=day)
            self.ceased[code] = day
            del self.held[code]
        new = {c.new_code: c.new_name for c in changes if c.new_code}
        for code, name in new.items():
            self._begin(code, name, day)
        pairs = {(c.old_code, c.new_code) for c in changes if c.old_code and c.new_code}
        pairs |= {(code, code) for code in silent}
        self.links += sorted((old[a], self.held[b]) for a, b in pairs)

    def _begin(self, code: str, name: str, day: datetime.date | None) -> None:
        self.held[code] = len(self.periods)
        self.periods.append(CodePeriod(code, name, day, None))

    def _known(self, change: CodeChange) -> int:
        code = change.old_code
        if code not in self.held:
            if code in self.ceased:
                raise SamspillError(
                    Message(
                        "The code '{code}' changes on {occurred_on}, but ceased on {ceased_on}.",
                        code=code,
                        occurred_on=change.occurred_on,
                        ceased_on=self.ceased[code],
                    ),
                    "Use the whole table of changes for the time between, as KLASS gives it.",
                )
            self._begin(code, change.old_name, None)
        return self.held[code]
