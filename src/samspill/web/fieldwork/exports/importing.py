"""The answers of a study folder as the responses of a collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import InvalidInput, Problem, SamspillError
from samspill.instrument import (
    Instrument,
    Item,
    normalise_answers,
    steps,
    without_irrelevant,
)
from samspill.instrument.naming import category_name
from samspill.study import Study
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.fieldwork.exports.coding import missing_codes, restored
from samspill.web.fieldwork.exports.units import MODE, ORGANISATION, RESPONSE, SIDE, UNIT
from samspill.web.fieldwork.models import Collection, Respondent, Response, SavedPage
from samspill.web.fieldwork.responses import Answers, Value, as_stored
from samspill.web.instruments.definitions import definition

PLAIN = "en"
"""The language whose way of writing numbers is that of a study folder."""

AUTHOR = "import"


@dataclass(frozen=True, slots=True)
class _Incoming:
    """One row of ``units``, with its answers."""

    name: str
    unit: str
    side: str
    organisation: str
    mode: str
    response: str
    answers: Answers


@transaction.atomic
def import_responses(*, actor: User, collection: Collection, study: Study) -> int:
    """Take a study's answers in as responses of a collection, all or none; gives how many.

    Units are known by their identifiers; a respondent is made for each that the collection does
    not ask yet. Answers of units whose ``response`` is ``complete`` (or that have answers, where
    the study does not tell) count as sent.

    Raises:
        InvalidInput: units or answers that do not fit; all are listed.
        SamspillError: a respondent of the collection has answered already.
    """
    instrument = definition(collection.version)
    units = dict(collection.study.units.values_list("identifier", "pk"))
    given, problems = _by_unit(study, instrument)
    incoming = list(_incoming(study, given))
    problems += [
        Problem("units.csv", None, "unit", _("There is no unit “%(unit)s” in the study.")
                % {"unit": each.unit}, _("Import the units first."))
        for each in incoming
        if each.unit not in units
    ]  # fmt: skip
    if problems:
        raise InvalidInput(_("The study folder"), problems)
    respondents = _respondents(collection, incoming, units)
    answered = [each for each in incoming if each.answers or each.response == "complete"]
    _refuse_answered(respondents[each.name] for each in answered)
    now = timezone.now()
    for each in answered:
        response = Response.objects.create(
            respondent=respondents[each.name],
            mode=each.mode,
            entered_by=actor,
            saved_at=now,
            submitted_at=now if each.response == "complete" else None,
        )
        SavedPage.objects.bulk_create(_pages(instrument, response, each.answers))
    record(
        actor=actor,
        action="fieldwork.import_responses",
        subject=collection.identifier,
        study=collection.study.slug,
        new={"from": study.identifier, "responses": len(answered)},
    )
    return len(answered)


def _by_unit(study: Study, instrument: Instrument) -> tuple[dict[str, Answers], list[Problem]]:
    """Answers as the instrument has them, by row of ``units``; several answers made one again."""
    single, several = _names(instrument)
    raw: dict[str, dict[Item, Value]] = defaultdict(dict)
    chosen: dict[str, dict[Item, list[str]]] = defaultdict(lambda: defaultdict(list))
    problems: list[Problem] = []
    rows = restored(study.answers, missing_codes(instrument)).iter_rows()
    for row, (unit, field, variable, value) in enumerate(rows, start=1):
        if variable in single:
            raw[unit][Item(field, variable)] = value
        elif variable in several:
            question, category = several[variable]
            found = chosen[unit][Item(field, question)]
            if value == "1":
                found.append(category)
        else:
            problems.append(
                Problem(
                    "answers.csv",
                    row,
                    "variable",
                    _("The questionnaire does not ask “%(variable)s”.") % {"variable": variable},
                    _("Choose a collection with the same questionnaire."),
                )
            )
    answers: dict[str, Answers] = {}
    for unit in dict.fromkeys([*raw, *chosen]):
        own = raw[unit] | {item: tuple(values) for item, values in chosen[unit].items() if values}
        values, faults = normalise_answers(instrument, own, PLAIN)
        answers[unit] = without_irrelevant(instrument, values)
        problems += [
            Problem("answers.csv", None, fault.item.variable, f"{unit}: {fault.message}", "")
            for fault in faults
        ]
    return answers, problems


def _names(instrument: Instrument) -> tuple[set[str], Mapping[str, tuple[str, str]]]:
    single: set[str] = set()
    several: dict[str, tuple[str, str]] = {}
    for _page, question in instrument.questions():
        if question.type == "multiple":
            for category in question.categories:
                name = category_name(question.variable, category.value)
                several[name] = (question.variable, category.value)
        elif question.has_answer:
            single.add(question.variable)
    return single, several


def _incoming(study: Study, given: Mapping[str, Answers]) -> Iterator[_Incoming]:
    told = study.response_attribute or RESPONSE
    for row in study.units.iter_rows(named=True):
        answers = given.get(row["unit"], {})
        response = row.get(told) if told in study.units.columns else None
        mode = str(row.get(MODE))
        yield _Incoming(
            name=row["unit"],
            unit=row.get(UNIT) or row["unit"],
            side=row.get(SIDE) or "municipality",
            organisation=row.get(ORGANISATION) or "",
            mode=mode if mode in Response.MODES else "web",
            response=str(response or ("complete" if answers else "none")),
            answers=answers,
        )


def _respondents(
    collection: Collection, incoming: list[_Incoming], units: Mapping[str, int]
) -> dict[str, Respondent]:
    """The respondent of each row; a new one where the collection has none such."""
    there = {
        (each.unit_id, each.side, each.organisation): each for each in collection.respondents.all()
    }
    found = {}
    for each in incoming:
        key = (units[each.unit], each.side, each.organisation)
        if key not in there:
            there[key] = collection.respondents.create(
                unit_id=key[0], side=each.side, organisation=each.organisation
            )
        found[each.name] = there[key]
    return found


def _refuse_answered(respondents: Iterator[Respondent]) -> None:
    for respondent in respondents:
        if Response.objects.filter(respondent=respondent).exists():
            raise SamspillError(
                _("“%(unit)s” has answered already.") % {"unit": respondent},
                _("Import into a collection without answers."),
            )


def _pages(instrument: Instrument, response: Response, answers: Answers) -> Iterator[SavedPage]:
    for step in steps(instrument):
        own = {a.item: answers[a.item] for a in step.asked if a.item in answers}
        if own:
            yield SavedPage(
                response=response,
                step=step.identifier,
                revision=1,
                answers=as_stored(own),
                author=AUTHOR,
            )
