"""What must hold for the data of advice to be usable."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from samspill.advice.model import barrier_paths
from samspill.errors import Problem
from samspill.vocabulary import Vocabulary

SCALES = ("grade", "cost", "effort", "owner", "check")
TEXTS = ("title", "action", "sign", "known")
FIRST_YEAR, LAST_YEAR = 1800, 2100
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_DOI = re.compile(r"/10\.\d{4,9}/\S+")
_TERM_KEYS = {"identifier", "label", "definition"}
_SOURCE_TEXTS = ("author", "title", "publisher", "address")
_SOURCE_KEYS = {"identifier", "year", "grade", "checked", "found", *_SOURCE_TEXTS}
_CITATION_KEYS = {"source", "grade", "chapters"}
_MEASURE_KEYS = {
    "identifier",
    "barriers",
    "fields",
    "cost",
    "effort",
    "owner",
    "seen_in",
    "sources",
}


def check(raw: Mapping[str, Mapping[str, Any]], vocabulary: Vocabulary) -> list[Problem]:
    """Faults in the files' content, by file name."""
    checker = _Checker(vocabulary)
    for scale in SCALES:
        checker.scale(scale, raw["scales.toml"])
    checker.sources(raw["sources.toml"])
    files = {name: file for name, file in raw.items() if name.startswith("measures/")}
    if not files:
        checker.report("measures", None, "measure", "There is none.", "Add a file of measures.")
    for name, file in files.items():
        checker.measures(name, file)
    return checker.problems


