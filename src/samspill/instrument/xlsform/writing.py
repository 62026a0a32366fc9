"""An instrument written as an XLSForm workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem
from samspill.instrument.expressions import (
    Answer,
    Arithmetic,
    Comparison,
    Count,
    Expression,
    Number,
    Text,
    format_expression,
    rebuilt,
)
from samspill.instrument.files import replace_file
from samspill.instrument.model import (
    FIELDS_ON_ONE_PAGE,
    ONCE,
    PAGE_PER_FIELD,
    Instrument,
    Page,
    Question,
    Words,
)
from samspill.instrument.naming import column_name
from samspill.instrument.steps import worded
from samspill.instrument.validation import validate_instrument
from samspill.instrument.xlsform.bounds import with_bound
from samspill.instrument.xlsform.columns import SURVEY_COLUMNS, SURVEY_TEXTS
from samspill.language import language as known_language
from samspill.language import languages as known_languages

MAXIMUM_CELL = 32_767
Line = dict[str, str]
_TYPES = {
    "binary": "select_one",
    "ordinal": "select_one",
    "nominal": "select_one",
    "multiple": "select_multiple",
    "count": "integer",
    "number": "decimal",
    "text": "text",
    "note": "note",
}


def write_xlsform(instrument: Instrument, file: Path | str) -> Path:
    """Write an instrument as an XLSForm workbook (.xlsx), whole or not at all. Gives the path.

    Reading it back gives an equal instrument. Pages over fields are written out, field by field.

    Raises:
        InvalidInput: the instrument is not sound, or a text is longer than a cell holds.
    """
    path = Path(file)
    problems = validate_instrument(instrument, path.name)
    if problems:
        raise InvalidInput(Message("The instrument {name}", name=instrument.identifier), problems)
    writer = _Writer(instrument)
    sheets = {
        "survey": writer.survey(),
        "choices": writer.choices(),
        "settings": [writer.settings()],
        "samspill_fields": writer.fields(),
    }
    problems = [
        Problem(path.name, row, column, "The text is too long for a cell.", "Shorten it.")
        for lines in sheets.values()
        for row, line in enumerate(lines, start=1)
        for column, text in line.items()
        if len(text) > MAXIMUM_CELL
    ]
    if problems:
        raise InvalidInput(Message("The instrument {name}", name=instrument.identifier), problems)
    replace_file(path, _workbook(sheets, writer.headings))
    return path


def language_heading(code: str) -> str:
    """A language as XLSForm names it, ``Bokmål (nb)``."""
    name = known_language(code).name if code in known_languages() else code
    return f"{name[:1].upper()}{name[1:]} ({code})"


class _Writer:
    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.per_field = {q.variable for page, q in instrument.questions() if page.per_field}
        self.names = [field.identifier for field in instrument.fields]
        self.headings = {
            "survey": [
                *SURVEY_COLUMNS[:2],
                *(c for kind in SURVEY_TEXTS[:2] for c in self.columns(kind)),
                *SURVEY_COLUMNS[2:5],
                *(c for kind in SURVEY_TEXTS[2:] for c in self.columns(kind)),
                "appearance",
                *SURVEY_COLUMNS[5:],
            ],
            "choices": ["list_name", "name", *self.columns("label"), "samspill_missing"],
            "settings": [
                *("form_title", "form_id", "version", "default_language"),
                *self.columns("samspill_title"),
            ],
            "samspill_fields": ["identifier", *self.columns("label")],
        }

    def columns(self, kind: str) -> list[str]:
        return [f"{kind}::{language_heading(code)}" for code in self.instrument.languages]

    def words(self, kind: str, words: Words, field: str = "") -> Line:
        return {
            f"{kind}::{language_heading(code)}": worded(words, code, self.instrument, field)
            for code in words
        }

    def survey(self) -> list[Line]:
        lines: list[Line] = []
        for page in self.instrument.pages:
            if page.repeat == PAGE_PER_FIELD:
                for name in self.names:
                    lines += self.page(page, name)
            else:
                lines += self.page(page, "")
        return lines

    def page(self, page: Page, field: str) -> Iterator[Line]:
        yield {
            "type": "begin_group",
            "name": column_name(page.identifier, field),
            **self.words("label", page.title, field),
            "relevant": self.rule(page.relevance, field),
            "appearance": "field-list",
            "samspill_page": page.identifier,
            "samspill_field": field,
            "samspill_repeat": page.repeat if page.repeat != ONCE else "",
        }
        for question in page.questions:
            if page.repeat == FIELDS_ON_ONE_PAGE:
                yield from self.stem(question)
            else:
                yield self.question(question, field)
        yield {"type": "end_group", "name": column_name(page.identifier, field)}

    def stem(self, question: Question) -> Iterator[Line]:
        yield {
            "type": "begin_group",
            "name": question.variable,
            **self.words("label", question.text),
            "samspill_variable": question.variable,
        }
        for field in self.instrument.fields:
            line = self.question(question, field.identifier)
            yield {**line, **self.words("label", field.label)}
        yield {"type": "end_group", "name": question.variable}

    def question(self, question: Question, field: str) -> Line:
        constraint = question.constraint
        if question.type == "count":
            constraint = with_bound(constraint)
        listed = f" {question.code_list.identifier}" if question.code_list else ""
        return {
            "type": _TYPES[question.type] + listed,
            "name": column_name(question.variable, field),
            **self.words("label", question.text, field),
            **self.words("hint", question.hint, field),
            "required": "yes" if question.required else "",
            "relevant": self.rule(question.relevance, field),
            "constraint": self.rule(constraint, field),
            **self.words("constraint_message", question.constraint_message, field),
            **self.words("samspill_label", question.label, field),
            "samspill_variable": question.variable,
            "samspill_field": field,
            "samspill_type": question.type,
            "samspill_implied": question.implied,
        }

    def rule(self, expression: Expression | None, field: str) -> str:
        if expression is None:
            return ""
        return format_expression(rebuilt(expression, partial(self.named, field)))

    def named(self, field: str, part: Expression) -> Expression:
        if isinstance(part, Answer) and part.variable in self.per_field:
            return Answer(column_name(part.variable, field))
        if isinstance(part, Count):
            total: Expression = Number(0)
            for name in self.names:
                total = Arithmetic("+", total, self.counted(part, name))
            return total
        return part

    def counted(self, part: Count, field: str) -> Expression:
        answer = Answer(column_name(part.variable, field))
        if part.value is None:
            return Comparison("!=", answer, Text(""))
        return Comparison("=", answer, Text(part.value))

    def choices(self) -> list[Line]:
        return [
            {
                "list_name": code_list.identifier,
                "name": category.value,
                **self.words("label", category.label),
                "samspill_missing": "yes" if category.missing else "",
            }
            for code_list in self.instrument.code_lists()
            for category in code_list.categories
        ]

    def settings(self) -> Line:
        instrument = self.instrument
        first = instrument.languages[0]
        return {
            "form_title": instrument.title[first],
            "form_id": instrument.identifier,
            "version": instrument.version,
            "default_language": language_heading(first),
            **self.words("samspill_title", instrument.title),
        }

    def fields(self) -> list[Line]:
        return [
            {"identifier": field.identifier, **self.words("label", field.label)}
            for field in self.instrument.fields
        ]


def _workbook(sheets: dict[str, list[Line]], headings: dict[str, list[str]]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    for name, lines in sheets.items():
        columns: Sequence[str] = headings[name]
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
        for row, line in enumerate(lines, start=1):
            for place, column in enumerate(columns):
                if text := line.get(column, ""):
                    sheet.write_string(row, place, text)
    book.close()
    return stream.getvalue()
