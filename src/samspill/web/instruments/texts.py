"""The texts of an instrument in one language, to be written beside those of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from samspill.instrument import (
    CodeList,
    Instrument,
    Page,
    Question,
    instrument_text,
    parse_instrument,
)
from samspill.vocabulary import load

Words = Mapping[str, str]
PARTS = ("text", "hint", "label", "constraint_message")


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A text: where it stands (``path``), what it is, its words in the language that is written
    and in the one beside."""

    path: str
    what: str
    text: str
    beside: str


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The texts of a page, or those of the whole (``title`` is empty)."""

    title: str
    entries: tuple[TextEntry, ...]


def text_groups(
    instrument: Instrument, language: str, beside: str, typed: Words | None = None
) -> list[TextGroup]:
    """Every text of an instrument, page by page; ``typed`` stands where there is some."""

    def entry(path: str, what: str, words: Words, known: str = "") -> TextEntry:
        text = (typed or {}).get(path, words.get(language, known))
        return TextEntry(path, what, text, words.get(beside, ""))

    def whole() -> Iterator[TextEntry]:
        yield entry("title", _("Title"), instrument.title)
        known = load().fields
        for field in instrument.fields:
            concept = known.get(field.identifier)
            label = concept.labels.get(language, "") if concept else ""
            what = _("Field %(name)s") % {"name": field.identifier}
            yield entry(f"field/{field.identifier}", what, field.label, label)
        for code_list in instrument.code_lists():
            for category in code_list.categories:
                names = {"list": code_list.identifier, "value": category.value}
                what = _("Category %(value)s of %(list)s") % names
                yield entry(_category(code_list, category.value), what, category.label)

    def of_page(page: Page) -> Iterator[TextEntry]:
        if page.title:
            yield entry(f"page/{page.identifier}", _("Title of the page"), page.title)
        for question in page.questions:
            for part in PARTS:
                if words := getattr(question, part):
                    yield entry(_question(question, part), _what(question, part), words)

    groups = [TextGroup("", tuple(whole()))]
    for page in instrument.pages:
        title = page.title.get(beside, "").replace("{field}", _("the field")) or page.identifier
        groups.append(TextGroup(title[:1].upper() + title[1:], tuple(of_page(page))))
    return groups


def in_language(instrument: Instrument, language: str, texts: Words) -> Instrument:
    """The instrument with these texts, by path, in a language that it has or now gets.

    Raises:
        InvalidInput: a text is missing or cannot stand; each fault has its place.
    """

    def new(path: str, words: Words) -> Words:
        if path not in texts:
            return words
        others = {code: text for code, text in words.items() if code != language}
        changed = {**others, language: texts[path]} if texts[path] else others
        return {code: changed[code] for code in languages if code in changed}

    known = language in instrument.languages
    languages = instrument.languages if known else (*instrument.languages, language)
    lists = {found.identifier: _list(found, new) for found in instrument.code_lists()}

    def question(old: Question) -> Question:
        words: dict[str, Any] = {
            part: new(_question(old, part), getattr(old, part)) for part in PARTS
        }
        code_list = lists[old.code_list.identifier] if old.code_list else None
        return replace(old, code_list=code_list, **words)

    changed = replace(
        instrument,
        languages=languages,
        title=new("title", instrument.title),
        fields=tuple(
            replace(field, label=new(f"field/{field.identifier}", field.label))
            for field in instrument.fields
        ),
        pages=tuple(
            replace(
                page,
                title=new(f"page/{page.identifier}", page.title),
                questions=tuple(question(old) for old in page.questions),
            )
            for page in instrument.pages
        ),
    )
    return parse_instrument(instrument_text(changed))


def _list(code_list: CodeList, new: Callable[[str, Words], Words]) -> CodeList:
    categories = tuple(
        replace(category, label=new(_category(code_list, category.value), category.label))
        for category in code_list.categories
    )
    return replace(code_list, categories=categories)


def _category(code_list: CodeList, value: str) -> str:
    return f"category/{code_list.identifier}/{value}"


def _question(question: Question, part: str) -> str:
    return f"question/{question.variable}/{part}"


def _what(question: Question, part: str) -> str:
    name = {"name": question.variable}
    if part == "text":
        return _("Question %(name)s") % name
    if part == "hint":
        return _("Hint to %(name)s") % name
    if part == "label":
        return _("Short name of %(name)s") % name
    return _("Message of %(name)s") % name
