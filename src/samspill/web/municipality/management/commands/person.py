"""``samspill manage person 9901 "anne@example.org" [--erase]``: what is known of a person."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspill.web.audit.recording import SYSTEM
from samspill.web.municipality.actions.persons import erase_person
from samspill.web.municipality.erasing import HOLDINGS, KEPT
from samspill.web.municipality.models import Municipality
from samspill.web.municipality.persons import identifying, mentions, taken_out


class Command(BaseCommand):
    """Prints all that is known of a person as JSON, or erases it."""

    help = "Print what a municipality's register and log hold of a person, or erase it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("municipality", help="its number")
        parser.add_argument("person", help="name, e-mail address or telephone number, in full")
        parser.add_argument("--erase", action="store_true", help="erase it; cannot be undone")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Municipality.objects.filter(code=options["municipality"]).first()
        if found is None:
            raise CommandError(f"There is no municipality {options['municipality']} here.")
        wanted = options["person"].strip().casefold()
        about = [
            one.entry
            for one in mentions(found, [wanted])
            if one.is_about and wanted in {text.casefold() for text in identifying(one.entry)}
        ]
        if not about:
            raise CommandError("Nobody here has that name, address or number. Write it in full.")
        if not options["erase"]:
            told = taken_out(found, about)
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        done = erase_person(actor=SYSTEM, municipality=found, about=about)
        self.stdout.write(f"Erased from {done.entries} entries and {done.events} lines of the log.")
        for name, n in done.holdings.items():
            self.stdout.write(f"Erased: {HOLDINGS[name].told} ({n}).")
        for name, n in done.kept.items():
            self.stdout.write(f"Stays ({n}): {KEPT[name].told}")
