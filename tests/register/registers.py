"""Registers to test with: a small one, and any that hypothesis may think of."""

from __future__ import annotations

import string
from datetime import date, time
from typing import Any

from hypothesis import strategies as st

from samspill import vocabulary
from samspill.register import TABLES, Column, Kind, Register
from samspill.register.checks import PERIODS
from samspill.register.numbers import is_organisation_number
from samspill.register.publicity import may_be_public
from samspill.register.schema import LISTS
from samspill.register.values import joined

SPORT = "974760673"


def example(**more: list[dict[str, Any]]) -> Register:
    """A small invented municipality with something in most tables, and what is private in it."""
    tables: dict[str, list[dict[str, Any]]] = {
        "municipal_units": [
            {"identifier": "culture", "name": "Kultur og fritid", "fields": ("culture_leisure",),
             "email": "kultur@example.no", "phone": "22 33 44 55", "web": "https://example.no/k"},
            {"identifier": "health", "name": "Helse; omsorg", "parent": "culture"},
        ],
        "organisations": [
            {"identifier": "il", "name": "Fjordvik idrettslag", "number": SPORT,
             "kind": "organisation", "fields": ("culture_leisure", "children_youth"),
             "purpose": "Idrett for alle.\nOgså \"parasport\", og friluftsliv.", "members": 340,
             "founded_on": date(1888, 5, 17), "address": "Strandgata 1", "postcode": "0150",
             "place": "Fjordvik", "email": "hemmelig@il.example.no", "status": "active",
             "umbrellas": ("raad",), "in_voluntary_register": True,
             "web": "https://il.example.no"},
            {"identifier": "raad", "name": "Fjordvik idrettsråd", "kind": "umbrella",
             "status": "active"},
            {"identifier": "kor", "name": "Fjordvik kor", "kind": "organisation",
             "status": "dissolved", "dissolved_on": date(2024, 6, 1), "public": "name;status"},
            {"identifier": "skjult", "name": "Skjult forening", "kind": "organisation",
             "status": "active", "public": "none"},
        ],
        "contacts": [
            {"identifier": "c1", "name": "Kari Hemmelig", "kind": "person", "side": "organisation",
             "organisation": "il", "role": "leder", "email": "kari@hemmelig.example.no",
             "phone": "+47 99 88 77 66", "matters": "haller"},
            {"identifier": "c2", "name": "Kulturkontoret", "kind": "function",
             "side": "municipality", "municipal_unit": "culture", "email": "post@example.no",
             "public": "name;kind;side;municipal_unit;email"},
        ],
        "agreements": [
            {"identifier": "a1", "title": "Avtale om svømmehallen", "organisation": "il",
             "municipal_unit": "culture", "valid_from": date(2025, 1, 1),
             "valid_to": date(2027, 12, 31), "review_on": date(2026, 12, 1),
             "case_number": "25/1234", "made_together": True},
        ],
        "relations": [
            {"identifier": "r1", "organisation": "il", "municipal_unit": "culture",
             "field": "culture_leisure", "form": "service_delivery",
             "valid_from": date(2025, 1, 1), "economic_relation": "activity_grant",
             "amount": 120000, "agreement": "a1", "organisation_contact": "c1",
             "municipal_contact": "c2", "target": "named_group", "target_group": "eldre",
             "note": "Internt: gikk dårlig i fjor."},
        ],
        "bodies": [
            {"identifier": "b1", "name": "Samarbeidsrådet", "type": "council",
             "fields": ("culture_leisure",), "mandate": "Rådgivende."},
        ],
        "seats": [
            {"identifier": "s1", "body": "b1", "side": "organisation", "organisation": "raad",
             "contact": "c1", "role": "chair", "valid_from": date(2024, 1, 1)},
        ],
        "meetings": [
            {"identifier": "m1", "title": "Dialogmøte", "body": "b1", "held_on": date(2026, 3, 29),
             "starts_at": time(18, 30), "ends_at": time(20, 0), "place": "Rådhuset",
             "audience": "public", "agenda": "1. Tilskudd, 2. Haller; 3. Annet"},
            {"identifier": "m2", "title": "Årsmøte", "held_on": date(2026, 10, 25),
             "audience": "invited"},
        ],
        "schemes": [
            {"identifier": "t1", "name": "Driftstilskudd", "economic_relation": "operating_grant",
             "deadline": date(2026, 3, 1), "opens_on": date(2026, 1, 15), "budget": 900000,
             "web": "https://example.no/drift"},
        ],
        "grants": [
            {"identifier": "g1", "organisation": "il", "scheme": "t1",
             "economic_relation": "operating_grant", "field": "culture_leisure", "year": 2025,
             "purpose": "Drift av idrettslaget", "applied_on": date(2025, 2, 1),
             "applied": 150000, "decision": "partly_granted", "decided_on": date(2025, 4, 1),
             "amount": 120000, "case_number": "25/99"},
            {"identifier": "g2", "organisation": "raad", "scheme": "t1", "year": 2025,
             "economic_relation": "operating_grant", "decision": "refused",
             "decided_on": date(2025, 4, 1)},
            {"identifier": "g3", "organisation": "skjult", "year": 2025, "amount": 5000,
             "economic_relation": "operating_grant", "decision": "granted",
             "decided_on": date(2025, 4, 1)},
        ],
        "premises": [
            {"identifier": "p1", "name": "Svømmehallen", "address": "Badeveien 2",
             "place": "Fjordvik", "capacity": 80, "step_free": True,
             "booking": "https://example.no/lei"},
        ],
        "allocations": [
            {"identifier": "l1", "premises": "p1", "organisation": "il", "hours_a_week": 7.5,
             "rent": 0},
        ],
        "policies": [
            {"identifier": "pol", "title": "Frivillighetsplan", "state": "adopted",
             "generation": 2, "adopted_on": date(2024, 6, 12)},
        ],
        "goals": [{"identifier": "goal", "policy": "pol", "order": 1, "title": "Flere møtes"}],
        "measures": [
            {"identifier": "t", "goal": "goal", "title": "Ressurstreff",
             "deadline": date(2026, 11, 1), "status": "planned", "municipal_unit": "culture",
             "contact": "c2", "cost": 25000, "every_year": True, "barrier": "coordination"},
        ],
        "processes": [
            {"identifier": "h1", "title": "Høring av idrettsplanen", "kind": "hearing",
             "opens_on": date(2026, 2, 1), "deadline": date(2026, 4, 15)},
        ],
        "needs": [
            {"identifier": "n1", "title": "Sjåfører til tur", "organisation": "il",
             "published_on": date(2026, 5, 1)},
        ],
        "offers": [
            {"identifier": "o1", "name": "Ola Tilbyder", "email": "ola@hemmelig.example.no",
             "description": "Kan kjøre bil", "given_on": date(2026, 5, 2),
             "expires_on": date(2026, 8, 2), "status": "waiting"},
        ],
    }  # fmt: skip
    return Register.of("9999", "Fjordvik kommune", {**tables, **more}, invented=True)


