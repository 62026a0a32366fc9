"""The tables of a municipality's register: their columns, what a cell may hold, how they refer.

Everything that reads or writes a register follows these tables: the folder of open files, the
application's database, spreadsheets, the checks and the derivations. Cells are text in files, in
the forms that ``samspill.register.values`` reads. Every table has the columns ``COMMON`` first and
last; a reference names the ``identifier`` of a row in another table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a cell may hold. Lists stand in one cell, separated by semicolons."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    NUMBER = "number"
    AMOUNT = "amount"
    """Whole Norwegian kroner."""
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    CONCEPT = "concept"
    """One concept of a vocabulary scheme."""
    CONCEPTS = "concepts"
    REFERENCE = "reference"
    REFERENCES = "references"
    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    NUMBER_OF_ORGANISATION = "number_of_organisation"
    """Nine digits, the last a control digit (modulus 11)."""


LISTS = frozenset({Kind.CHOICES, Kind.CONCEPTS, Kind.REFERENCES})


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``of`` is the scheme of a concept or the table of a reference.

    ``public`` says that it is shown to anyone unless the municipality decides otherwise;
    ``personal`` that it may hold what identifies a person, and is never public by itself.
    """

    name: str
    kind: Kind = Kind.TEXT
    of: str = ""
    choices: tuple[str, ...] = ()
    filled: bool = False
    public: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; rows are told apart by ``identifier``."""

    name: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of this name; KeyError where there is none."""
        return next(c for c in self.columns if c.name == name)

    def references(self) -> Iterator[Column]:
        """Columns that name rows of other tables, or of this."""
        return (c for c in self.columns if c.kind in {Kind.REFERENCE, Kind.REFERENCES})


SIDES = ("municipality", "organisation")
PROVENANCES = ("municipality", "organisation", "national_register", "document")
ORGANISATION_KINDS = ("organisation", "umbrella", "volunteer_centre")
ORGANISATION_STATUSES = ("active", "dissolved", "unknown")
OWNERS = ("municipality", "association", "foundation", "cooperative")
CENTRE_TASKS = ("runs_activities", "recruits_individuals", "coordinates")
CONTACT_KINDS = ("person", "function", "web")
PARTIES = ("municipality", "organisation", "together")
TARGETS = ("open_to_all", "named_group")
BODY_TYPES = ("council", "committee", "board", "coordination_body", "meeting_point")
SEAT_ROLES = ("chair", "member", "deputy", "observer", "secretary")
AUDIENCES = ("public", "invited")
DECISIONS = ("pending", "granted", "partly_granted", "refused", "withdrawn")
PROCESS_KINDS = ("hearing", "plan_process", "volunteer_policy")
STAGES = ("idea", "draft", "hearing", "after_decision", "not_involved")
INPUT_OUTCOMES = ("pending", "taken_up", "partly_taken_up", "not_taken_up")
POLICY_STATES = ("developing", "adopted", "replaced")
MEASURE_STATUSES = ("planned", "under_way", "done", "dropped")
CRITERIA = (
    "own_policy",
    "made_in_dialogue",
    "politically_treated",
    "measures",
    "meeting_points",
    "contact",
    "follow_up",
)
VERDICTS = ("met", "partly_met", "not_met")
OFFER_STATUSES = ("waiting", "referred", "accepted", "declined", "expired", "withdrawn")
REFERRAL_OUTCOMES = ("pending", "accepted", "declined", "no_answer")
MATCH_OUTCOMES = ("pending", "led_to_collaboration", "came_to_nothing")

_T, _K = Column, Kind
_PERIOD = (_T("valid_from", _K.DATE, public=True), _T("valid_to", _K.DATE, public=True))
_FIELD = _T("field", _K.CONCEPT, of="fields", public=True)
_FIELDS = _T("fields", _K.CONCEPTS, of="fields", public=True)
_ORGANISATION = _T("organisation", _K.REFERENCE, of="organisations", public=True)
_UNIT = _T("municipal_unit", _K.REFERENCE, of="municipal_units", public=True)
_CASE = _T("case_number")
_ECONOMIC = _T("economic_relation", _K.CONCEPT, of="economic_relations", public=True)

IDENTIFIER = _T("identifier", filled=True)
LAST = (
    _T("provenance", _K.CHOICE, choices=PROVENANCES),
    _T("verified_on", _K.DATE),
    _T("note", _K.LONG_TEXT),
    _T("public"),
)
"""Ends every table: where the row comes from, when someone last saw that it is right, an internal
note, and the columns of the row that are shown to anyone (names separated by semicolons)."""


