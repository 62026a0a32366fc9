"""Nothing is left of an erased person: not in any table, not in any file."""

from __future__ import annotations

import datetime
import io
import pickle
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.filebased import FileBasedCache
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from samspill.register import TABLES, Kind
from samspill.web.access.models import Position
from samspill.web.access.roles import REPRESENTATIVE
from samspill.web.accounts.models import User
from samspill.web.audit.models import Event
from samspill.web.audit.recording import record
from samspill.web.demonstration.pulse import load_pulse
from samspill.web.fieldwork.messages.sending import plan, send_waiting
from samspill.web.fieldwork.models import Message, Respondent
from samspill.web.jobs.models import Job
from samspill.web.mirror.actions.rounds import begin_round
from samspill.web.mirror.models import Asked, Review
from samspill.web.mirror.pulse.asking import parties
from samspill.web.mirror.reading import Mirror
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.actions.persons import erase_person
from samspill.web.municipality.models import Contact, Entry, Organisation, Upload
from samspill.web.organisation.actions.keys import make_link, open_feed
from samspill.web.organisation.models import Link
from samspill.web.volunteering.actions.surges import begin_surge

NAME, EMAIL, PHONE = "Xerxes Quillfeather", "xerxes@quillfeather.example", "+47 987 65 432"
BEFORE = "old@quillfeather.example"
WRITTEN = f"Ring {NAME.upper()}s kontor, {EMAIL}, 98765432 / {BEFORE}."
TRACE = re.compile(r"quillfeather|98765432")
ROOM = 150
"""A text column with less room than this is a name for machines."""
LEFT = {
    "instruments": "a version of a questionnaire is frozen",
    "auth": "Django's names of its own permissions",
    "contenttypes": "Django's names of its own tables",
    "accounts": "an account is the person's own, or another's",
    "jobs": "work is called by names of the program",
}


def holds(value: object) -> bool:
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                return any(holds(packed.read(name)) for name in packed.namelist())
        return holds(content.decode("utf-8", "ignore"))
    return TRACE.search(re.sub(r"\s", "", str(value)).casefold()) is not None