_CONCEPTS = {
    name: sorted(concept.identifier for concept in scheme.walk())
    for name, scheme in vocabulary.load().schemes.items()
}
_LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2028\u2029\ufffe\uffff"
)
_LINE = st.text(_LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
_LINES = st.lists(_LINE, min_size=1, max_size=3).map("\n".join)
_WORD = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
_NUMBERS = st.integers(80_000_000, 99_999_999).map(
    lambda eight: next(
        (f"{eight}{d}" for d in range(10) if is_organisation_number(f"{eight}{d}")), SPORT
    )
)
_SIMPLE = {
    Kind.TEXT: _LINE,
    Kind.LONG_TEXT: _LINES,
    Kind.INTEGER: st.integers(0, 10**9),
    Kind.AMOUNT: st.integers(0, 10**12),
    Kind.NUMBER: st.decimals(0, 10**6, places=3).map(float),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(date(1600, 1, 1), date(2400, 1, 1)),
    Kind.TIME: st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    Kind.EMAIL: _WORD.map(lambda word: f"{word}@example.no"),
    Kind.PHONE: st.integers(10**7, 10**8 - 1).map(str),
    Kind.WEB: _WORD.map(lambda word: f"https://example.no/{word}"),
    Kind.NUMBER_OF_ORGANISATION: _NUMBERS,
}


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Any sound register with a few rows a table."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES.values():
        names = draw(st.lists(_LINE, max_size=2, unique=True))
        tables[table.name] = []
        for name in names:
            row = _row(draw, table.columns, name, tables)
            if row is not None:
                _put_in_order(row)
                _publish(draw, table.name, table.columns, row)
                tables[table.name].append(row)
    _without_repeated_numbers(tables["organisations"])
    name = draw(_LINE)
    code = draw(st.from_regex(r"[0-9]{4}([0-9]{2})?", fullmatch=True).filter(str.isascii))
    return Register.of(code, name, tables, invented=draw(st.booleans()))


def _row(
    draw: st.DrawFn, columns: tuple[Column, ...], name: str, tables: dict[str, list[dict[str, Any]]]
) -> dict[str, Any] | None:
    row: dict[str, Any] = {"identifier": name}
    for column in columns:
        if column.name in {"identifier", "public"}:
            continue
        if not column.filled and draw(st.booleans()):
            row[column.name] = () if column.kind in LISTS else None
            continue
        known = _known(column, tables)
        if column.kind in LISTS:
            row[column.name] = ()
            if known:
                items = st.lists(st.sampled_from(known), unique=True, max_size=3)
                row[column.name] = tuple(draw(items))
        elif column.kind in _SIMPLE:
            row[column.name] = draw(_SIMPLE[column.kind])
        elif known:
            row[column.name] = draw(st.sampled_from(known))
        elif column.filled:
            return None
    return row


def _known(column: Column, tables: dict[str, list[dict[str, Any]]]) -> list[str]:
    if column.choices:
        return list(column.choices)
    if column.kind in {Kind.REFERENCE, Kind.REFERENCES}:
        return [row["identifier"] for row in tables.get(column.of, [])]
    return _CONCEPTS.get(column.of, ["1 100", "6;200\\x"])


def _put_in_order(row: dict[str, Any]) -> None:
    for _ in range(3):
        for first, last in PERIODS:
            begins, ends = row.get(first), row.get(last)
            if begins is not None and ends is not None and ends < begins:
                row[last] = begins


def _publish(draw: st.DrawFn, table: str, columns: tuple[Column, ...], row: dict[str, Any]) -> None:
    row.setdefault("left_on", None)
    able = [column.name for column in columns if may_be_public(table, column, row)]
    if "left_on" not in [column.name for column in columns]:
        del row["left_on"]
    choices = [st.none(), st.just("none")]
    if able:
        names = st.lists(st.sampled_from(able), unique=True, min_size=1)
        choices.append(names.map(tuple).map(joined))
    row["public"] = draw(st.one_of(choices))


def _without_repeated_numbers(rows: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.get("number") in seen:
            row["number"] = None
        elif row.get("number"):
            seen.add(row["number"])
