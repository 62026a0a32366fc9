"""An instrument as DDI-Codebook 2.5: the variables that its answers make.

DDI Alliance, DDI-Codebook 2.5 (2012), https://ddialliance.org/Specification/DDI-Codebook/2.5/.
The order of elements is that of the standard's types codeBookType, citationType, titlStmtType,
dataDscrType, varGrpType, varType, qstnType and catgryType.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samspill.errors import InvalidInput, Message
from samspill.instrument.expressions import format_expression
from samspill.instrument.files import replace_file
from samspill.instrument.model import Category, Instrument, Page, Question, Words
from samspill.instrument.naming import category_name, column_name
from samspill.instrument.steps import worded
from samspill.instrument.tables import YES_NO
from samspill.instrument.validation import validate_instrument
from samspill.language import language as known_language
from samspill.language import languages as known_languages
from samspill.vocabulary import Vocabulary, load

NAMESPACE = "ddi:codebook:2_5"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NATURE = {"binary": "nominal", "ordinal": "ordinal", "nominal": "nominal", "count": "ratio"}
_RESPONSES = {"count": "numeric", "number": "numeric", "text": "text", "multiple": "multiple"}


def write_ddi(instrument: Instrument, file: Path | str) -> Path:
    """Write an instrument as a DDI-Codebook 2.5 file (XML), whole or not at all. Gives the path.

    There is a variable for each answer: one for each field where a page is repeated, one for each
    category where several can be chosen. Each has its label and question in every language, its
    categories, when it is asked, and its concept in Samspill's vocabulary where it has one.

    Raises:
        InvalidInput: the instrument is not sound; nothing is written.
    """
    path = Path(file)
    replace_file(path, ddi_codebook(instrument))
    return path


def ddi_codebook(instrument: Instrument) -> bytes:
    """The XML of ``write_ddi``."""
    from lxml import etree

    problems = validate_instrument(instrument)
    if problems:
        raise InvalidInput(Message("The instrument {name}", name=instrument.identifier), problems)
    root = _Writer(instrument, etree).codebook()
    encoded: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return encoded


class _Writer:
    def __init__(self, instrument: Instrument, etree: Any) -> None:
        self.etree = etree
        self.instrument = instrument
        self.vocabulary = load()

    def element(self, parent: Any, tag: str, text: str = "", /, **attributes: str) -> Any:
        made = self.etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
        for key, value in attributes.items():
            made.set(_XML_LANG if key == "lang" else key, value)
        made.text = text or None
        return made

    def words(self, parent: Any, name: str, words: Words, field: str = "") -> None:
        for code in self.instrument.languages:
            if code in words:
                text = worded(words, code, self.instrument, field)
                self.element(parent, name, text, lang=_tag(code))

    def codebook(self) -> Any:
        instrument = self.instrument
        root = self.etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap={None: NAMESPACE})
        root.set("version", "2.5")
        root.set(_XML_LANG, _tag(instrument.languages[0]))
        citation = self.element(self.element(root, "stdyDscr"), "citation")
        statement = self.element(citation, "titlStmt")
        for number, code in enumerate(instrument.languages):
            name = "parTitl" if number else "titl"
            self.element(statement, name, instrument.title[code], lang=_tag(code))
        self.element(statement, "IDNo", instrument.identifier)
        self.element(self.element(citation, "verStmt"), "version", instrument.version)
        data = self.element(root, "dataDscr")
        for page in instrument.pages:
            self.group(data, page)
        for page, question in instrument.questions():
            for field in self.fields(page):
                self.variables(data, page, question, field)
        return root

    def fields(self, page: Page) -> list[str]:
        return [entry.identifier for entry in self.instrument.fields] if page.per_field else [""]

    def group(self, data: Any, page: Page) -> None:
        names = [
            name
            for question in page.questions
            for field in self.fields(page)
            for name, _ in _columns(question, field)
        ]
        if not names:
            return
        group = self.element(
            data,
            "varGrp",
            ID=f"G-{page.identifier}",
            type="section",
            var=" ".join(f"V-{name}" for name in names),
            name=page.identifier,
        )
        self.words(group, "labl", _anonymous(page.title))

    def variables(self, data: Any, page: Page, question: Question, field: str) -> None:
        for name, category in _columns(question, field):
            numeric = question.type in {"count", "number"}
            variable = self.element(
                data,
                "var",
                ID=f"V-{name}",
                name=name,
                intrvl="contin" if question.type == "number" else "discrete",
            )
            nature = "nominal" if category else _NATURE.get(question.type, "")
            if nature:
                variable.set("nature", nature)
            self.labels(variable, question, field, category)
            self.question(variable, question, field)
            self.universe(variable, page, question)
            self.categories(variable, question, category)
            self.concepts(variable, question, field)
            kind = "numeric" if numeric or category or _numbered(question) else "character"
            self.element(variable, "varFormat", type=kind)

    def labels(
        self, variable: Any, question: Question, field: str, category: Category | None
    ) -> None:
        names = {entry.identifier: entry.label for entry in self.instrument.fields}
        for code in self.instrument.languages:
            words = question.label or question.text
            parts = [worded(words, code, self.instrument, field)]
            parts += [names[field][code]] if field else []
            parts += [category.label[code]] if category else []
            self.element(variable, "labl", " – ".join(parts), lang=_tag(code))

    def question(self, variable: Any, question: Question, field: str) -> None:
        response = _RESPONSES.get(question.type, "category")
        asked = self.element(variable, "qstn", responseDomainType=response)
        self.words(asked, "qstnLit", question.text, field)
        self.words(asked, "postQTxt", question.hint, field)

    def universe(self, variable: Any, page: Page, question: Question) -> None:
        rules = [rule for rule in (page.relevance, question.relevance) if rule is not None]
        if rules:
            text = " and ".join(f"({format_expression(rule)})" for rule in rules)
            self.element(variable, "universe", text)

    def categories(self, variable: Any, question: Question, category: Category | None) -> None:
        if category:
            for value, label in YES_NO.items():
                known = {c: label.get(c, label["en"]) for c in self.instrument.languages}
                self.category(variable, Category(value, known))
            return
        for each in question.categories:
            self.category(variable, each)

    def category(self, variable: Any, category: Category) -> None:
        made = self.element(variable, "catgry", missing="Y" if category.missing else "N")
        self.element(made, "catValu", category.value)
        self.words(made, "labl", category.label)

    def concepts(self, variable: Any, question: Question, field: str) -> None:
        for name in (question.variable, field):
            for code, label in _concept(self.vocabulary, name).items():
                if code in self.instrument.languages:
                    self.element(variable, "concept", label, lang=_tag(code))


def _concept(vocabulary: Vocabulary, name: str) -> Words:
    for scheme in vocabulary.schemes.values():
        if name in scheme:
            return scheme[name].labels
    return {}


def _columns(question: Question, field: str) -> Iterator[tuple[str, Category | None]]:
    if question.type == "multiple":
        for category in question.categories:
            yield category_name(column_name(question.variable, field), category.value), category
    elif question.has_answer:
        yield column_name(question.variable, field), None


def _numbered(question: Question) -> bool:
    return bool(question.categories) and all(
        category.value.isdigit() for category in question.categories
    )


def _anonymous(words: Words) -> Words:
    """The words of a page that comes for each field, where no one field is meant."""
    return {code: text.replace("{field}", "…") for code, text in words.items()}


def _tag(code: str) -> str:
    return known_language(code).tag if code in known_languages() else code