def _filled(column: Column) -> Column:
    return replace(column, filled=True)


def _table(name: str, *columns: Column) -> Table:
    return Table(name, (IDENTIFIER, *columns, *LAST))


def _internal(name: str, *columns: Column) -> Table:
    """A table of which nothing is shown to anyone: who asks, who offers, what came of it."""
    return _table(name, *(replace(column, public=False) for column in columns))


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            _table(
                "municipal_units",
                _T("name", filled=True, public=True),
                _T("parent", _K.REFERENCE, of="municipal_units", public=True),
                _FIELDS,
                _T("email", _K.EMAIL, public=True),
                _T("phone", _K.PHONE, public=True),
                _T("web", _K.WEB, public=True),
            ),
            _table(
                "organisations",
                _T("name", filled=True, public=True),
                _T("number", _K.NUMBER_OF_ORGANISATION, public=True),
                _T("kind", _K.CHOICE, choices=ORGANISATION_KINDS, filled=True, public=True),
                _T("legal_form", public=True),
                _FIELDS,
                _T("categories", _K.CONCEPTS, of="icnpo", public=True),
                _T("purpose", _K.LONG_TEXT, public=True),
                _T("members", _K.INTEGER),
                _T("founded_on", _K.DATE, public=True),
                _T("address", public=True),
                _T("postcode", public=True),
                _T("place", public=True),
                _T("municipality_code", public=True),
                _T("email", _K.EMAIL),
                _T("phone", _K.PHONE),
                _T("web", _K.WEB, public=True),
                _T("umbrellas", _K.REFERENCES, of="organisations", public=True),
                _T("national_parent", public=True),
                _T("owner", _K.CHOICE, choices=OWNERS, public=True),
                _T("centre_tasks", _K.CHOICES, choices=CENTRE_TASKS, public=True),
                _T("in_voluntary_register", _K.BOOLEAN, public=True),
                _T("status", _K.CHOICE, choices=ORGANISATION_STATUSES, filled=True, public=True),
                _T("dissolved_on", _K.DATE, public=True),
            ),
            _table(
                "contacts",
                _T("name", filled=True, personal=True),
                _T("kind", _K.CHOICE, choices=CONTACT_KINDS, filled=True, public=True),
                _T("side", _K.CHOICE, choices=SIDES, filled=True, public=True),
                _ORGANISATION,
                _UNIT,
                _T("role", public=True),
                _T("matters", public=True),
                _FIELDS,
                _T("coordination_position", _K.BOOLEAN, public=True),
                _T("email", _K.EMAIL, personal=True),
                _T("phone", _K.PHONE, personal=True),
                _T("web", _K.WEB, public=True),
                _T("left_on", _K.DATE),
                _T("keep_until", _K.DATE),
            ),
            _table(
                "agreements",
                _T("title", filled=True, public=True),
                _filled(_ORGANISATION),
                _UNIT,
                _FIELDS,
                _T("role_of_municipality", _K.LONG_TEXT),
                _T("role_of_organisation", _K.LONG_TEXT),
                _T("made_together", _K.BOOLEAN),
                *_PERIOD,
                _T("review_on", _K.DATE),
                _T("document"),
                _T("checksum"),
                _CASE,
                _T("ended_on", _K.DATE),
                _T("ended_because"),
            ),
            _table(
                "relations",
                _filled(_ORGANISATION),
                _filled(_UNIT),
                _filled(_FIELD),
                _T("form", _K.CONCEPT, of="forms", filled=True, public=True),
                *_PERIOD,
                _ECONOMIC,
                _T("amount", _K.AMOUNT),
                _T("agreement", _K.REFERENCE, of="agreements"),
                _T("organisation_contact", _K.REFERENCE, of="contacts"),
                _T("municipal_contact", _K.REFERENCE, of="contacts"),
                _T("statutory", _K.BOOLEAN),
                _T("target", _K.CHOICE, choices=TARGETS),
                _T("target_group"),
                _T("proposed_by", _K.CHOICE, choices=PARTIES),
                _T("decided_by", _K.CHOICE, choices=PARTIES),
            ),
            _table(
                "bodies",
                _T("name", filled=True, public=True),
                _T("type", _K.CHOICE, choices=BODY_TYPES, filled=True, public=True),
                _T("mandate", _K.LONG_TEXT, public=True),
                _FIELDS,
                _UNIT,
                _T("meetings_a_year", _K.INTEGER, public=True),
                _T("established_on", _K.DATE, public=True),
                _T("closed_on", _K.DATE, public=True),
                _T("closed_because", public=True),
                _T("web", _K.WEB, public=True),
            ),
            _table(
                "seats",
                _T("body", _K.REFERENCE, of="bodies", filled=True, public=True),
                _T("side", _K.CHOICE, choices=SIDES, filled=True, public=True),
                _ORGANISATION,
                _UNIT,
                _T("contact", _K.REFERENCE, of="contacts"),
                _T("role", _K.CHOICE, choices=SEAT_ROLES, public=True),
                *_PERIOD,
            ),
            _table(
                "meetings",
                _T("title", filled=True, public=True),
                _T("body", _K.REFERENCE, of="bodies", public=True),
                _FIELDS,
                _T("held_on", _K.DATE, filled=True, public=True),
                _T("starts_at", _K.TIME, public=True),
                _T("ends_at", _K.TIME, public=True),
                _T("place", public=True),
                _T("audience", _K.CHOICE, choices=AUDIENCES, public=True),
                _T("agenda", _K.LONG_TEXT, public=True),
                _T("minutes", _K.WEB, public=True),
                _T("present", _K.REFERENCES, of="organisations"),
            ),
            _table(
                "schemes",
                _T("name", filled=True, public=True),
                _filled(_ECONOMIC),
                _FIELDS,
                _UNIT,
                _T("criteria", _K.LONG_TEXT, public=True),
                _T("opens_on", _K.DATE, public=True),
                _T("deadline", _K.DATE, public=True),
                _T("budget", _K.AMOUNT, public=True),
                _T("web", _K.WEB, public=True),
            ),
            _table(
                "grants",
                _filled(_ORGANISATION),
                _T("scheme", _K.REFERENCE, of="schemes", public=True),
                _filled(_ECONOMIC),
                _FIELD,
                _UNIT,
                _T("year", _K.INTEGER, filled=True, public=True),
                _T("years", _K.INTEGER, public=True),
                _T("purpose", public=True),
                _T("applied_on", _K.DATE),
                _T("applied", _K.AMOUNT),
                _T("decision", _K.CHOICE, choices=DECISIONS, filled=True, public=True),
                _T("decided_on", _K.DATE, public=True),
                _T("amount", _K.AMOUNT, public=True),
                _T("agreement", _K.REFERENCE, of="agreements"),
                _CASE,
            ),
            _table(
                "premises",
                _T("name", filled=True, public=True),
                _T("address", public=True),
                _T("place", public=True),
                _UNIT,
                _T("capacity", _K.INTEGER, public=True),
                _T("equipment", _K.LONG_TEXT, public=True),
                _T("step_free", _K.BOOLEAN, public=True),
                _T("price", public=True),
                _T("booking", _K.WEB, public=True),
            ),
            _table(
                "allocations",
                _T("premises", _K.REFERENCE, of="premises", filled=True, public=True),
                _filled(_ORGANISATION),
                _FIELD,
                *_PERIOD,
                _T("hours_a_week", _K.NUMBER, public=True),
                _T("rent", _K.AMOUNT),
            ),
            _internal(
                "enquiries",
                _ORGANISATION,
                _UNIT,
                _FIELD,
                _T("subject", filled=True),
                _T("received_on", _K.DATE, filled=True),
                _T("answered_on", _K.DATE),
            ),
            _table(
                "policies",
                _T("title", filled=True, public=True),
                _T("generation", _K.INTEGER, public=True),
                _T("state", _K.CHOICE, choices=POLICY_STATES, filled=True, public=True),
                _T("adopted_on", _K.DATE, public=True),
                _T("valid_to", _K.DATE, public=True),
                _T("statement", _K.LONG_TEXT, public=True),
                _T("case_number", public=True),
                _T("web", _K.WEB, public=True),
            ),
            _table(
                "goals",
                _T("policy", _K.REFERENCE, of="policies", filled=True, public=True),
                _T("order", _K.INTEGER, public=True),
                _T("title", filled=True, public=True),
                _T("description", _K.LONG_TEXT, public=True),
            ),
            _table(
                "measures",
                _T("goal", _K.REFERENCE, of="goals", filled=True, public=True),
                _T("title", filled=True, public=True),
                _T("description", _K.LONG_TEXT, public=True),
                _FIELD,
                _T("barrier", _K.CONCEPT, of="barriers", public=True),
                _T("advice", public=True),
                _UNIT,
                _T("contact", _K.REFERENCE, of="contacts"),
                _T("begins_on", _K.DATE, public=True),
                _T("deadline", _K.DATE, public=True),
                _T("every_year", _K.BOOLEAN, public=True),
                _T("status", _K.CHOICE, choices=MEASURE_STATUSES, filled=True, public=True),
                _T("late_because", _K.LONG_TEXT, public=True),
                _T("done_on", _K.DATE, public=True),
                _T("evidence", _K.LONG_TEXT, public=True),
                _T("decision", public=True),
                _T("case_number", public=True),
                _T("cost", _K.AMOUNT),
            ),
            _table(
                "criteria",
                _T("policy", _K.REFERENCE, of="policies", filled=True, public=True),
                _T("criterion", _K.CHOICE, choices=CRITERIA, filled=True, public=True),
                _T("verdict", _K.CHOICE, choices=VERDICTS, filled=True, public=True),
                _T("evidence", _K.LONG_TEXT, filled=True, public=True),
                _T("web", _K.WEB, public=True),
                _T("case_number", public=True),
                _T("judged_on", _K.DATE, public=True),
            ),
            _table(
                "processes",
                _T("title", filled=True, public=True),
                _T("kind", _K.CHOICE, choices=PROCESS_KINDS, filled=True, public=True),
                _T("policy", _K.REFERENCE, of="policies", public=True),
                _FIELDS,
                _UNIT,
                _T("opens_on", _K.DATE, public=True),
                _T("deadline", _K.DATE, public=True),
                _T("sector_involved_at", _K.CHOICE, choices=STAGES, public=True),
                _T("sector_involved_on", _K.DATE, public=True),
                _T("adopted_on", _K.DATE, public=True),
                _T("case_number", public=True),
                _T("web", _K.WEB, public=True),
            ),
            _table(
                "inputs",
                _T("process", _K.REFERENCE, of="processes", filled=True, public=True),
                _ORGANISATION,
                _UNIT,
                _T("invited_on", _K.DATE),
                _T("received_on", _K.DATE, public=True),
                _T("summary", _K.LONG_TEXT),
                _T("outcome", _K.CHOICE, choices=INPUT_OUTCOMES, public=True),
                _T("reason", _K.LONG_TEXT, public=True),
            ),
            _table(
                "needs",
                _T("title", filled=True, public=True),
                _ORGANISATION,
                _UNIT,
                _FIELD,
                _T("description", _K.LONG_TEXT, public=True),
                _T("place", public=True),
                _T("times", public=True),
                _T("languages", public=True),
                _T("wanted", _K.INTEGER, public=True),
                _T("published_on", _K.DATE, public=True),
                _T("open_until", _K.DATE, public=True),
                _T("closed_on", _K.DATE, public=True),
            ),
            _internal(
                "offers",
                _T("name", personal=True),
                _T("email", _K.EMAIL, personal=True),
                _T("phone", _K.PHONE, personal=True),
                _ORGANISATION,
                _UNIT,
                _FIELDS,
                _T("description", _K.LONG_TEXT, personal=True),
                _T("place"),
                _T("times"),
                _T("languages"),
                _T("given_on", _K.DATE, filled=True),
                _T("expires_on", _K.DATE, filled=True),
                _T("consented_on", _K.DATE),
                _T("status", _K.CHOICE, choices=OFFER_STATUSES, filled=True),
            ),
            _internal(
                "referrals",
                _T("offer", _K.REFERENCE, of="offers", filled=True),
                _T("need", _K.REFERENCE, of="needs"),
                _ORGANISATION,
                _UNIT,
                _T("sent_on", _K.DATE, filled=True),
                _T("answered_on", _K.DATE),
                _T("outcome", _K.CHOICE, choices=REFERRAL_OUTCOMES, filled=True),
            ),
            _internal(
                "capacities",
                _filled(_ORGANISATION),
                _FIELD,
                _T("persons", _K.INTEGER, filled=True),
                *_PERIOD,
            ),
            _table(
                "gatherings",
                _T("title", filled=True, public=True),
                _FIELDS,
                _T("held_on", _K.DATE, filled=True, public=True),
                _T("place", public=True),
                _T("present", _K.REFERENCES, of="organisations"),
            ),
            _internal(
                "matches",
                _T("gathering", _K.REFERENCE, of="gatherings"),
                _T("need", _K.REFERENCE, of="needs", filled=True),
                _ORGANISATION,
                _UNIT,
                _T("offered", _K.LONG_TEXT),
                _T("outcome", _K.CHOICE, choices=MATCH_OUTCOMES, filled=True),
                _T("follow_up_on", _K.DATE),
                _T("followed_up_on", _K.DATE),
                _T("relation", _K.REFERENCE, of="relations"),
            ),
        )
    }
)
"""Each stands after those that it must refer to; ``offers`` are of a person, or of an organisation
or a unit that offers what it has."""
