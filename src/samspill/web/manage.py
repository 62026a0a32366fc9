"""Django's own commands: ``samspill manage migrate``, ``samspill manage shell`` …"""

from __future__ import annotations

import os


def manage(arguments: list[str]) -> None:
    """Run one of Django's commands with this project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["samspill manage", *arguments])
