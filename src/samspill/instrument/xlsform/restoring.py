"""Pages repeated over fields, put together again from the groups they were written as.

XLSForm cannot name a field, so an instrument's fields are written out: a group for each field, or
a group for each question with one row a field. Here the parts are laid on top of each other; where
they differ in more than the field, the form is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from samspill.errors import Message
from samspill.instrument.expressions import (
    Answer,
    Arithmetic,
    Comparison,
    Count,
    Expression,
    Number,
    Text,
    rebuilt,
)
from samspill.instrument.model import (
    FIELD_PLACEHOLDER,
    FIELDS_ON_ONE_PAGE,
    PAGE_PER_FIELD,
    Field,
    Page,
    Question,
    Words,
)
from samspill.instrument.xlsform.rows import Entry, Group
from samspill.instrument.xlsform.sheets import Faults, Row

_MAXIMUM_OCCURRENCES = 8
Part = tuple[Group, Page]


@dataclass(slots=True)
class Restoring:
    """``names`` maps the name of a row to its variable and field."""

    fields: tuple[Field, ...]
    names: Mapping[str, tuple[str, str]]
    faults: Faults

    def gathered(self, found: Sequence[Group]) -> Iterator[list[tuple[int, Group]]]:
        """The groups that are one page, each with its number."""
        page = ""
        parts: list[tuple[int, Group]] = []
        for number, group in enumerate(found, start=1):
            row = group.row
            repeated = row is not None and row["samspill_repeat"] == PAGE_PER_FIELD
            name = row["samspill_page"] if row is not None and repeated else ""
            if parts and not (name and name == page):
                yield parts
                parts = []
            page = name
            parts.append((number, group))
        if parts:
            yield parts

    def page(self, parts: Sequence[Part]) -> Page:
        group, page = parts[0]
        if page.repeat == PAGE_PER_FIELD:
            return self.page_per_field(parts)
        if page.repeat == FIELDS_ON_ONE_PAGE:
            questions = tuple(self.stems(group))
        else:
            questions = tuple(
                self.in_field(member.question, member.row, "")
                for member in group.members
                if isinstance(member, Entry) and member.question is not None
            )
        relevance = self.localised(page.relevance, group.row, "relevant", "")
        return replace(page, questions=questions, relevance=relevance)

    def page_per_field(self, parts: Sequence[Part]) -> Page:
        group, first = parts[0]
        if not self.complete([g.row for g, _ in parts], group.row):
            return first
        members = [[m for m in g.members if isinstance(m, Entry)] for g, _ in parts]
        if len({len(each) for each in members}) > 1:
            self.refuse(group.row, "type", "The fields' groups have unequal numbers of questions.")
            return first
        rules = [
            self.localised(p.relevance, g.row, "relevant", f.identifier)
            for (g, p), f in zip(parts, self.fields, strict=True)
        ]
        return replace(
            first,
            title=self.template([p.title for _, p in parts], group.row, "label"),
            relevance=self.same(rules, group.row, "relevant"),
            questions=tuple(self.merged(each) for each in zip(*members, strict=True)),
        )

    def stems(self, group: Group) -> Iterator[Question]:
        for member in group.members:
            if isinstance(member, Entry):
                self.refuse(member.row, "type", "This page has a group for each question.")
                continue
            entries = [each for each in member.members if isinstance(each, Entry)]
            if self.complete([each.row for each in entries], member.row):
                yield replace(self.merged(entries, labelled=False), text=member.text)

    def complete(self, rows: Sequence[Row | None], at: Row | None) -> bool:
        wanted = [field.identifier for field in self.fields]
        given = [row["samspill_field"] for row in rows if row is not None]
        if given != wanted:
            names = ", ".join(wanted) or Message("none at all")
            message = Message(
                "The fields here are not those of the sheet samspill_fields ({names}).", names=names
            )
            self.refuse(at, "samspill_field", message)
        return given == wanted

    def merged(self, entries: Sequence[Entry], *, labelled: bool = True) -> Question:
        row = entries[0].row
        found = [
            self.in_field(e.question, e.row, field.identifier)
            for e, field in zip(entries, self.fields, strict=True)
            if e.question is not None
        ]
        first = found[0]
        if any(_wordless(each) != _wordless(first) for each in found):
            self.refuse(
                row,
                "name",
                Message("“{variable}” has unequal rules in the fields.", variable=first.variable),
            )
        return replace(
            first,
            text=self.template([q.text for q in found], row, "label") if labelled else {},
            hint=self.template([q.hint for q in found], row, "hint"),
            label=self.template([q.label for q in found], row, "samspill_label"),
            constraint_message=self.template(
                [q.constraint_message for q in found], row, "constraint_message"
            ),
        )

    def in_field(self, question: Question, row: Row, field: str) -> Question:
        return replace(
            question,
            relevance=self.localised(question.relevance, row, "relevant", field),
            constraint=self.localised(question.constraint, row, "constraint", field),
        )

    def localised(
        self, expression: Expression | None, row: Row | None, column: str, field: str
    ) -> Expression | None:
        """The expression with variables for names; counts over fields are found again first."""
        if expression is None:
            return None

        def change(part: Expression) -> Expression:
            return self.counted(part) or part

        def name(part: Expression) -> Expression:
            if not isinstance(part, Answer) or part.variable not in self.names:
                return part
            variable, where = self.names[part.variable]
            if where and where != field:
                self.refuse(
                    row,
                    column,
                    Message("“{variable}” belongs to another field.", variable=part.variable),
                )
            return Answer(variable)

        return rebuilt(rebuilt(expression, change), name)

    def counted(self, expression: Expression) -> Count | None:
        """The count that was written as 0 and one comparison for each field, added up."""
        terms: list[Expression] = []
        rest = expression
        while isinstance(rest, Arithmetic) and rest.operator == "+":
            terms.append(rest.right)
            rest = rest.left
        if rest != Number(0) or not terms or len(terms) != len(self.fields):
            return None
        counts = set()
        for term, field in zip(reversed(terms), self.fields, strict=True):
            match term:
                case Comparison("=" | "!=" as operator, Answer(name), Text(value)):
                    variable, where = self.names.get(name, ("", ""))
                    if where != field.identifier or (operator == "=") == (value == ""):
                        return None
                    counts.add(Count(variable, value if operator == "=" else None))
                case _:
                    return None
        return counts.pop() if len(counts) == 1 else None

    def same(
        self, rules: Sequence[Expression | None], row: Row | None, column: str
    ) -> Expression | None:
        if any(rule != rules[0] for rule in rules):
            self.refuse(row, column, "The rule is not the same in all fields.")
        return rules[0]

    def template(self, texts: Sequence[Words], row: Row | None, column: str) -> Words:
        """The text with ``{field}`` that gives all of these when the labels are put in."""
        found: dict[str, str] = {}
        for language in texts[0]:
            given = [words.get(language, "") for words in texts]
            labels = [field.label.get(language, "") for field in self.fields]
            match = _template(given, labels)
            if match is None:
                self.refuse(
                    row,
                    column,
                    Message(
                        "The texts ({language}) differ in more than the field.", language=language
                    ),
                )
            found[language] = match or given[0]
        return found

    def refuse(self, row: Row | None, column: str, message: str) -> None:
        step = "Change all fields alike, or export the form anew and begin from that."
        self.faults.report("survey", row, column, message, step)


def _wordless(question: Question) -> Question:
    return replace(question, text={}, hint={}, label={}, constraint_message={})


def _template(texts: Sequence[str], labels: Sequence[str]) -> str | None:
    first, label = texts[0], labels[0]
    pieces = first.split(label) if label else [first]
    if len(pieces) - 1 > _MAXIMUM_OCCURRENCES:
        return None
    joins: Sequence[tuple[str, ...]] = list(
        product((label, FIELD_PLACEHOLDER), repeat=len(pieces) - 1)
    )
    if len(texts) == 1:
        joins = list(reversed(joins))
    for choice in joins:
        candidate = pieces[0] + "".join(a + b for a, b in zip(choice, pieces[1:], strict=True))
        pairs = zip(texts, labels, strict=True)
        if all(candidate.replace(FIELD_PLACEHOLDER, each) == text for text, each in pairs):
            return candidate
    return None
