"""Long work at the desk: reading the national registers."""

from __future__ import annotations

import shutil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.jobs.running import Work, kind
from samspill.web.municipality.exchange import incoming, registers, waiting
from samspill.web.municipality.models import Municipality


@kind("municipality.read_registers")
def read_registers(
    work: Work, *, municipality: int, user: int, folder: str, entities: list[str]
) -> None:
    """Read downloads in a folder, which is then removed, or ask the interfaces where there is none;
    keep what they say for the one who asked. Files that are not ``entities`` are voluntary pages.
    """
    desk = Municipality.objects.get(pk=municipality)
    place = incoming.place(folder) if folder else None
    try:
        if place is None:
            work.progress(0, 1, _("Asking the national registers"))
            found = registers.from_interface(desk, work.progress)
        else:
            paths = sorted(place.iterdir())
            found = registers.from_files(
                desk,
                [path for path in paths if path.name in entities],
                [path for path in paths if path.name not in entities],
                work.progress,
            )
    finally:
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)
    name = ", ".join(entities) or "data.brreg.no"
    waiting.keep(desk, user, waiting.REGISTERS, name, registers.packed(found), {})
    n = len(found.rows)
    work.job.message = ngettext(
        "%(n)s organisation is read. Go back to see what would change.",
        "%(n)s organisations are read. Go back to see what would change.",
        n,
    ) % {"n": n}
    work.job.save(update_fields=["message"])
