"""What a version's page shows: its pages and questions, in all languages beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.instrument import Instrument, Page, Question, steps
from samspill.language import language, languages
from samspill.web.instruments.rule_words import RuleWords

KINDS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "binary": _("Yes or no"),
        "ordinal": _("Ordered categories"),
        "nominal": _("Categories"),
        "multiple": _("Several categories"),
        "count": _("Count"),
        "number": _("Number"),
        "text": _("Text"),
        "note": _("Text to read"),
    }
)
REPEATS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "once": "",
        "page_per_field": _("The page comes once for each field."),
        "fields_on_one_page": _("Each question is asked of all fields, on one page."),
    }
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of an instrument: its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in one language."""

    language: str
    text: str
    hint: str
    categories: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class OutlineQuestion:
    """A question in every language, with its rules as sentences."""

    variable: str
    kind: str
    wordings: tuple[Wording, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """A page: its titles by language, when and how often it comes, its questions."""

    identifier: str
    title: str
    rules: tuple[str, ...]
    questions: tuple[OutlineQuestion, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """An instrument as it is read: counts for the first sentence, then its pages.

    ``items`` is the number of answers that can be given, ``steps`` of pages that may come;
    ``missing`` are Samspill's languages that the instrument does not have.
    """

    languages: tuple[Tongue, ...]
    missing: tuple[Tongue, ...]
    questions: int
    fields: tuple[str, ...]
    items: int
    steps: int
    pages: tuple[OutlinePage, ...]


def tongue(code: str) -> Tongue:
    """A language with its own name, or its code where Samspill does not know it."""
    return Tongue(code, language(code).name if code in languages() else code)


def outline(instrument: Instrument, page_language: str) -> Outline:
    """The outline of an instrument, with its words in the page's language where it has them."""
    chosen = page_language if page_language in instrument.languages else instrument.languages[0]
    words = RuleWords(instrument, chosen, page_language)
    shown = steps(instrument)
    return Outline(
        languages=tuple(tongue(code) for code in instrument.languages),
        missing=tuple(tongue(code) for code in languages() if code not in instrument.languages),
        questions=sum(question.has_answer for _page, question in instrument.questions()),
        fields=tuple(entry.label[chosen] for entry in instrument.fields),
        items=sum(asked.question.has_answer for step in shown for asked in step.asked),
        steps=len(shown),
        pages=tuple(_page(page, words) for page in instrument.pages),
    )


def _page(page: Page, words: RuleWords) -> OutlinePage:
    rules = (str(REPEATS[page.repeat]), words.of_page(page))
    title = words.placed(page.title.get(words.language, ""))
    return OutlinePage(
        identifier=page.identifier,
        title=title[:1].upper() + title[1:],
        rules=tuple(rule for rule in rules if rule),
        questions=tuple(_question(question, words) for question in page.questions),
    )


def _question(question: Question, words: RuleWords) -> OutlineQuestion:
    return OutlineQuestion(
        variable=question.variable,
        kind=str(KINDS[question.type]),
        wordings=tuple(
            Wording(
                language=code,
                text=question.text[code],
                hint=question.hint.get(code, ""),
                categories=tuple(category.label[code] for category in question.categories),
                message=question.constraint_message.get(code, ""),
            )
            for code in words.instrument.languages
        ),
        rules=tuple(words.of_question(question)),
    )