@dataclass
class _Checker:
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    scales: dict[str, list[str]] = field(default_factory=dict)
    grades: dict[str, str] = field(default_factory=dict)
    """The grade of each source."""
    measures_seen: set[str] = field(default_factory=set)

    def entries(
        self, file: str, raw: Any, key: str
    ) -> Iterator[tuple[int, Mapping[str, Any], str]]:
        """The tables of a list with their number and identifier; an empty list is a fault."""
        if not isinstance(raw, list) or not raw or not all(isinstance(one, dict) for one in raw):
            self.report(file, None, key, "There is none.", f"Add a [[{key}]] block.")
            return
        for row, entry in enumerate(raw, start=1):
            identifier = entry.get("identifier")
            if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
                fault = f"The identifier {identifier!r} is missing or not a name."
                self.report(file, row, "identifier", fault, "Write letters, digits and _ only.")
                identifier = "?"
            yield row, entry, identifier

    def scale(self, scale: str, raw: Mapping[str, Any]) -> None:
        file = "scales.toml"
        terms: list[str] = []
        for row, entry, identifier in self.entries(file, raw.get(scale), scale):
            self._unique(file, row, identifier, terms)
            terms.append(identifier)
            self._keys(file, row, entry, _TERM_KEYS)
            for key in ("label", "definition"):
                self._texts(file, row, key, entry.get(key))
        self.scales[scale] = terms

    def sources(self, raw: Mapping[str, Any]) -> None:
        file = "sources.toml"
        for row, entry, identifier in self.entries(file, raw.get("source"), "source"):
            self._unique(file, row, identifier, self.grades)
            self._keys(file, row, entry, _SOURCE_KEYS)
            for key in _SOURCE_TEXTS:
                self._filled(file, row, key, entry.get(key))
            self._year(file, row, entry)
            self._one_of(file, row, "grade", entry.get("grade"), self.scales["grade"])
            self._one_of(file, row, "checked", entry.get("checked"), self.scales["check"])
            self._address(file, row, "address", entry.get("address"))
            if entry.get("checked") != "cited_from_memory" or "found" in entry:
                self._address(file, row, "found", entry.get("found"))
            self.grades[identifier] = str(entry.get("grade"))

    def measures(self, file: str, raw: Mapping[str, Any]) -> None:
        for row, entry, identifier in self.entries(file, raw.get("measure"), "measure"):
            self._unique(file, row, identifier, self.measures_seen)
            self.measures_seen.add(identifier)
            self._keys(file, row, entry, _MEASURE_KEYS | set(TEXTS))
            self._some_of(file, row, "barriers", entry, barrier_paths(self.vocabulary))
            if "fields" in entry:
                self._some_of(file, row, "fields", entry, self.vocabulary.fields)
            for scale in ("cost", "effort", "owner"):
                self._one_of(file, row, scale, entry.get(scale), self.scales[scale])
            for key in TEXTS:
                self._texts(file, row, key, entry.get(key))
            for place in self._tables(file, row, "seen_in", entry):
                self._keys(file, row, place, {"table", "column"})
                for key in ("table", "column"):
                    self._filled(file, row, f"seen_in.{key}", place.get(key))
            for cited in self._tables(file, row, "sources", entry):
                self._citation(file, row, cited)

    def _citation(self, file: str, row: int, cited: Mapping[str, Any]) -> None:
        self._keys(file, row, cited, _CITATION_KEYS)
        self._one_of(file, row, "sources.source", cited.get("source"), self.grades)
        self._one_of(file, row, "sources.grade", cited.get("grade"), self.scales["grade"])
        chapters = cited.get("chapters", [1])
        if not isinstance(chapters, list) or not chapters or not all(map(_is_chapter, chapters)):
            fault = f"{chapters!r} is not a list of chapters."
            self.report(file, row, "sources.chapters", fault, "Write for example [4, 5].")
        best = self.grades.get(str(cited.get("source")))
        if best is not None and str(cited.get("grade")) < best:
            fault = f"The grade is better than {best}, the best that this source can carry."
            self.report(file, row, "sources.grade", fault, "Lower it, or correct the source.")

    def report(self, file: str, row: int | None, column: str, fault: str, step: str) -> None:
        self.problems.append(Problem(file, row, column, fault, step))

    def _unique(self, file: str, row: int, identifier: str, seen: Collection[str]) -> None:
        if identifier in seen:
            fault = f"The identifier “{identifier}” is already used."
            self.report(file, row, "identifier", fault, "Give this entry another.")

    def _keys(self, file: str, row: int, raw: Mapping[str, Any], known: set[str]) -> None:
        for key in sorted(raw.keys() - known):
            step = f"Use one of {', '.join(sorted(known))}."
            self.report(file, row, key, "The key is not known.", step)

    def _filled(self, file: str, row: int, column: str, value: Any) -> None:
        if not isinstance(value, str) or not value.strip():
            self.report(file, row, column, "The text is missing.", "Write it.")

    def _texts(self, file: str, row: int, column: str, raw: Any) -> None:
        texts = raw if isinstance(raw, dict) else {}
        for language in self.vocabulary.languages:
            self._filled(file, row, f"{column}.{language}", texts.get(language))
        for language in sorted(texts.keys() - set(self.vocabulary.languages)):
            fault = f"The language “{language}” is not one of the vocabulary's."
            self.report(file, row, f"{column}.{language}", fault, "Correct the code.")

    def _year(self, file: str, row: int, entry: Mapping[str, Any]) -> None:
        year = entry.get("year", FIRST_YEAR)
        whole = isinstance(year, int) and not isinstance(year, bool)
        if not whole or not FIRST_YEAR <= year <= LAST_YEAR:
            step = "Write a whole number, or leave it out for a page without a date."
            self.report(file, row, "year", f"{year!r} is not a year.", step)

    def _address(self, file: str, row: int, column: str, value: Any) -> None:
        if not _is_address(value):
            step = "Write a public address that begins with https://, or https://doi.org/10.…"
            self.report(file, row, column, f"{value!r} is not an address.", step)

    def _one_of(
        self, file: str, row: int, column: str, value: Any, allowed: Collection[str]
    ) -> None:
        if not isinstance(value, str) or value not in allowed:
            step = f"Choose one of {', '.join(allowed)}."
            self.report(file, row, column, f"{value!r} is not known.", step)

    def _some_of(
        self, file: str, row: int, column: str, entry: Mapping[str, Any], allowed: Collection[str]
    ) -> None:
        values = entry.get(column)
        if not isinstance(values, list) or not values:
            self.report(file, row, column, "This is not a list of names.", "Write at least one.")
            return
        for value in values:
            self._one_of(file, row, column, value, allowed)

    def _tables(
        self, file: str, row: int, column: str, entry: Mapping[str, Any]
    ) -> list[Mapping[str, Any]]:
        tables = entry.get(column)
        if isinstance(tables, list) and tables and all(isinstance(one, dict) for one in tables):
            return tables
        self.report(file, row, column, "There is none.", f"Write {column} = [{{ … }}].")
        return []


def _is_chapter(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_address(value: Any) -> bool:
    if not isinstance(value, str) or any(sign.isspace() for sign in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host.strip("."):
        return False
    return host != "doi.org" or _DOI.fullmatch(parts.path) is not None
