"""What is written once asks and writes what the query set would."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from web.answering.asking import ask, open_collection

from samspill.instrument import shipped_instrument
from samspill.web.database.prepared import Prepared, PreparedInsert
from samspill.web.fieldwork.models import Response, SavedPage
from samspill.web.studies.models import Study, Unit, UnitName

pytestmark = pytest.mark.django_db

DAYS = [None, datetime.date(2020, 1, 1), datetime.date(2024, 1, 1)]


@pytest.fixture
def units(study):
    made = [study.units.create(identifier=f"u{n}") for n in range(3)]
    for unit in made[:2]:
        for day in DAYS:
            unit.names.create(code=unit.identifier, name=f"{unit} %s ' {day}", valid_from=day)
    return made


def _held(instance):
    return {f.attname: getattr(instance, f.attname) for f in type(instance)._meta.concrete_fields}


def test_each_value_gives_what_the_query_set_gives_in_its_order(units):
    def query(unit):
        return UnitName.objects.filter(unit_id=unit).order_by("-pk")

    prepared = Prepared(query, -1)
    for unit in [*units, units[0]]:
        assert [_held(n) for n in prepared.all(unit.pk)] == [_held(n) for n in query(unit.pk)]
    assert prepared.first(units[0].pk) == query(units[0].pk).first()
    assert prepared.first(units[2].pk) is None


@pytest.mark.parametrize("value", ["u1", "u1' OR '1'='1", "%s", "", "ø"])
def test_a_value_is_only_ever_a_value(units, value):
    prepared = Prepared(lambda name: Unit.objects.filter(identifier=name), "another")
    assert prepared.all(value) == list(Unit.objects.filter(identifier=value))


def test_the_other_parameters_of_the_query_stay(units, study):
    def query(unit):
        return UnitName.objects.filter(unit_id=unit, valid_from__gte=DAYS[1], unit__study=study.pk)

    assert len(Prepared(query, -1).all(units[0].pk)) == len(query(units[0].pk)) == 2


def test_related_instances_and_annotations_come_along_and_nothing_more_is_asked(
    units, django_assert_num_queries
):
    def query(unit):
        found = UnitName.objects.filter(unit_id=unit).select_related("unit__study")
        return found.annotate(own=F("unit__identifier")).order_by("pk")

    prepared = Prepared(query, -1)
    with django_assert_num_queries(1):
        first = prepared.all(units[1].pk)[0]
        assert (first.unit, first.own) == (units[1], "u1")
        assert first.unit.study.title["en"] == "The trial"
    assert not first._state.adding


def test_what_was_left_out_is_fetched_when_it_is_wanted(units, django_assert_num_queries):
    prepared = Prepared(lambda slug: Study.objects.filter(slug=slug).only("slug"), "another")
    with django_assert_num_queries(1):
        found = prepared.first("trial")
    with django_assert_num_queries(1):
        assert found.year == 2026


def test_what_has_changed_since_is_read(units):
    prepared = Prepared(lambda unit: Unit.objects.filter(pk=unit), -1)
    assert prepared.first(units[0].pk).ceased_on is None
    Unit.objects.filter(pk=units[0].pk).update(ceased_on=DAYS[1])
    assert prepared.first(units[0].pk).ceased_on == DAYS[1]


@pytest.mark.django_db(transaction=True)
def test_threads_have_their_own(units):
    prepared = Prepared(lambda unit: UnitName.objects.filter(unit_id=unit), -1)
    found = {}

    def ask(unit):
        found[unit] = {name.unit_id for name in prepared.all(unit)}
        connection.close()

    threads = [threading.Thread(target=ask, args=(unit.pk,)) for unit in units[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {unit.pk: {unit.pk} for unit in units[:2]}


def test_an_insert_writes_what_save_would_write(units, wave, study):
    asked = ask(open_collection(study, wave, shipped_instrument("pulse")))
    response = Response.objects.create(respondent=asked)
    given = {"answers": {"/why": ["é '%s", "b"], "x/y": "1"}, "author": "a", "set_aside": True}
    insert = PreparedInsert(SavedPage)
    before = timezone.now()
    for revision in (1, 2):
        page = SavedPage(response=response, step="s", revision=revision, **given)
        insert(page)
        assert before <= page.saved_at <= timezone.now()
    saved = SavedPage(response=response, step="s", revision=3, **given)
    saved.save()
    first, second, third = SavedPage.objects.order_by("revision")
    assert second.saved_at == page.saved_at
    for one in (first, second):
        held = {**_held(one), "id": 0, "revision": 0, "saved_at": 0}
        assert held == {**_held(third), "id": 0, "revision": 0, "saved_at": 0}


def test_an_insert_keeps_to_the_constraints_of_the_table(units):
    insert = PreparedInsert(Unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Unit(study_id=units[0].study_id, identifier="u0"))
