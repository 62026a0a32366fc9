"""``samspill serve`` from beginning to end."""

from __future__ import annotations

import os
from collections.abc import Callable

from samspill.errors import SamspillError
from samspill.web import assets
from samspill.web.configuration import suggest
from samspill.web.serving.running import Server, check_port, is_loopback, run

Tell = Callable[[str], None]


def set_up(server: Server) -> None:
    """Django, with the settings of this installation. Nothing of Django may be imported before.

    Raises SamspillError where the port is taken.
    """
    import django

    check_port(server)
    shown = "127.0.0.1" if is_loopback(server.host) else server.host
    suggest("address", f"http://{shown}:{server.port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.web.settings")
    assets.ensure()
    django.setup()


def serve(server: Server, tell: Tell) -> None:
    """Make everything ready, say what there is to say, and serve until told to stop.

    Raises SamspillError where something is missing that the message names.
    """
    from django.conf import settings

    set_up(server)
    if settings.DEMO and not is_loopback(server.host):
        raise SamspillError(
            "The demonstration signs anyone in, so it answers on this machine alone.",
            "Leave SAMSPILL_DEMO out, or serve on 127.0.0.1.",
        )
    from samspill.web.serving import administrator
    from samspill.web.serving.preparing import prepare

    prepare()
    if administrator.is_needed() and not settings.DEMO:
        tell("Nobody runs this installation yet. Open this link within a day to do it:")
        tell(administrator.new_link())
    close_connections()
    tell(f"Samspill answers at {settings.ADDRESS} (Ctrl+C to stop).")
    run(server)


def close_connections() -> None:
    """So that no child inherits a connection."""
    from django.db import connections

    connections.close_all()
