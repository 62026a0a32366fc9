"""How questions are shown on a page, and how what was sent is read back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeAlias

from django.http import QueryDict
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from samspill.instrument import Asked, Instrument, Item, Question, Step, worded
from samspill.language import language, languages
from samspill.web.pages.moulds import filled

Raw: TypeAlias = str | tuple[str, ...]
SHORT_ANSWERS = 3
SHORT_LABEL = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """An instrument in one of its languages. Two with the same digest are the same."""

    digest: str
    language: str
    instrument: Instrument = field(compare=False, repr=False)

    def words(self, words: Mapping[str, str], name: str = "") -> str:
        """A text of the instrument, about the field ``name``."""
        return worded(words, self.language, self.instrument, name)

    def field_label(self, name: str) -> str:
        labels = {entry.identifier: entry.label for entry in self.instrument.fields}
        return labels[name].get(self.language, "") if name else ""

    def title(self, step: Step) -> str:
        """The title of a step; the instrument's where its page has none."""
        return self.words(step.page.title, step.field) or self.words(self.instrument.title)

    def label(self, item: Item) -> str:
        """What an item is about, on one line: its question, and the field where it has one."""
        question = self.instrument.question(item.variable)
        text = self.words(question.text, item.field)
        return f"{self.field_label(item.field)}: {text}" if item.field else text


def sheet(instrument: Instrument, digest: str, wanted: str) -> Sheet:
    """The instrument in the language wanted, or in its first where it lacks that."""
    found = wanted if wanted in instrument.languages else instrument.languages[0]
    return Sheet(digest, found, instrument)


def input_name(item: Item) -> str:
    """The name of an item's input, which is also how it is stored: ``field/variable``."""
    return f"{item.field}/{item.variable}"


def input_id(item: Item) -> str:
    """Where in the page an item stands, for links to it."""
    return f"q-{item.field}-{item.variable}" if item.field else f"q-{item.variable}"


def read_step(step: Step, sent: QueryDict, shown: Collection[Item]) -> dict[Item, Raw]:
    """What was sent for the items of a step that were shown; empty where nothing was chosen."""
    given: dict[Item, Raw] = {}
    for asked in step.asked:
        if asked.item in shown and asked.question.has_answer:
            values = sent.getlist(input_name(asked.item))
            given[asked.item] = _one_or_more(asked.question, values)
    return given


def _one_or_more(question: Question, values: Sequence[Any]) -> Raw:
    texts = tuple(str(value) for value in values)
    if question.type == "multiple" or len(texts) > 1:
        return texts
    return texts[0] if texts else ""


def as_written(question: Question, value: Raw, identifier: str) -> Raw:
    """A stored value as it is written in a language: a number with that language's decimal sign."""
    if question.type != "number" or not isinstance(value, str):
        return value
    known = identifier if identifier in languages() else "en"
    return value.replace(".", language(known).decimal_sign)


def written_answers(shown: Sheet, answers: Mapping[Item, Raw]) -> dict[Item, Raw]:
    """Stored answers as they are written in the sheet's language."""
    numbers = {q.variable: q for _, q in shown.instrument.questions() if q.type == "number"}
    return {
        item: as_written(numbers[item.variable], value, shown.language)
        if item.variable in numbers
        else value
        for item, value in answers.items()
    }


def questions_html(
    shown: Sheet,
    asked: Sequence[Asked],
    values: Mapping[Item, Raw],
    faults: Mapping[Item, str] | None = None,
    removable: Collection[Item] = (),
) -> SafeString:
    """The questions of a step, with what has been written and what is wrong with it.

    ``values`` are answers as written; ``removable`` are items beside which a button named
    ``remove`` takes the answer away, since a chosen radio button cannot be unchosen.
    """
    faults = faults or {}

    def one(each: Asked) -> str:
        item = each.item
        state = (values.get(item, ""), faults.get(item, ""), item in removable)
        if each.question.code_list is None:
            return _question(shown, item, *state)
        return _coded(shown, item, *state)

    parts = []
    for variable, group in groupby(asked, key=lambda each: each.item.variable):
        several = list(group)
        if len(several) == 1 and not _named_by_field(shown, variable):
            parts.append(one(several[0]))
        else:
            parts.append(_across_fields(shown, variable, [one(each) for each in several]))
    return mark_safe("".join(parts))  # noqa: S308 - made of templates, which escape


@lru_cache(maxsize=2000)
def _named_by_field(shown: Sheet, variable: str) -> bool:
    """Whether a question stands once for each field on one page, named by the field alone."""
    return any(
        page.repeat == "fields_on_one_page" and question.variable == variable
        for page, question in shown.instrument.questions()
    )


def _across_fields(shown: Sheet, variable: str, inner: list[str]) -> str:
    question = shown.instrument.question(variable)
    fixed = {
        "id": f"q-{variable}",
        "text": shown.words(question.text),
        "hint": shown.words(question.hint),
        "required": question.required,
        "note": not question.has_answer,
    }
    slots = {"inner": mark_safe("".join(inner))}  # noqa: S308 - made of templates, which escape
    return filled("instruments/questions/across_fields.html", fixed, slots)


@lru_cache(maxsize=20_000)
def _coded(shown: Sheet, item: Item, value: Raw, fault: str, removable: bool) -> str:
    return _question(shown, item, value, fault, removable)


def _question(shown: Sheet, item: Item, value: Raw, fault: str, removable: bool) -> str:
    question = shown.instrument.question(item.variable)
    by_field = bool(item.field) and _named_by_field(shown, item.variable)
    identifier = input_id(item)
    hint = "" if by_field else shown.words(question.hint, item.field)
    described = [f"{identifier}-hint"] if hint else []
    described += [f"{identifier}-fault"] if fault else []
    chosen = {value} if isinstance(value, str) else set(value)
    options = [
        (c.value, shown.words(c.label, item.field), c.value in chosen) for c in question.categories
    ]
    context = {
        "id": identifier,
        "name": input_name(item),
        "type": question.type,
        "text": shown.field_label(item.field)
        if by_field
        else shown.words(question.text, item.field),
        "hint": hint,
        "required": question.required and not by_field,
        "described": " ".join(described),
        "fault": fault,
        "value": value,
        "options": options,
        "inline": len(options) <= SHORT_ANSWERS
        and all(len(label) <= SHORT_LABEL for _, label, _ in options),
        "removable": removable and question.type != "multiple",
    }
    return get_template(f"instruments/questions/{_TEMPLATES[question.type]}.html").render(context)


_TEMPLATES = {
    "binary": "choice",
    "ordinal": "choice",
    "nominal": "choice",
    "multiple": "choice",
    "count": "number",
    "number": "number",
    "text": "text",
    "note": "note",
}


def readable(shown: Sheet, question: Question, value: Raw, name: str = "") -> str:
    """An answer in words: the labels of categories, numbers as the language writes them."""
    if question.code_list is None:
        written = as_written(question, value, shown.language)
        return written if isinstance(written, str) else ", ".join(written)
    chosen = {value} if isinstance(value, str) else set(value)
    return ", ".join(_labels(shown, question, chosen, name))


def _labels(shown: Sheet, question: Question, chosen: set[str], name: str) -> Iterator[str]:
    for category in question.categories:
        if category.value in chosen:
            yield shown.words(category.label, name)
