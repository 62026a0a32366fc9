"""Files on their way in: kept for the one who sent them, until imported or for a day."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from samspill.web.access.request import StudyRequest
from samspill.web.studies.models import Upload

KEPT = datetime.timedelta(days=1)


@transaction.atomic
def keep(request: StudyRequest, purpose: str, filename: str, content: bytes) -> Upload:
    """Keep a file, in place of the same person's earlier one for the same purpose."""
    Upload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    mine = {"study": request.study, "user_id": request.user.pk, "purpose": purpose}
    Upload.objects.filter(**mine).delete()
    return Upload.objects.create(**mine, filename=filename[:200], content=content)


def find(request: StudyRequest, purpose: str, key: int) -> Upload:
    """One's own file; Http404 for anybody else's, and once it is imported."""
    found = waiting(request, purpose, key)
    if found is None:
        raise Http404
    return found


def waiting(request: StudyRequest, purpose: str, key: int) -> Upload | None:
    """One's own file, if it still waits."""
    return Upload.objects.filter(
        pk=key, study=request.study, user_id=request.user.pk, purpose=purpose
    ).first()
