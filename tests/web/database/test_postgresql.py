"""The same promises on PostgreSQL, where a server answers on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit, urlunsplit

import pytest

psycopg = pytest.importorskip("psycopg")
SERVER = os.environ.get("SAMSPILL_TEST_SERVER", "postgresql://postgres@127.0.0.1:5432/postgres")

pytestmark = [pytest.mark.postgresql, pytest.mark.long]

SAVE_AT_ONCE = """
import sys, threading
from samspill.web.manage import manage
manage(["migrate", "-v0"])
from django.db import connection, transaction
from samspill.web.accounts.models import User
from samspill.web.audit.models import Event
from samspill.web.audit.recording import record

assert connection.vendor == "postgresql"

def save(name):
    for turn in range(25):
        with transaction.atomic():
            user = User.objects.create_user(f"{name}-{turn}@example.org")
            record(actor=user, action="trial.save", subject=user.email)
    connection.close()

threads = [threading.Thread(target=save, args=(name,)) for name in "abcd"]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(User.objects.count(), Event.objects.count())
"""


@pytest.fixture
def database():
    """The address of an empty database of its own."""
    name = f"samspill_test_{uuid.uuid4().hex[:8]}"
    try:
        connection = psycopg.connect(SERVER, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL server answers")
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_migrations_and_saving_at_once(database, tmp_path):
    done = _run(SAVE_AT_ONCE, database, tmp_path)
    assert done.stdout.split() == ["100", "100"], done.stderr


def test_every_change_of_a_model_has_its_migration(database, tmp_path):
    check = "from samspill.web.manage import manage; manage(['makemigrations', '--check'])"
    done = _run(check, database, tmp_path)
    assert done.returncode == 0, done.stdout


def _run(code, database, folder):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    environment |= {"DATABASE_URL": database, "SAMSPILL_DATA": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
