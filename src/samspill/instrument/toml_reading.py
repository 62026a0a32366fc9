"""Read an instrument from parsed TOML: the shape of the file, not yet the sense of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from samspill.errors import Message, Problem, SamspillError
from samspill.instrument.expressions import Expression
from samspill.instrument.model import (
    NO_WORDS,
    ONCE,
    Category,
    CodeList,
    Field,
    Instrument,
    Page,
    Question,
    Words,
)
from samspill.instrument.parsing import parse_expression
from samspill.vocabulary import load

_INSTRUMENT_KEYS = {"identifier", "version", "languages", "title", "field", "code_list", "page"}
_FIELD_KEYS = {"identifier", "label"}
_CODE_LIST_KEYS = {"identifier", "category"}
_CATEGORY_KEYS = {"value", "label", "missing"}
_PAGE_KEYS = {"identifier", "title", "repeat", "relevance", "question"}
_QUESTION_KEYS = {
    "variable",
    "type",
    "text",
    "label",
    "hint",
    "code_list",
    "required",
    "relevance",
    "constraint",
    "constraint_message",
    "implied",
}


def instrument_from(raw: Mapping[str, Any], file: str, problems: list[Problem]) -> Instrument:
    """The instrument in parsed TOML; what does not fit the format is added to ``problems``."""
    return _Reader(file, problems).instrument(raw)


class _Reader:
    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.code_lists: dict[str, CodeList] = {}

    def report(self, place: str, message: str, step: str) -> None:
        self.problems.append(Problem(self.file, None, place, message, step))

    def instrument(self, raw: Mapping[str, Any]) -> Instrument:
        self.known_keys("", raw, _INSTRUMENT_KEYS)
        languages = raw.get("languages")
        if not isinstance(languages, list) or not all(isinstance(c, str) for c in languages):
            step = 'Write for example languages = ["nb", "nn", "en"].'
            self.report("languages", "The languages are not a list of codes.", step)
            languages = []
        fields = tuple(
            self.field(f"field {n}", entry, tuple(languages))
            for n, entry in self.tables("field", raw)
        )
        for n, entry in self.tables("code_list", raw):
            code_list = self.code_list(f"code_list {n}", entry)
            if code_list.identifier in self.code_lists:
                message = Message("The code list “{name}” stands twice.", name=code_list.identifier)
                self.report(f"code_list {n}", message, "Give one of them another identifier.")
            self.code_lists[code_list.identifier] = code_list
        return Instrument(
            identifier=self.text("", "identifier", raw),
            version=self.text("", "version", raw),
            languages=tuple(languages),
            title=self.words("", "title", raw),
            pages=tuple(self.page(n, entry) for n, entry in self.tables("page", raw)),
            fields=fields,
        )

    def field(self, place: str, raw: Mapping[str, Any], languages: tuple[str, ...]) -> Field:
        self.known_keys(f"{place}.", raw, _FIELD_KEYS)
        identifier = self.text(f"{place}.", "identifier", raw)
        label = self.words(f"{place}.", "label", raw)
        known = load().fields
        if not label and identifier in known:
            labels = known[identifier].labels
            label = MappingProxyType({c: labels[c] for c in languages if c in labels})
        return Field(identifier, label)

    def code_list(self, place: str, raw: Mapping[str, Any]) -> CodeList:
        self.known_keys(f"{place}.", raw, _CODE_LIST_KEYS)
        categories = []
        for n, entry in self.tables("category", raw, f"{place}."):
            where = f"{place}.category {n}."
            self.known_keys(where, entry, _CATEGORY_KEYS)
            value = self.text(where, "value", entry)
            label = self.words(where, "label", entry)
            categories.append(Category(value, label, self.flag(where, "missing", entry)))
        return CodeList(self.text(f"{place}.", "identifier", raw), tuple(categories))

    def page(self, number: int, raw: Mapping[str, Any]) -> Page:
        identifier = raw.get("identifier")
        place = f"page {identifier}." if isinstance(identifier, str) else f"page {number}."
        self.known_keys(place, raw, _PAGE_KEYS)
        return Page(
            identifier=self.text(place, "identifier", raw),
            questions=tuple(
                self.question(place, n, entry) for n, entry in self.tables("question", raw, place)
            ),
            title=self.words(place, "title", raw),
            repeat=self.text(place, "repeat", raw, default=ONCE),
            relevance=self.expression(place, "relevance", raw),
        )

    def question(self, page: str, number: int, raw: Mapping[str, Any]) -> Question:
        variable = raw.get("variable")
        name = variable if isinstance(variable, str) else f"question {number}"
        place = f"{page}{name}."
        self.known_keys(place, raw, _QUESTION_KEYS)
        return Question(
            variable=self.text(place, "variable", raw),
            type=self.text(place, "type", raw),
            text=self.words(place, "text", raw),
            label=self.words(place, "label", raw),
            hint=self.words(place, "hint", raw),
            code_list=self.code_list_of(place, raw),
            required=self.flag(place, "required", raw),
            relevance=self.expression(place, "relevance", raw),
            constraint=self.expression(place, "constraint", raw),
            constraint_message=self.words(place, "constraint_message", raw),
            implied=self.text(place, "implied", raw, default=""),
        )

    def code_list_of(self, place: str, raw: Mapping[str, Any]) -> CodeList | None:
        identifier = self.text(place, "code_list", raw, default="")
        if identifier and identifier not in self.code_lists:
            step = Message(
                "Add a [[code_list]] with this identifier. There are: {names}.", names=self.listed()
            )
            self.report(
                f"{place}code_list",
                Message("There is no code list “{identifier}”.", identifier=identifier),
                step,
            )
        return self.code_lists.get(identifier)

    def listed(self) -> str:
        return ", ".join(self.code_lists) or Message("none at all")

    def expression(self, place: str, key: str, raw: Mapping[str, Any]) -> Expression | None:
        if key not in raw:
            return None
        try:
            return parse_expression(self.text(place, key, raw))
        except SamspillError as error:
            self.report(f"{place}{key}", error.message, error.next_step)
            return None

    def text(self, place: str, key: str, raw: Mapping[str, Any], default: str | None = None) -> str:
        value = raw.get(key, default)
        if isinstance(value, str):
            return value
        self.report(f"{place}{key}", "The text is missing.", Message('Write {key} = "…".', key=key))
        return ""

    def flag(self, place: str, key: str, raw: Mapping[str, Any]) -> bool:
        value = raw.get(key, False)
        if not isinstance(value, bool):
            self.report(f"{place}{key}", "This is neither true nor false.", "Write true or false.")
        return value is True

    def words(self, place: str, key: str, raw: Mapping[str, Any]) -> Words:
        value = raw.get(key, {})
        if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
            return MappingProxyType(value) if value else NO_WORDS
        step = Message('Write {key}.nb = "…", one line for each language.', key=key)
        self.report(f"{place}{key}", "This is not a text by language.", step)
        return NO_WORDS

    def tables(
        self, key: str, raw: Mapping[str, Any], place: str = ""
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        value = raw.get(key, [])
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            yield from enumerate(value, start=1)
        else:
            step = Message("Write one [[{key}]] block for each.", key=key)
            self.report(f"{place}{key}", "This is not a list of tables.", step)

    def known_keys(self, place: str, raw: Mapping[str, Any], known: set[str]) -> None:
        for key in sorted(raw.keys() - known):
            step = Message("Use one of {names}.", names=", ".join(sorted(known)))
            self.report(f"{place}{key}", "The key is not known.", step)
