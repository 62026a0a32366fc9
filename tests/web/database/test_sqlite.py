"""The SQLite backend: durable, one writer at a time, readers never wait, nothing lost."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from samspill.web.database.sqlite.base import DatabaseWrapper
from samspill.web.database.sqlite.lock import LockTimeout, WriteLock


def _settings(path, **options):
    return {
        "ENGINE": "samspill.web.database.sqlite",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
        "TIME_ZONE": None,
        "TEST": {"NAME": None},
    }


ALIASES = itertools.count()


def _connect(path, **options) -> BaseDatabaseWrapper:
    wrapper = DatabaseWrapper(_settings(path, **options), alias=f"trial-{next(ALIASES)}")
    connections[wrapper.alias] = wrapper
    wrapper.ensure_connection()
    return wrapper


def transaction_of(connection):
    return transaction.atomic(using=connection.alias)


@pytest.fixture(autouse=True)
def databases_of_their_own(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "trial.sqlite3"
    connection = _connect(path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE entry (id integer PRIMARY KEY, writer text UNIQUE)")
    connection.close()
    return path


@pytest.fixture
def connect(path):
    opened = []

    def one(**options):
        opened.append(_connect(path, **options))
        return opened[-1]

    yield one
    for connection in opened:
        connection.close()


def _add(connection, name):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO entry (writer) VALUES (%s) RETURNING id", [name])
        return cursor.fetchone()


def _add_all(connection, *names):
    for name in names:
        _add(connection, name)


def _names(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT writer FROM entry ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_every_commit_is_on_the_disk_before_it_is_told(connect, pragma, value):
    with connect().cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_statement_on_its_own_is_committed_and_gives_the_lock_back(connect):
    first, second = connect(), connect(timeout=0.1)
    assert _add(first, "one") == (1,)
    assert _names(second) == ["one"]
    assert _add(second, "two") == (2,)


def test_rows_returned_by_a_write_can_be_read_in_every_way(connect):
    insert = "INSERT INTO entry (writer) VALUES (%s), (%s), (%s) RETURNING writer"
    with connect().cursor() as cursor:
        cursor.execute(insert, ["a", "b", "c"])
        assert [cursor.fetchone(), cursor.fetchmany(1), cursor.fetchall()] == [
            ("a",),
            [("b",)],
            [("c",)],
        ]
        cursor.execute(insert, ["d", "e", "f"])
        assert list(cursor) == [("d",), ("e",), ("f",)]
        assert cursor.fetchone() is None


def test_readers_do_not_wait_for_the_writer(connect):
    writer, reader = connect(), connect(timeout=0.0)
    with transaction_of(writer):
        _add(writer, "unseen")
        assert _names(reader) == []
    assert _names(reader) == ["unseen"]


def test_a_second_writer_is_told_when_it_has_waited_long_enough(connect):
    first, second = connect(), connect(timeout=0.05)
    with transaction_of(first), pytest.raises(OperationalError, match="locked"):
        _add(second, "late")
    _add(second, "in time")
    assert _names(first) == ["in time"]


def test_a_block_that_fails_leaves_nothing_and_gives_the_lock_back(connect):
    first, second = connect(), connect(timeout=0.05)
    _add(first, "one")
    with pytest.raises(IntegrityError), transaction_of(first):
        _add_all(first, "new", "one")
    _add(second, "two")
    assert _names(first) == ["one", "two"]


def test_a_block_within_a_block_keeps_the_lock_to_the_end_of_the_outer(connect):
    first, second = connect(), connect(timeout=0.05)
    with transaction_of(first):
        with transaction_of(first):
            _add(first, "inner")
        with pytest.raises(OperationalError):
            _add(second, "between")
    _add(second, "after")


@pytest.mark.parametrize("statement", ["PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA optimize"])
def test_a_checkpoint_waits_for_the_lock(connect, statement):
    writer, other = connect(), connect(timeout=0.05)
    with (
        transaction_of(writer),
        other.cursor() as cursor,
        pytest.raises(OperationalError, match="locked"),
    ):
        cursor.execute(statement)


def test_closing_gives_the_lock_back(connect):
    first, second = connect(), connect(timeout=0.05)
    first.connection.take()
    first.close()
    assert _add(second, "free") == (1,)


def test_threads_wait_for_each_other_without_failing(path):
    def write(name):
        connection = _connect(path)
        for turn in range(20):
            with transaction_of(connection):
                before = len(_names(connection))
                _add(connection, f"{name}-{turn}")
                assert len(_names(connection)) == before + 1
        connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection = _connect(path)
    assert len(_names(connection)) == 8 * 20
    connection.close()


def _write_and_tell(path, name, told):
    connection = _connect(path)
    for turn in range(100_000):
        _add(connection, f"{name}-{turn}")
        told.send(f"{name}-{turn}")


def test_what_was_told_to_be_saved_is_there_after_a_kill(path):
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe(duplex=False) for _ in range(3)]
    writers = [
        context.Process(target=_write_and_tell, args=(path, str(number), pipe[1]))
        for number, pipe in enumerate(pipes)
    ]
    told = []
    for writer, (_, sender) in zip(writers, pipes, strict=True):
        writer.start()
        sender.close()
    for receiver, _ in pipes:
        told += [receiver.recv() for _ in range(30)]
    for writer, (receiver, _) in zip(writers, pipes, strict=True):
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        while receiver.poll():
            try:
                told.append(receiver.recv())
            except EOFError:
                break
    connection = _connect(path, timeout=1.0)
    stored = set(_names(connection))
    assert set(told) <= stored
    assert len(stored) <= len(told) + len(writers)
    _add(connection, "the lock is free")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_the_shell_only_reads(path):
    wrapper = DatabaseWrapper(_settings(path), alias="trial")
    arguments, _ = wrapper.client.settings_to_cmd_args_env(wrapper.settings_dict, [])
    assert arguments == ["sqlite3", "-readonly", str(path)]


def test_the_lock_in_memory_is_one_for_all_threads():
    first, second = WriteLock("memory", None, 0.05), WriteLock("memory", None, 0.05)
    first.acquire()
    with pytest.raises(LockTimeout):
        second.acquire()
    first.release()
    second.acquire()
    second.release()
