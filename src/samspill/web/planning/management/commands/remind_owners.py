"""``samspill manage remind_owners``: to be run each day, by cron or a systemd timer."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samspill.errors import SamspillError
from samspill.web.audit.recording import SYSTEM
from samspill.web.municipality.models import Municipality
from samspill.web.planning.actions.reminders import Sent, send_reminders
from samspill.web.planning.reminders import next_round


class Command(BaseCommand):
    """Prints how many e-mails and measures for each municipality, and no address."""

    help = "Remind those who own measures that are late or due within a fortnight."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", default="", help="Only this municipality's code.")
        parser.add_argument("--preview", action="store_true", help="Count, and send nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Municipality.objects.order_by("code")
        if options["municipality"]:
            found = found.filter(code=options["municipality"])
            if not found:
                raise CommandError(f"There is no municipality '{options['municipality']}' here.")
        for municipality in found:
            came = self._round(municipality, preview=options["preview"])
            self.stdout.write(
                f"{municipality.code}  {came.letters} e-mails  {came.measures} measures  "
                f"{came.refused} refused"
            )

    def _round(self, municipality: Municipality, *, preview: bool) -> Sent:
        if preview:
            planned = next_round(municipality, timezone.now())
            return Sent(letters=len(planned.planned), measures=len(planned.measures))
        try:
            return send_reminders(actor=SYSTEM, municipality=municipality)
        except SamspillError as error:
            raise CommandError(str(error)) from error
