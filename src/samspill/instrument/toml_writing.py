"""Write an instrument as TOML 1.0 (https://toml.io/en/v1.0.0), always in the same way."""

from __future__ import annotations

import json
from collections.abc import Iterator

from samspill.instrument.expressions import Expression, format_expression
from samspill.instrument.model import ONCE, Instrument, Page, Question, Words


def instrument_text(instrument: Instrument) -> str:
    """The instrument as the text of its file."""
    blocks = [_head(instrument)]
    blocks += [_field(field.identifier, field.label) for field in instrument.fields]
    for code_list in instrument.code_lists():
        lines = ["[[code_list]]", f"identifier = {_quoted(code_list.identifier)}", "category = ["]
        for category in code_list.categories:
            missing = ", missing = true" if category.missing else ""
            label = _inline(category.label)
            lines.append(f"  {{ value = {_quoted(category.value)}, label = {label}{missing} }},")
        blocks.append("\n".join([*lines, "]"]))
    for page in instrument.pages:
        blocks.append("\n".join(_page(page)))
        blocks += ["\n".join(_question(question)) for question in page.questions]
    return "\n\n".join(blocks) + "\n"


def _head(instrument: Instrument) -> str:
    languages = ", ".join(_quoted(language) for language in instrument.languages)
    return "\n".join(
        [
            f"identifier = {_quoted(instrument.identifier)}",
            f"version = {_quoted(instrument.version)}",
            f"languages = [{languages}]",
            *_words("title", instrument.title),
        ]
    )


def _field(identifier: str, label: Words) -> str:
    return "\n".join(["[[field]]", f"identifier = {_quoted(identifier)}", *_words("label", label)])


def _page(page: Page) -> Iterator[str]:
    yield "[[page]]"
    yield f"identifier = {_quoted(page.identifier)}"
    yield from _words("title", page.title)
    if page.repeat != ONCE:
        yield f"repeat = {_quoted(page.repeat)}"
    yield from _rule("relevance", page.relevance)


def _question(question: Question) -> Iterator[str]:
    yield "[[page.question]]"
    yield f"variable = {_quoted(question.variable)}"
    yield f"type = {_quoted(question.type)}"
    yield from _words("text", question.text)
    yield from _words("label", question.label)
    yield from _words("hint", question.hint)
    if question.code_list is not None:
        yield f"code_list = {_quoted(question.code_list.identifier)}"
    if question.required:
        yield "required = true"
    yield from _rule("relevance", question.relevance)
    yield from _rule("constraint", question.constraint)
    yield from _words("constraint_message", question.constraint_message)
    if question.implied:
        yield f"implied = {_quoted(question.implied)}"


def _rule(key: str, expression: Expression | None) -> Iterator[str]:
    if expression is not None:
        yield f"{key} = {_quoted(format_expression(expression))}"


def _words(key: str, words: Words) -> Iterator[str]:
    for language, text in words.items():
        yield f"{key}.{_key(language)} = {_quoted(text)}"


def _inline(words: Words) -> str:
    return "{ " + ", ".join(f"{_key(c)} = {_quoted(text)}" for c, text in words.items()) + " }"


def _key(language: str) -> str:
    bare = language.isascii() and language.replace("-", "").replace("_", "").isalnum()
    return language if bare else _quoted(language)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
