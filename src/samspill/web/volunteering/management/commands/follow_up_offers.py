"""``samspill manage follow_up_offers``: what time does to offers of help. To be run every day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from samspill.web.municipality.models import Municipality
from samspill.web.volunteering.actions.daily import follow_up


class Command(BaseCommand):
    """Prints numbers for each municipality, and no person."""

    help = "Remind, expire and erase offers of help; ask receivers again. To be run every day."

    def handle(self, *args: Any, **options: Any) -> None:
        for municipality in Municipality.objects.order_by("code"):
            done = follow_up(municipality)
            self.stdout.write(
                f"{municipality.code}: {done.reminded} reminded, {done.expired} expired, "
                f"{done.erased} erased, {done.asked_again} receivers asked again, "
                f"{done.given_up} given up"
            )
