"""From a file's rows to rows of the frame, or every fault with its place."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from samspill.web.studies.frame.faults import Fault, FrameFaults
from samspill.web.studies.frame.mapping import FrameMapping, Use
from samspill.web.studies.frame.reading import Sheet

IDENTIFIER = re.compile(r"\w[\w.:-]{0,63}")
DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A unit as a file describes it; attributes that it leaves empty are not in ``values``."""

    number: int
    identifier: str
    code: str
    name: str
    valid_from: datetime.date | None
    values: Mapping[str, str]


def check_rows(
    sheet: Sheet, mapping: FrameMapping, valid_from: datetime.date | None
) -> list[FrameRow]:
    """The rows of the frame; ``valid_from`` holds for rows without a day of their own.

    Raises FrameFaults with every fault.
    """
    checker = _Checker(sheet, mapping)
    rows = [
        checker.row(number, cells, valid_from)
        for number, cells in zip(sheet.numbers, sheet.rows, strict=True)
    ]
    identifier, code = mapping.column(Use.IDENTIFIER), mapping.column(Use.CODE)
    checker.repeated(rows, "identifier", identifier or code)
    if identifier and code:
        checker.repeated(rows, "code", code)
    if checker.faults:
        raise FrameFaults(sorted(checker.faults, key=lambda fault: fault.row))
    return rows


class _Checker:
    def __init__(self, sheet: Sheet, mapping: FrameMapping) -> None:
        self.mapping = mapping
        self.places = {name: position for position, name in enumerate(sheet.columns)}
        self.faults: list[Fault] = []

    def row(
        self, number: int, cells: tuple[str, ...], valid_from: datetime.date | None
    ) -> FrameRow:
        for column, use in self.mapping.uses.items():
            if use is not Use.NOTHING and cells[self.places[column]] in ERRORS:
                message = _("The cell holds an error from the spreadsheet.")
                self._fault(number, column, message, _("Correct the formula, or write the value."))
        code = self._cell(cells, Use.CODE)
        if self.mapping.digits and code.isdecimal():
            code = code.zfill(self.mapping.digits)
        identifier = self._cell(cells, Use.IDENTIFIER) or code
        self._identifier(number, identifier)
        name = self._cell(cells, Use.NAME) or code or identifier
        if len(name) > 200:
            self._fault(number, self.mapping.column(Use.NAME), *_too_long(200))
        code = code or identifier
        if len(code) > 32:
            self._fault(number, self.mapping.column(Use.CODE), *_too_long(32))
        own = self._day(number, self._cell(cells, Use.VALID_FROM))
        values = {
            identifier: self._value(number, column, use, cells[self.places[column]])
            for identifier, (column, use) in self.mapping.attributes.items()
            if cells[self.places[column]]
        }
        return FrameRow(number, identifier, code, name, own or valid_from, values)

    def repeated(self, rows: list[FrameRow], key: str, column: str | None) -> None:
        times = Counter(getattr(row, key) for row in rows)
        first: dict[str, int] = {}
        for row in rows:
            value = getattr(row, key)
            if value and times[value] > 1 and value in first:
                message = _("“%(value)s” stands in row %(row)s already.") % {
                    "value": value,
                    "row": first[value],
                }
                self._fault(row.number, column, message, _("Keep one row for each unit."))
            first.setdefault(value, row.number)

    def _cell(self, cells: tuple[str, ...], use: Use) -> str:
        column = self.mapping.column(use)
        return cells[self.places[column]] if column else ""

    def _identifier(self, number: int, identifier: str) -> None:
        column = self.mapping.column(Use.IDENTIFIER) or self.mapping.column(Use.CODE)
        if not identifier:
            self._fault(
                number, column, _("The unit has no identifier."), _("Write one, or take it away.")
            )
        elif not IDENTIFIER.fullmatch(identifier):
            message = _("“%(value)s” cannot be an identifier.") % {"value": identifier[:70]}
            step = _("Use at most 64 letters, digits and the signs . : _ and -, without spaces.")
            self._fault(number, column, message, step)

    def _day(self, number: int, text: str) -> datetime.date | None:
        if not text:
            return None
        norwegian = DAY.fullmatch(text)
        try:
            if norwegian:
                day, month, year = (int(part) for part in norwegian.groups())
                return datetime.date(year, month, day)
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            message = _("“%(value)s” is no date.") % {"value": text[:40]}
            step = _("Write it as 2026-01-31 or 31.1.2026.")
            self._fault(number, self.mapping.column(Use.VALID_FROM), message, step)
            return None

    def _value(self, number: int, column: str, use: Use, text: str) -> str:
        if use is not Use.NUMBER:
            if len(text) > 200:
                self._fault(number, column, *_too_long(200))
            return text
        plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-").replace(",", ".")
        try:
            read = Decimal(plain)
        except InvalidOperation:
            read = Decimal("NaN")
        if not read.is_finite() or len(plain) > 40:
            message = _("“%(value)s” is no number.") % {"value": text[:40]}
            step = _("Write a number, or let the column be categories.")
            self._fault(number, column, message, step)
            return ""
        return f"{read.normalize():f}" if read else "0"

    def _fault(self, row: int, column: str | None, message: str, step: str) -> None:
        self.faults.append(Fault(row, column or "", message, step))


def _too_long(length: int) -> tuple[str, str]:
    return _("The text is longer than %(length)s characters.") % {"length": length}, _(
        "Shorten it."
    )