def held_in_tables() -> set[tuple[str, str]]:
    """Every column of every table of the database that holds the person."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {(table, n) for n, v in zip(names, row, strict=True) if holds(v)}
    return found


def held_in_files() -> set[str]:
    """Every file of the installation, but the database, that holds the person."""
    found = set()
    for path in Path(settings.DATA).rglob("*"):
        if path.is_file() and "sqlite3" not in path.name:
            content = path.read_bytes()
            if path.suffix == FileBasedCache.cache_suffix:
                content = _unpacked(content)
            if holds(content):
                found.add(path.name)
    return found


def _unpacked(content: bytes) -> bytes:
    """What the cache keeps in a file: when it runs out, and the value, packed."""
    rest = io.BytesIO(content)
    pickle.load(rest)
    return zlib.decompress(rest.read())


def free_columns(model) -> list[models.Field]:
    if issubclass(model, Entry):
        kinds = {Kind.TEXT, Kind.LONG_TEXT}
        return [
            model._meta.get_field(c.name)
            for c in TABLES[model.table].columns
            if c.kind in kinds and c.name != "identifier"
        ]
    keys = {name for one in model._meta.total_unique_constraints for name in one.fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in keys
        and isinstance(field, models.TextField | models.CharField)
        and not isinstance(field, models.URLField)
        and not field.choices
        and not field.unique
        and (field.max_length or ROOM) >= ROOM
    ]


def write_everywhere(municipality) -> set[tuple[str, str]]:
    """Write the person into every free text of every row there is; gives the columns."""
    written = set()
    for model in apps.get_models():
        if model._meta.app_label in LEFT:
            continue
        if model is Event:
            continue
        for row in model._default_manager.all():
            values = {}
            for field in free_columns(model):
                room = field.max_length or 10_000
                text = EMAIL if isinstance(field, models.EmailField) else WRITTEN[:room]
                values[field.attname] = text
            for field in model._meta.concrete_fields:
                content = getattr(row, field.attname)
                if isinstance(field, models.JSONField) and isinstance(content, dict):
                    values[field.attname] = {**content, "nb": WRITTEN}
            if values:
                models.QuerySet(model).filter(pk=row.pk).update(**values)
                written |= {(model._meta.db_table, name) for name in values}
    return written


@pytest.fixture
def coordinator(person, oterfjord):
    return person("coordinator", oterfjord)


@pytest.fixture
def known(oterfjord, coordinator):
    """A contact of the municipality whom two rounds have asked, and who has another address now."""
    contact = Contact.objects.filter(
        municipality=oterfjord, side="municipality", kind="person", left_on=None
    ).first()
    values = {"name": NAME, "email": BEFORE, "phone": PHONE}
    change_entry(actor="kari", entry=contact, values=values)
    load_pulse(oterfjord, coordinator)
    made = begin_round(
        actor=coordinator,
        municipality=oterfjord,
        parties=parties(oterfjord, timezone.localdate()),
        closes_at=timezone.now() + datetime.timedelta(days=20),
    )
    change_entry(actor="kari", entry=contact, values={"email": EMAIL})
    plan(made.collection, "invitation")
    send_waiting(made.collection, "invitation")
    asked = Asked.objects.get(round=made, identifier=contact.identifier)
    Message.objects.create(respondent=asked.respondent, purpose="reminder", number=9, to=BEFORE)
    return contact


@pytest.fixture
def spread(oterfjord, coordinator, known):
    """The person in every place that can hold one."""
    choir = Organisation.objects.filter(municipality=oterfjord).first()
    link, _token = make_link(actor="kari", organisation=choir, email=EMAIL.upper(), days=9)
    open_feed(actor="kari", organisation=choir, user=None, link=link, language="nb")
    speaker = User.objects.create_user(EMAIL, name=NAME)
    Position.objects.create(
        municipality=oterfjord, user=speaker, role=REPRESENTATIVE, organisation=choir
    )
    record(actor=speaker, action="x", subject=EMAIL, municipality=oterfjord.code, new=WRITTEN)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("xl/sharedStrings.xml", f"<t>{NAME}</t>")
    for content in (packed.getvalue(), WRITTEN.encode()):
        Upload.objects.create(
            municipality=oterfjord, user=coordinator, purpose="file", filename="x", content=content
        )
    begin_surge(actor=coordinator, municipality=oterfjord, reason=WRITTEN)
    Review.objects.create(
        municipality=oterfjord, variable="x", reason="x", by=coordinator, at=timezone.now()
    )
    respondent = Respondent.objects.filter(side="organisation").first()
    Respondent.objects.filter(pk=respondent.pk).update(organisation=WRITTEN)
    study = respondent.collection.study
    job = Job.objects.create(
        kind="fieldwork.export",
        arguments={"collection": study.collections.first().pk},
        state="done",
        filename="x.zip",
    )
    job.result = f"jobs/{job.pk}/x.zip"
    job.save()
    path = Path(settings.MEDIA_ROOT) / job.result
    path.parent.mkdir(parents=True)
    path.write_bytes(packed.getvalue())
    Mirror(oterfjord).names("contacts")
    return write_everywhere(oterfjord)


def test_nothing_is_left_in_any_table_or_file(
    oterfjord, coordinator, known, spread, django_capture_on_commit_callbacks
):
    cache.set("derived", [WRITTEN])
    before, files = held_in_tables(), held_in_files()
    assert spread <= before
    assert {table for table, _column in before} >= {
        "audit_event",
        "fieldwork_message",
        "fieldwork_respondent",
        "fieldwork_savedpage",
        "municipality_upload",
        "organisation_link",
        "post_office_email",
        "studies_study",
        "volunteering_surge",
    }
    assert len(files) >= 2
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(actor=coordinator, municipality=oterfjord, about=[known])
    assert held_in_tables() == set()
    assert held_in_files() == set()


def test_answers_stay_without_the_person_and_the_link_opens_nothing(
    oterfjord, coordinator, known, django_capture_on_commit_callbacks
):
    asked = Asked.objects.filter(identifier=known.identifier).select_related("respondent")
    tokens = {one.respondent.token for one in asked}
    answers = Mirror(oterfjord).rounds[0]
    with django_capture_on_commit_callbacks(execute=True):
        came = erase_person(actor=coordinator, municipality=oterfjord, about=[known])
    assert Mirror(oterfjord).rounds[0].equals(answers)
    assert not Respondent.objects.filter(token__in=tokens).exists()
    sent = asked.filter(respondent__response__submitted_at__isnull=False).count()
    assert came.kept.get("answers", 0) == sent
    assert came.holdings["pulse"] == asked.count() >= 1
    later = Respondent.objects.get(
        pk__in=asked.values("respondent"), collection__identifier="round_3"
    )
    assert (later.name, later.email) == ("", "")
    assert later.refused_at is not None
    assert not Message.objects.filter(respondent=later, state=Message.QUEUED).exists()


def test_others_are_asked_as_before(oterfjord, coordinator, known):
    others = Respondent.objects.exclude(
        pk__in=Asked.objects.filter(identifier=known.identifier).values("respondent")
    )
    before = list(others.order_by("pk").values())
    choir = Organisation.objects.filter(municipality=oterfjord).first()
    make_link(actor="kari", organisation=choir, email="other@example.org", days=9)
    erase_person(actor=coordinator, municipality=oterfjord, about=[known])
    assert list(others.order_by("pk").values()) == before
    assert Link.objects.get().email == "other@example.org"


def test_an_account_with_another_role_stays_and_is_told_of(oterfjord, empty, coordinator, known):
    user = User.objects.create_user(EMAIL)
    Position.objects.create(municipality=empty, user=user, role="coordinator")
    came = erase_person(actor=coordinator, municipality=oterfjord, about=[known])
    assert User.objects.filter(pk=user.pk).exists()
    assert came.kept["accounts"] == 1
    assert "accounts" not in came.holdings


def test_the_page_says_what_was_taken_out_and_what_stays(signed_in, oterfjord, known):
    client = signed_in("coordinator", oterfjord)
    address = reverse("municipality:erase_person", args=(oterfjord.code,))
    entry = {"entry": f"contacts/{known.identifier}"}
    asked = client.post(address, entry).content.decode()
    assert "personal links to an organisation" in asked.lower()
    page = client.post(address, {**entry, "sure": "1"}, follow=True)
    text = page.content.decode()
    assert "Times the pulse asked the person" in text
    assert "backups until they are replaced" in text
    assert not holds(text)


def test_a_name_of_one_word_is_left_where_it_may_be_another_word(oterfjord, coordinator):
    contact, other = Contact.objects.filter(municipality=oterfjord)[:2]
    change_entry(actor="kari", entry=contact, values={"name": "Per", "email": "", "phone": ""})
    change_entry(actor="kari", entry=other, values={"note": "Fire møter per år."})
    came = erase_person(actor=coordinator, municipality=oterfjord, about=[contact])
    other.refresh_from_db()
    assert other.note == "Fire møter per år."
    assert came.kept["one_word"] == 1


def test_who_had_the_entry_before_is_not_erased_with_the_one_who_has_it(oterfjord, coordinator):
    contact, other = Contact.objects.filter(municipality=oterfjord)[:2]
    for values in ({"name": "Berit Forgjenger", "email": "leder@example.org"}, {"name": NAME}):
        change_entry(actor="kari", entry=contact, values=values)
    change_entry(actor="kari", entry=contact, values={"email": EMAIL})
    change_entry(actor="kari", entry=other, values={"name": "Berit Forgjenger"})
    erase_person(actor=coordinator, municipality=oterfjord, about=[contact])
    other.refresh_from_db()
    assert other.name == "Berit Forgjenger"
