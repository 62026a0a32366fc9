"""The server and the worker, started and stopped together."""

from __future__ import annotations

import ipaddress
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass

from samspill.errors import SamspillError

RESTART_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Server:
    """How to serve. ``threads`` is for each of ``workers`` processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 2
    jobs: bool = True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_free(host: str, port: int) -> bool:
    """Whether a port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def check_port(server: Server) -> None:
    """Raises SamspillError where the port cannot be listened on."""
    if not is_free(server.host, server.port):
        raise SamspillError(
            f"Port {server.port} of {server.host} cannot be listened on.",
            "Stop what uses it, or choose another with --port.",
        )


def run(server: Server) -> None:
    """Serve until SIGTERM or SIGINT; then answer the requests under way, finish the job under way,
    and come back.

    Servers are spawned, never forked: Polars' threads do not live on in a fork, and the first
    request that needed them would wait for ever (Polars user guide, "Multiprocessing").
    """
    multiprocessing.set_start_method("spawn", force=True)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server as Granian

    worker = Worker() if server.jobs else None
    granian = Granian(
        "samspill.web.wsgi:application",
        address=server.host,
        port=server.port,
        interface=Interfaces.WSGI,
        workers=server.workers,
        blocking_threads=server.threads,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=60,
    )
    if worker:
        worker.start()
    try:
        granian.serve()
    finally:
        if worker:
            worker.stop()


class Worker:
    """The worker process, started again should it end by itself."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to stop and wait until the job under way is done."""
        self._stopping.set()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self._thread.join()

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "samspill.web.serving.worker"],
                env=os.environ.copy(),
                start_new_session=True,
            )
            if self._stopping.is_set():
                self._process.send_signal(signal.SIGTERM)
            self._process.wait()
            self._stopping.wait(RESTART_PAUSE)
