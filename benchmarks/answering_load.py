"""python3 start.py run python -m benchmarks.answering_load [--database-url URL] [--json FILE]

Fifty respondents at once answer the whole 2018 instrument through the real pages of the real
server, which has a data folder (or, with --database-url, a PostgreSQL database) of its own, thrown
away afterwards. Then the server is killed in the middle and started again: every save that it had
acknowledged must be in the database.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from benchmarks.respondent import Gone, Respondent

START = "from samspill.cli import main; main()"
AT_ONCE = 50
WARM_UP = 8
KILLED_AFTER = 250


def main() -> None:
    options = _options()
    with (
        tempfile.TemporaryDirectory(prefix="samspill-load-") as folder,
        contextlib.ExitStack() as stack,
    ):
        environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("SAMSPILL_") and key != "DATABASE_URL"
        }
        port = _free_port()
        environment |= {"SAMSPILL_DATA": folder, "SAMSPILL_ADDRESS": f"http://127.0.0.1:{port}"}
        if options.database_url:
            environment["DATABASE_URL"] = stack.enter_context(_database(options.database_url))
        for name in [n for n in os.environ if n.startswith("SAMSPILL_") or n == "DATABASE_URL"]:
            del os.environ[name]
        os.environ.update(environment)
        tokens = _prepare(port, WARM_UP + options.respondents + AT_ONCE)
        figures = _measure(port, options, tokens)
    for name, value in figures.items():
        print(f"{value!s:>12}  {name}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def _measure(port: int, options: argparse.Namespace, tokens: list[str]) -> dict[str, Any]:
    serve = [sys.executable, "-c", START, "serve", "--no-jobs", "--port", str(port)]
    serve += ["--workers", str(options.workers), "--threads", str(options.threads)]
    with _server(serve, port) as process:
        _answer(port, tokens[:WARM_UP])
        before, worked = time.perf_counter(), _cpu_seconds(process.pid)
        load = _answer(port, tokens[WARM_UP : WARM_UP + options.respondents])
        seconds = time.perf_counter() - before
        worked = _cpu_seconds(process.pid) - worked
        killed = _answer_and_kill(port, tokens[-AT_ONCE:], process)
    lost_at_kill = _missing(killed)
    with _server(serve, port):
        again = _answer(port, tokens[-AT_ONCE:])
    lost = lost_at_kill + _missing(load) + _missing(again)
    acknowledged = [*load, *killed, *again]
    saves = sorted(s for one in load for s in one.save_seconds)
    reads = sorted(s for one in load for s in one.read_seconds)
    return {
        "database": "PostgreSQL" if options.database_url else "SQLite",
        "processes, threads": f"{options.workers}, {options.threads}",
        "respondents at once": AT_ONCE,
        "questionnaires": len(load),
        "saves": len(saves),
        "pages shown": len(reads),
        "saves per second": round(len(saves) / seconds, 1),
        "processor ms of the server for a save and the page shown before it": _milliseconds(
            worked / len(saves)
        ),
        "save, median ms": _milliseconds(statistics.median(saves)),
        "save, p99 ms": _milliseconds(saves[int(len(saves) * 0.99)]),
        "save, longest ms": _milliseconds(saves[-1]),
        "page, median ms": _milliseconds(statistics.median(reads)),
        "page, p99 ms": _milliseconds(reads[int(len(reads) * 0.99)]),
        "submitted": sum(one.submitted for one in load) + sum(one.submitted for one in again),
        "saved before the kill": sum(len(one.saves) for one in killed),
        "acknowledged, all": sum(len(one.saves) for one in acknowledged),
        "acknowledged and missing": lost,
    }


def _answer(port: int, tokens: list[str]) -> list[Respondent]:
    """Let the respondents answer, fifty at a time."""
    respondents = [Respondent(port, token) for token in tokens]
    _at_once(respondents, lambda one: one.answer_all())
    return respondents


def _answer_and_kill(
    port: int, tokens: list[str], process: subprocess.Popen[bytes]
) -> list[Respondent]:
    """Kill every process of the server once so many saves have been acknowledged."""
    respondents = [Respondent(port, token) for token in tokens]
    finished = threading.Event()

    def kill() -> None:
        while sum(len(one.saves) for one in respondents) < KILLED_AFTER:
            if finished.wait(0.002):
                raise RuntimeError("The questionnaires were finished before the kill.")
        os.killpg(process.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    _at_once(respondents, lambda one: one.answer_all())
    finished.set()
    killer.join()
    return respondents


def _at_once(respondents: list[Respondent], do: Any) -> None:
    waiting: SimpleQueue[Respondent] = SimpleQueue()
    for respondent in respondents:
        waiting.put(respondent)

    def work() -> None:
        while True:
            try:
                one = waiting.get_nowait()
            except Empty:
                return
            with contextlib.suppress(Gone):
                do(one)

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# What is in the database -------------------------------------------------------------------------


def _prepare(port: int, count: int) -> list[str]:
    """A study whose collection is open, and the tokens of its respondents."""
    from samspill.web.serving.running import Server
    from samspill.web.serving.starting import close_connections, set_up

    set_up(Server(port=port))
    from django.utils import timezone

    from samspill.instrument import shipped_instrument
    from samspill.web.fieldwork.models import Collection
    from samspill.web.fieldwork.models import Respondent as Asked
    from samspill.web.instruments.actions import add_instrument, freeze_version
    from samspill.web.serving.preparing import prepare
    from samspill.web.studies.models import Study, Unit

    prepare()
    study = Study.objects.create(slug="load", title={"en": "Load"}, year=2026)
    wave = study.waves.create(identifier="w", title={"en": "W"}, reference_date="2026-01-01")
    version = add_instrument(
        actor="benchmark", study=study, content=shipped_instrument("norway-2018")
    )
    freeze_version(actor="benchmark", version=version)
    collection = Collection.objects.create(
        study=study,
        wave=wave,
        version=version,
        identifier="c",
        title={"en": "C"},
        opens_at=timezone.now(),
    )
    units = Unit.objects.bulk_create(Unit(study=study, identifier=f"{n:05d}") for n in range(count))
    asked = Asked.objects.bulk_create(Asked(collection=collection, unit=unit) for unit in units)
    close_connections()
    return [one.token for one in asked]


def _missing(respondents: list[Respondent]) -> int:
    """How many acknowledged saves no page in the database holds."""
    from samspill.web.fieldwork.models import SavedPage
    from samspill.web.serving.starting import close_connections

    missing = 0
    for one in respondents:
        stored: dict[str, list[dict[str, Any]]] = {}
        for page in SavedPage.objects.filter(response__respondent__token=one.token):
            stored.setdefault(page.step, []).append(page.answers)
        for step, sent in one.saves:
            held = any(sent.items() <= answers.items() for answers in stored.get(step, []))
            missing += not held
    close_connections()
    return missing


@contextlib.contextmanager
def _database(url: str) -> Iterator[str]:
    """A new database on the server that the address names."""
    import psycopg

    name = f"samspill_load_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


# The server --------------------------------------------------------------------------------------


@contextlib.contextmanager
def _server(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health/", process)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=90)


def _cpu_seconds(group: int) -> float:
    """Processor time of a group of processes so far (Linux)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += (int(fields[11]) + int(fields[12])) if int(fields[2]) == group else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answering_load")
    parser.add_argument("--database-url", default="", help="a PostgreSQL server, to compare")
    parser.add_argument("--respondents", type=int, default=200, help="questionnaires in all")
    parser.add_argument("--workers", type=int, default=2, help="processes of the server")
    parser.add_argument("--threads", type=int, default=2, help="threads in each")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
