"""Meetings and deadlines as an iCalendar stream (RFC 5545), to be followed from any calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar

from samspill.language import translator
from samspill.register.interchange.audience import for_audience
from samspill.register.interchange.identifiers import unique
from samspill.register.labels import column_label, table_label
from samspill.register.model import Register, Row
from samspill.register.values import Value

OSLO = ZoneInfo("Europe/Oslo")
DAYS = (
    ("schemes", "deadline", "name"),
    ("processes", "deadline", "title"),
    ("measures", "deadline", "title"),
    ("agreements", "review_on", "title"),
    ("gatherings", "held_on", "title"),
)
"""Tables whose rows have a day: the column of the day, and that of what it is about."""

KINDS = ("meetings", *(table for table, _, _ in DAYS))


def calendar(
    register: Register,
    language: str,
    *,
    stamp: datetime,
    kinds: Collection[str] = KINDS,
    internal: bool = False,
) -> bytes:
    """The days of a register as ``text/calendar``.

    ``kinds`` are the tables that are taken in, ``stamp`` (with a time zone) when it is written. An
    event has the same UID every time. Only what anyone may see, unless ``internal``; reviews of
    agreements are not shown to anyone.
    """
    seen = for_audience(register, internal=internal)
    t = translator(language)
    feed = icalendar.Calendar()
    feed.add("prodid", "-//Samspill//Register//EN")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("x-wr-calname", t("Collaboration in {name}", name=register.name))
    if register.invented:
        said = t("Invented data: no organisation, person or number here is real.")
        feed.add("x-wr-caldesc", said)
    for event in _events(seen, language, kinds):
        event.add("dtstamp", stamp.astimezone(ZoneInfo("UTC")))
        if register.invented:
            event.add("comment", t("Invented data"))
        feed.add_component(event)
    feed.add_missing_timezones()
    return bytes(feed.to_ical())


def _events(register: Register, language: str, kinds: Collection[str]) -> Iterator[icalendar.Event]:
    if "meetings" in kinds:
        for row in register.rows("meetings"):
            if isinstance(row["held_on"], date):
                yield _meeting(register, row, row["held_on"], language)
    for table, column, about in DAYS:
        for row in register.rows(table) if table in kinds else ():
            day = row[column]
            if isinstance(day, date):
                yield _day(register, table, row, column, str(row[about] or ""), day, language)


def _meeting(register: Register, row: Row, day: date, language: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", _uid(register, "meetings", row, "held_on"))
    event.add("summary", row["title"] or table_label("meetings", language))
    _when(event, day, row["starts_at"], row["ends_at"])
    for name, value in (
        ("location", row["place"]),
        ("description", row["agenda"]),
        ("url", row["minutes"]),
    ):
        if value:
            event.add(name, value)
    return event


def _when(event: icalendar.Event, day: date, starts: Value, ends: Value) -> None:
    """All day without a time to begin at; without an end where none after the start is known."""
    if not isinstance(starts, time):
        _all_day(event, day)
        return
    event.add("dtstart", datetime.combine(day, starts, OSLO))
    if isinstance(ends, time) and ends > starts:
        event.add("dtend", datetime.combine(day, ends, OSLO))


def _day(
    register: Register, table: str, row: Row, column: str, about: str, day: date, language: str
) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", _uid(register, table, row, column))
    told = table_label(table, language) if table == "gatherings" else None
    event.add("summary", f"{told or column_label(table, column, language)}: {about}")
    event.add("categories", [table_label(table, language)])
    event.add("transp", "TRANSPARENT")
    _all_day(event, day)
    if row.get("every_year"):
        event.add("rrule", {"freq": "yearly"})
    if row.get("web"):
        event.add("url", row["web"])
    return event


def _all_day(event: icalendar.Event, day: date) -> None:
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))


def _uid(register: Register, table: str, row: Row, column: str) -> str:
    return f"{unique(register, table, row['identifier'], column)}@samspill"
