"""The server as it is started: ready from nothing, refusing what it cannot do, quiet at the end."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import sqlite3
import urllib.error

import pytest
from django.db import connection
from web.database.schema import schema
from web.serving.served import Served

pytestmark = pytest.mark.long


@pytest.fixture
def serve(tmp_path):
    started = []

    def start(*arguments, **options):
        started.append(Served(tmp_path / "data", *arguments, **options))
        return started[-1]

    yield start
    for served in started:
        served.end()


def test_from_nothing_to_a_first_administrator_and_a_quiet_end(serve, tmp_path, db):
    served = serve("serve", "--workers", "1")
    said = served.read_until("answers at")
    link = re.search(r"http://\S+/first-administrator/\S+", said)[0]
    served.wait_until_it_answers()
    assert json.loads(served.get("/health/"))["database"] == "ok"
    page = served.get(link.split(str(served.port), 1)[1])
    assert 'name="password"' in page
    with pytest.raises(urllib.error.HTTPError, match="404"):
        served.get("/a/a-secret-token/")
    assert served.stop() == 0
    rest = served.process.stderr.read().decode()
    assert "a-secret-token" not in said + rest
    assert "Traceback" not in rest
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "samspill.sqlite3")) as file:
        _was_migrated_to_what_the_models_say(file)


def _was_migrated_to_what_the_models_say(file):
    """Tests take their database from the models, so that nobody waits for the migrations."""
    migrated = schema(file.cursor())
    assert "studies_study" in migrated
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert migrated == schema(cursor)


def test_a_taken_port_is_told_in_one_sentence(serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        served = serve("serve", "--no-jobs", port=taken.getsockname()[1])
        served.read_until("cannot be listened on")
        assert served.process.wait(timeout=60) == 3
    assert "Traceback" not in served.said


def test_the_demonstration_is_refused_where_others_could_reach_it(serve):
    served = serve("serve", "--host", "0.0.0.0", SAMSPILL_DEMO="1")
    served.read_until("on this machine alone")
    assert served.process.wait(timeout=60) == 3
