"""The list of a table: search, filters, order. All of it stands in the address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from samspill.register import Column, Kind, Table
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Entry, Municipality
from samspill.web.municipality.words import column_name, in_words, options
from samspill.web.studies.forms import DateInput

TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER_OF_ORGANISATION})
CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.CONCEPT, Kind.CONCEPTS})
NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT})
NOT_FILTERED = frozenset({"provenance", "categories", "centre_tasks", "owner", "audience"})
UNKNOWN = "-"


class ListForm(forms.Form):
    """What to look for in a table's list."""

    def __init__(self, data: Any, *, table: Table, municipality: Municipality) -> None:
        super().__init__(data)
        self.table = table
        self.fields["q"] = forms.CharField(label=_("Search"), required=False, max_length=100)
        for column in table.columns:
            if column.kind in CHOSEN and column.name not in NOT_FILTERED:
                choices = [("", _("All")), *options(column)]
                if not column.filled:
                    choices.append((UNKNOWN, _("Not known")))
                self.fields[column.name] = forms.ChoiceField(
                    label=column_name(table.name, column.name), choices=choices, required=False
                )
            if column.kind is Kind.REFERENCE and column.of in {"municipal_units", "bodies"}:
                others = [(e.identifier, str(e)) for e in entries(municipality, column.of)]
                self.fields[column.name] = forms.ChoiceField(
                    label=column_name(table.name, column.name),
                    choices=[("", _("All")), *others],
                    required=False,
                )
        if _has(table, "valid_from") and _has(table, "valid_to"):
            self.fields["on"] = forms.DateField(
                label=_("Holds on"), required=False, widget=DateInput()
            )
        self.fields["unverified"] = forms.BooleanField(
            label=_("Not verified for a year"), required=False
        )

    @property
    def is_used(self) -> bool:
        """Whether anything is looked for."""
        return self.is_valid() and any(self.cleaned_data.values())


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the list; ``number`` cells stand to the right."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that orders the list: ``sort`` is what the address then says, ``now`` is
    ``ascending``, ``descending`` or empty."""

    name: str
    sort: str
    now: str
    number: bool


def chosen(
    municipality: Municipality, table: Table, form: ListForm, today: datetime.date
) -> list[Entry]:
    """The entries that fit what is looked for; all where the form is not valid."""
    found = list(entries(municipality, table.name))
    if not form.is_valid():
        return found
    wanted = form.cleaned_data
    return [entry for entry in found if _fits(entry, table, wanted, today)]


def ordered(found: list[Entry], table: Table, sort: str) -> list[Entry]:
    """In the order of a column (``-name`` downwards); as added where it names none."""
    name = sort.removeprefix("-")
    if not _has(table, name):
        return found
    column = table.column(name)
    known = [e for e in found if getattr(e, name) not in (None, "", [])]
    unknown = [e for e in found if getattr(e, name) in (None, "", [])]

    def key(entry: Entry) -> Any:
        value = getattr(entry, name)
        if column.kind in NUMBERS or column.kind in {Kind.DATE, Kind.TIME, Kind.BOOLEAN}:
            return value
        text = str(value) if column.kind is Kind.REFERENCE else in_words(column, value)
        return text.casefold()

    return [*sorted(known, key=key, reverse=sort.startswith("-")), *unknown]


def headings(table: Table, names: tuple[str, ...], sort: str) -> list[Heading]:
    """The headings of a list."""
    found = []
    for name in names:
        now = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        target = f"-{name}" if now == "ascending" else name
        number = table.column(name).kind in NUMBERS
        found.append(Heading(column_name(table.name, name), target, now, number))
    return found


def cells(entry: Entry, table: Table, names: tuple[str, ...]) -> list[Cell]:
    """An entry's cells in a list."""
    return [shown(entry, table.column(name)) for name in names]


def shown(entry: Entry, column: Column) -> Cell:
    """A value of an entry as a page shows it."""
    value = getattr(entry, column.name)
    if column.kind is Kind.REFERENCE:
        return Cell(str(value) if value is not None else "")
    return Cell(in_words(column, value), column.kind in NUMBERS)


def without(address: QueryDict, *names: str) -> str:
    """The address's question without some of its parts."""
    kept = address.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


def _has(table: Table, name: str) -> bool:
    return any(column.name == name for column in table.columns)


def _fits(entry: Entry, table: Table, wanted: dict[str, Any], today: datetime.date) -> bool:
    words = (wanted.get("q") or "").casefold().split()
    if words:
        texts = [str(entry), entry.identifier]
        for column in table.columns:
            value = getattr(entry, column.name)
            if value and (column.kind in TEXTS or column.kind is Kind.REFERENCE):
                texts.append(str(value))
        text = " ".join(texts).casefold()
        if not all(word in text for word in words):
            return False
    for column in table.columns:
        choice = wanted.get(column.name)
        if choice and not _is(entry, column, choice):
            return False
    on = wanted.get("on")
    if on and not holds(entry, on):
        return False
    return not wanted.get("unverified") or is_unverified(entry, today)


def holds(entry: Any, on: datetime.date) -> bool:
    """Whether an entry with a period holds on a day, the last included."""
    begun = entry.valid_from is None or entry.valid_from <= on
    return bool(begun and (entry.valid_to is None or entry.valid_to >= on))


def is_unverified(entry: Entry, today: datetime.date) -> bool:
    """Whether nobody has seen for a year that an entry is right."""
    return entry.verified_on is None or (today - entry.verified_on).days > 365


def _is(entry: Entry, column: Column, choice: str) -> bool:
    value = getattr(entry, column.name)
    if choice == UNKNOWN:
        return value in (None, "", [])
    if column.kind is Kind.REFERENCE:
        return value is not None and value.identifier == choice
    return choice in value if isinstance(value, list) else value == choice
