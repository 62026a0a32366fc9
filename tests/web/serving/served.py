"""A server in a process of its own, as ``samspill serve`` or ``samspill demo`` starts it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

START = "from samspill.cli import main; main()"


def _free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class Served:
    """A server of its own, in a folder of its own."""

    def __init__(self, folder, *arguments, port=0, **environment):
        self.port = port or _free_port()
        clean = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("SAMSPILL_", "DATABASE_URL", "DJANGO_"))
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, *arguments, "--port", str(self.port)],
            env={**clean, "SAMSPILL_DATA": str(folder), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.said = ""

    def read_until(self, words, seconds=240):
        """Reads what the server says until it says ``words``."""
        pipe = self.process.stderr
        while words not in self.said:
            ready, _, _ = select.select([pipe], [], [], seconds)
            data = os.read(pipe.fileno(), 65536) if ready else b""
            assert data, self.said
            self.said += data.decode()
        return self.said

    def get(self, path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def wait_until_it_answers(self):
        for _ in range(600):
            with contextlib.suppress(urllib.error.URLError):
                self.get("/health/")
                return
            assert self.process.poll() is None
            select.select([], [], [], 0.1)

    def end(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()
