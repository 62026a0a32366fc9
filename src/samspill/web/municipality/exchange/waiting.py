"""What waits to be taken in: kept for the one who brought it, until taken in or for a day."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspill.web.municipality.models import Municipality, Upload

FILE, REGISTERS = "file", "registers"
KEPT = datetime.timedelta(days=1)


@transaction.atomic
def keep(
    municipality: Municipality,
    user_id: int,
    purpose: str,
    filename: str,
    content: bytes,
    choices: dict[str, Any],
) -> Upload:
    """Keep it in place of the same person's earlier one for the same purpose."""
    Upload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    mine = {"municipality": municipality, "user_id": user_id, "purpose": purpose}
    Upload.objects.filter(**mine).delete()
    return Upload.objects.create(**mine, filename=filename[:200], content=content, choices=choices)


def waiting(municipality: Municipality, user_id: int, purpose: str) -> Upload | None:
    """One's own, if it still waits."""
    return Upload.objects.filter(
        municipality=municipality, user_id=user_id, purpose=purpose
    ).first()
