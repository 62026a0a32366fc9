"""``samspill manage dbshell``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.sqlite3.client import DatabaseClient


class ReadingClient(DatabaseClient):
    """Reads only: the shell knows nothing of the write lock."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], None]:
        return [cls.executable_name, "-readonly", str(settings_dict["NAME"]), *parameters], None
