"""``samspill manage messages [app …]``: bring the catalogues in step with the pages."""

from __future__ import annotations

from typing import Any

import polib
from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from samspill.language import language, languages
from samspill.web.assets import CATALOGUES
from samspill.web.messages import messages


class Command(BaseCommand):
    help = "Adds messages without an entry to each app's catalogues, and takes unused ones out."

    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("app", nargs="*", help="Only these apps.")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = options["app"]
        for config in apps.get_app_configs():
            wanted = not chosen or config.label in chosen
            if wanted and config.name.startswith("samspill.web."):
                for code in languages():
                    if not language(code).source:
                        self._bring_in_step(config.label, code)

    def _bring_in_step(self, app: str, code: str) -> None:
        path = CATALOGUES / code / f"{app}.po"
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        fresh = polib.POFile(wrapwidth=98)
        fresh.metadata = {
            "Language": code,
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for message in messages(app):
            known = old.find(message.text)
            if known is not None and known.msgid_plural == message.plural:
                fresh.append(known)
            elif message.plural:
                fresh.append(
                    polib.POEntry(
                        msgid=message.text,
                        msgid_plural=message.plural,
                        msgstr_plural={0: "", 1: ""},
                    )
                )
            else:
                fresh.append(polib.POEntry(msgid=message.text))
        missing = [entry.msgid for entry in fresh if not entry.translated()]
        if len(fresh):
            fresh.save(str(path))
        for text in missing:
            self.stdout.write(f"{path.name} ({code}) lacks: {text!r}")
