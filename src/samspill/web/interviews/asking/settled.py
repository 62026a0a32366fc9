"""What coders have settled, as the library knows it."""

from __future__ import annotations

from samspill.qualitative.agreement import Settlement
from samspill.web.interviews import models
from samspill.web.studies.models import Study


def settlements_of(study: Study) -> list[Settlement]:
    """Every difference that has been settled in a study, the latest first."""
    made = models.Settlement.objects.filter(source__study=study)
    return [
        Settlement(
            source=str(row.source.guid),
            start=row.start,
            end=row.end,
            codings=tuple(row.codings),
            holds=str(row.code.guid) if row.stands else "",
            by=row.by.name or str(row.by.guid),
            reason=row.reason,
            when=row.at.isoformat(),
            guid=str(row.guid),
        )
        for row in made.select_related("source", "code", "by").order_by("-at", "-pk")
        if row.codings
    ]
