"""What respondents wrote in their own words, as sources: one for each respondent and question."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from samspill.instrument import Item, without_irrelevant
from samspill.qualitative.model import ANONYMOUS, OPEN_ANSWER
from samspill.qualitative.reading.cleaning import Cleaner
from samspill.vocabulary import load
from samspill.web.fieldwork.models import Collection, Response
from samspill.web.fieldwork.responses import answers_of_all
from samspill.web.instruments.definitions import definition
from samspill.web.interviews.models import Source
from samspill.web.studies.models import UnitName, in_language

LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered in the respondent's own words."""

    variable: str
    label: str


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer, as the source that it is or would be; ``held`` is that source where the study has
    it. It has changed where the respondent has written something else since."""

    source: Source
    held: Source | None = None

    @property
    def is_new(self) -> bool:
        return self.held is None

    @property
    def has_changed(self) -> bool:
        return self.held is not None and self.held.digest != self.source.digest


def text_questions(collection: Collection) -> list[Question]:
    """The questions of a collection that are answered in words."""
    return [
        Question(q.variable, in_language(dict(q.label)) or in_language(dict(q.text)))
        for _, q in definition(collection.version).questions()
        if q.type == "text"
    ]


def open_answers(collection: Collection, question: Question) -> list[OpenAnswer]:
    """Every answer to a question in the responses that were sent in, by unit; none is empty."""
    study = collection.study
    made = list(_sources(collection, question))
    guids = [source.guid for source in made]
    held = {s.guid: s for s in study.sources.filter(respondent__collection=collection)}
    found = {guid: held[guid] for guid in guids if guid in held}
    return [OpenAnswer(source, found.get(source.guid)) for source in made]


def _sources(collection: Collection, question: Question) -> Iterator[Source]:
    study, form = collection.study, definition(collection.version)
    responses = list(
        Response.objects.filter(respondent__collection=collection, submitted_at__isnull=False)
        .select_related("respondent", "respondent__unit")
        .order_by("respondent__unit__identifier", "respondent__side", "respondent__pk")
    )
    names = dict(UnitName.objects.filter(unit__study=study).values_list("unit", "name"))
    fields = {concept.identifier for concept in load().fields.concepts}
    written = answers_of_all(responses)
    for response in responses:
        one = response.respondent
        for item, value in sorted(without_irrelevant(form, written[response.pk]).items()):
            text = _clean(value) if item.variable == question.variable else ""
            if not text:
                continue
            told = question.label[:LONGEST_LABEL] + (f" ({item.field})" if item.field else "")
            place = names.get(one.unit_id, one.unit.identifier)
            whose = f"{place}, {one.organisation}" if one.organisation else place
            yield Source(
                study=study,
                guid=_guid(collection, one.pk, item),
                name=f"{whose[:100]}: {told}"[:200],
                kind=OPEN_ANSWER,
                unit=one.unit,
                side=one.side,
                fields=[item.field] if item.field in fields else [],
                date=response.submitted_at.date() if response.submitted_at else None,
                language=one.language,
                consent=ANONYMOUS,
                attributes={"collection": collection.identifier, "question": question.variable},
                invented=study.invented,
                text=text,
                respondent=one,
                digest=hashlib.sha256(text.encode()).hexdigest(),
            )


def _guid(collection: Collection, respondent: int, item: Item) -> uuid.UUID:
    """The same each time, by which an answer is known again."""
    path = f"samspill:{collection.study.slug}/{collection.identifier}/{respondent}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{path}/{item.field}/{item.variable}")


def _clean(value: object) -> str:
    """The answer with a paragraph a line, as a file's text is read."""
    return "\n".join(Cleaner().lines(value)) if isinstance(value, str) else ""
