"""The write lock: one holder at a time among all connections to a database, in every process."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import defaultdict
from pathlib import Path

FIRST_PAUSE = 0.0002
LONGEST_PAUSE = 0.002

_threads: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class LockTimeout(Exception):
    """The lock could not be had in the time allowed."""


class WriteLock:
    """The write lock as one connection sees it.

    Threads of a process queue at a lock in memory. Processes queue at two files beside the
    database: who is next holds the second while waiting for the first, so that a busy process
    lets others in between. ``path`` is None for a database in memory. The system gives the files
    back when a process dies.
    """

    def __init__(self, name: str, path: Path | None, timeout: float) -> None:
        self.held = False
        self._thread = _threads[name]
        self._timeout = timeout
        self._files = () if path is None else tuple(_open(path, end) for end in ("next", "write"))

    def acquire(self) -> None:
        """Raises LockTimeout after the seconds that the connection waits."""
        deadline = time.monotonic() + self._timeout
        if not self._thread.acquire(timeout=self._timeout):
            raise LockTimeout
        if self._files:
            waiting, writing = self._files
            try:
                _take(waiting, deadline)
                try:
                    _take(writing, deadline)
                finally:
                    fcntl.flock(waiting, fcntl.LOCK_UN)
            except BaseException:
                self._thread.release()
                raise
        self.held = True

    def release(self) -> None:
        if not self.held:
            return
        self.held = False
        if self._files:
            fcntl.flock(self._files[1], fcntl.LOCK_UN)
        self._thread.release()

    def close(self) -> None:
        self.release()
        for file in self._files:
            os.close(file)
        self._files = ()

    def __del__(self) -> None:
        self.close()


def _open(path: Path, end: str) -> int:
    return os.open(f"{path}.{end}-lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(file: int, deadline: float) -> None:
    pause = FIRST_PAUSE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LockTimeout from None
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)
        else:
            return
