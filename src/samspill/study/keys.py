"""Take typed values out of a parsed TOML file and note every fault with its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from samspill.errors import Message, Problem

_REQUIRED: Any = object()


class Keys:
    """A table of a TOML file; all tables of a file share one list of problems."""

    def __init__(
        self,
        file: str,
        content: Mapping[str, Any],
        place: str = "",
        problems: list[Problem] | None = None,
    ) -> None:
        self.file = file
        self.content = content
        self.place = place
        self.problems: list[Problem] = [] if problems is None else problems

    @property
    def name(self) -> str:
        return self.place.rpartition(".")[2]

    def report(self, key: str | None, message: str, step: str) -> None:
        column = ".".join(part for part in (self.place, key) if part) or None
        self.problems.append(Problem(self.file, None, column, message, step))

    def has(self, key: str) -> bool:
        return key in self.content

    def known(self, keys: str) -> None:
        """Report keys other than these, given with spaces between."""
        allowed = keys.split()
        for key in self.content:
            if key not in allowed:
                self.report(
                    key,
                    "The key is not known.",
                    Message("Use one of: {names}.", names=", ".join(allowed)),
                )

    def table(self, key: str) -> Keys:
        content = self.content.get(key, {})
        if not isinstance(content, dict):
            self.report(key, "This is not a table.", Message("Write a [{key}] block.", key=key))
            content = {}
        place = ".".join(part for part in (self.place, key) if part)
        return Keys(self.file, content, place, self.problems)

    def tables(self, key: str) -> Iterator[Keys]:
        """The tables named under a key: ``[variables.<name>]``."""
        table = self.table(key)
        for name in table.content:
            yield table.table(name)

    def items(self, key: str) -> Iterator[Keys]:
        """The tables listed under a key."""
        content = self.content.get(key, [])
        if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
            self.report(key, "This is not a list of tables.", "Write [ { … }, { … } ].")
            content = []
        for number, item in enumerate(content, start=1):
            yield Keys(self.file, item, f"{self.place}.{key}[{number}]", self.problems)

    def text(self, key: str, default: str = _REQUIRED) -> str:
        value = self._value(key, default)
        if not isinstance(value, str):
            self._wrong(key, "a text", 'Write it as "…".')
            return ""
        return value

    def character(self, key: str, default: str) -> str:
        value = self.text(key, default)
        if len(value) != 1:
            self._wrong(key, "a single character", 'Write one character, such as ";".')
            return default
        return value

    def choice(self, key: str, choices: Sequence[str], default: str = _REQUIRED) -> str:
        value = self._value(key, default)
        if value not in choices:
            self._wrong(
                key, "one that is known", Message("Use one of: {names}.", names=", ".join(choices))
            )
        return str(value)

    def whole(self, key: str, default: int | None = _REQUIRED) -> int | None:
        value = self._value(key, default)
        if key not in self.content and default is not _REQUIRED:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(key, "a whole number", "Write it in digits, without quotation marks.")
            return None
        return value

    def truth(self, key: str, default: bool) -> bool:
        value = self.content.get(key, default)
        if not isinstance(value, bool):
            self._wrong(key, "true or false", "Write true or false, without quotation marks.")
        return bool(value)

    def texts(self, key: str) -> list[str]:
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong(key, "a list of texts", 'Write ["…", "…"].')
            return []
        return value

    def labels(self, key: str, *, required: bool = False) -> dict[str, str]:
        """A table from text to text."""
        value = self._value(key, _REQUIRED if required else {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self._wrong(key, "a table of texts", 'Write { name = "…" }.')
            return {}
        if required and not value:
            self._wrong(key, "a filled table", 'Write { nb = "…" }, for instance.')
        return value

    def _value(self, key: str, default: Any) -> Any:
        return self.content.get(key, None if default is _REQUIRED else default)

    def _wrong(self, key: str, wanted: str, step: str) -> None:
        if key in self.content:
            message = Message("The value is not {wanted}.", wanted=Message(wanted))
        else:
            message = Message("The value is missing; it must be {wanted}.", wanted=Message(wanted))
        self.report(key, message, step)
