"""A job that a worker was killed in the middle of is done by the next."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from samspill.web.jobs import running
from samspill.web.jobs.models import Job
from samspill.web.serving.interrupted import ask_again


@pytest.fixture
def done(monkeypatch):
    """What a kind of work has been asked to do."""
    told = []
    monkeypatch.setitem(running._KINDS, "trial.work", lambda work, word: told.append(word))
    return told


@pytest.mark.django_db(transaction=True)
def test_work_under_way_at_the_kill_is_done_at_the_next_start(done):
    job = running.start("trial.work", owner=None, language="nb", word="kept")
    Job.objects.update(state="running", done=3, total=9)
    DBTaskResult.objects.update(status="RUNNING")
    call_command("db_worker", batch=True, queue_name="*", reload=False, startup_delay=False)
    assert done == []
    assert ask_again() == 1
    call_command("db_worker", batch=True, queue_name="*", reload=False, startup_delay=False)
    assert done == ["kept"]
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.django_db(transaction=True)
def test_finished_work_is_left_alone(done):
    running.start("trial.work", owner=None, language="nb", word="once")
    call_command("db_worker", batch=True, queue_name="*", reload=False, startup_delay=False)
    assert ask_again() == 0
    call_command("db_worker", batch=True, queue_name="*", reload=False, startup_delay=False)
    assert done == ["once"]
