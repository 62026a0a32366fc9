"""The process that does long jobs: ``python -m samspill.web.serving.worker``."""

from __future__ import annotations

import os
import signal
import threading
import time

import django
from django.core.management import call_command

SECONDS_BETWEEN_LOOKS = 1
BEHIND_REQUESTS = 10
"""How much less the processor is this process's than the servers' (``nice``)."""


def main() -> None:
    """Do jobs until told to stop, or until the server that started this is gone.

    A job that is under way is finished first.
    """
    os.nice(BEHIND_REQUESTS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.web.settings")
    django.setup()
    from samspill.web.serving.interrupted import ask_again
    from samspill.web.serving.warming import make_pages_beside, warm_imports

    threading.Thread(target=_stop_with_parent, args=(os.getppid(),), daemon=True).start()
    ask_again()
    warm_imports()
    make_pages_beside()
    call_command("db_worker", queue_name="*", interval=1, reload=False, startup_delay=False)


def _stop_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
