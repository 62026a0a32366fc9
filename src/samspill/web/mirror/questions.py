"""The founding questionnaire as the register answers it, and what a person says to that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samspill.register.mirror.register_answers import POLICY
from samspill.web.mirror.links import Link, links
from samspill.web.mirror.models import Review
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.words import (
    field_name,
    founding,
    question_of,
    question_text,
    said,
    value_name,
    values_of,
    variable_name,
)
from samspill.web.municipality.words import language, table_name


@dataclass(frozen=True, slots=True)
class Answer:
    """A question in a field: what the register says (``said``, empty where unknown), what a person
    says (``review``), and how many entries speak for it."""

    variable: str
    field: str
    label: str
    field_label: str
    said: str
    said_in_words: str
    entries: int
    looked_at: int
    unused: tuple[str, ...]
    reason: str
    review: Review | None

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has seen this very answer."""
        return self.review is not None and self.review.said == self.said

    @property
    def is_stale(self) -> bool:
        """Whether the register says something else than when it was reviewed."""
        return self.review is not None and not self.is_reviewed

    @property
    def value(self) -> str:
        """What holds: the person's, else the register's."""
        return self.review.value if self.review and self.is_reviewed else self.said

    @property
    def in_words(self) -> str:
        return value_name(self.variable, self.value)

    @property
    def is_corrected(self) -> bool:
        return self.is_reviewed and self.value != self.said


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the questionnaire: its heading, and its answers by question; ``fields`` head the
    answers where there is one for each."""

    heading: str
    fields: list[str]
    rows: list[tuple[str, str, list[Answer]]]


def answers_of(mirror: Mirror) -> list[Answer]:
    """Every question and field, in the questionnaire's order, the policy last."""
    reviews = {(r.variable, r.field): r for r in mirror.municipality.reviews.all()}
    return [
        _answer(row, reviews.get((row["variable"], row["field"])))
        for row in mirror.answers.states.to_dicts()
    ]


def parts(answers: list[Answer]) -> list[Part]:
    """The answers by page, and there by question."""
    found = []
    for page in founding().pages:
        variables = [q.variable for q in page.questions if q.has_answer]
        heading = page.title.get(language()) or question_text(variables[0]) if variables else ""
        if variables:
            rows = list(_rows(answers, variables))
            fields = [one.field_label for one in rows[0][2]] if page.per_field else []
            whole = _("Field by field") if "{field}" in heading else heading
            found.append(Part(whole, fields, rows))
    found.append(Part(_("Policy"), [], list(_rows(answers, [POLICY]))))
    return found


def _rows(answers: list[Answer], variables: list[str]) -> Iterator[tuple[str, str, list[Answer]]]:
    for variable in variables:
        own = [one for one in answers if one.variable == variable]
        if own:
            yield variable, variable_name(variable), own


def behind(mirror: Mirror, answer: Answer) -> list[Link]:
    """The entries behind an answer."""
    rows = mirror.answers.behind(answer.variable, answer.field).select("table", "identifier")
    return links(
        mirror, (f"{table}/{name}" for table, name in rows.unique().sort(rows.columns).iter_rows())
    )


def choices(answer: Answer) -> list[tuple[str, str]]:
    """What a person may say; nothing where it is written freely."""
    found = values_of(answer.variable)
    return [*found.items(), ("", _("Not known"))] if found else []


def is_text(answer: Answer) -> bool:
    """Whether it is answered in own words."""
    question = question_of(answer.variable)
    return question is not None and question.type == "text"


def frame(mirror: Mirror, answers: list[Answer]) -> pl.DataFrame:
    """What holds, as a study's answers: unit, field, variable, value; what is known alone."""
    rows = [
        (mirror.municipality.code, one.field, one.variable, one.value)
        for one in answers
        if one.value and one.variable != POLICY
    ]
    schema = dict.fromkeys(("unit", "field", "variable", "value"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _answer(row: dict[str, Any], review: Review | None) -> Answer:
    value = row["value"] or ""
    return Answer(
        row["variable"],
        row["field"],
        variable_name(row["variable"]),
        field_name(row["field"]),
        value,
        value_name(row["variable"], value),
        row["entries"],
        row["looked_at"],
        tuple(table_name(name) for name in row["unused"]),
        said(row["reason"]),
        review,
    )
