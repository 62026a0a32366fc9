"""``samspill demo`` from beginning to end."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

from samspill.errors import SamspillError
from samspill.web.serving.running import Server, is_free, run
from samspill.web.serving.starting import Tell, close_connections, set_up

MARK = ".samspill-demonstration"
HOST = "127.0.0.1"
SECONDS_TO_START = 60


def open_demonstration(folder: Path, *, port: int, keep: bool, browser: bool, tell: Tell) -> None:
    """Make the demonstration ready in a folder and serve it until told to stop.

    The next free port is taken where ``port`` is not. Raises SamspillError where the folder holds
    something else.
    """
    data = folder.resolve()
    clear(data, keep=keep)
    server = Server(host=HOST, port=_free_port(port), workers=1)
    address = f"http://{HOST}:{server.port}"
    _only_the_demonstration(data, address)
    tell("Making the demonstration ready …")
    set_up(server)

    from samspill.web.demonstration.loading import load
    from samspill.web.serving.preparing import prepare
    from samspill.web.serving.warming import make_overviews_beside

    prepare()
    load()
    close_connections()
    make_overviews_beside()
    tell(f"The demonstration is at {address} (Ctrl+C to stop).")
    if browser:
        threading.Thread(target=_open_browser, args=(address,), daemon=True).start()
    run(server)


def clear(data: Path, *, keep: bool) -> None:
    """Empty the folder of an earlier demonstration, and of nothing else.

    Raises SamspillError where the folder holds something that no demonstration put there.
    """
    mark = data / MARK
    if data.exists() and any(data.iterdir()) and not mark.exists():
        raise SamspillError(
            f"The folder '{data}' holds something else.", "Choose another with --folder."
        )
    if not keep:
        for entry in data.iterdir() if data.exists() else ():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    data.mkdir(parents=True, exist_ok=True)
    mark.write_text("The data of `samspill demo`; emptied at each start.\n", encoding="utf-8")


def _only_the_demonstration(data: Path, address: str) -> None:
    """Settings of a real installation on this machine are left out of it."""
    for name in list(os.environ):
        if name.startswith("SAMSPILL_") or name == "DATABASE_URL":
            del os.environ[name]
    os.environ.update(SAMSPILL_DEMO="1", SAMSPILL_DATA=str(data), SAMSPILL_ADDRESS=address)


def _free_port(wanted: int) -> int:
    for port in range(wanted, min(wanted + 20, 65536)):
        if is_free(HOST, port):
            return port
    with socket.socket() as any_port:
        any_port.bind((HOST, 0))
        return int(any_port.getsockname()[1])


def _open_browser(address: str) -> None:
    """Open a browser once the server answers; without one the printed address must do."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=1):  # noqa: S310
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.3)
