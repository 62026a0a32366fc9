"""The register follows the national registers, as far as was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from samspill.register import TABLES
from samspill.register.national import Change, Changes
from samspill.register.values import value_of
from samspill.web.municipality.actions.entries import FOLLOWED, change_entry
from samspill.web.municipality.actions.intake import refuse_unexpected, take_in
from samspill.web.municipality.exchange.registers import proposal
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Municipality, Upload

Actor: TypeAlias = AbstractBaseUser | str
ORGANISATIONS = TABLES["organisations"]


@transaction.atomic
def follow_registers(*, actor: Actor, upload: Upload, expected: str) -> int:
    """Do what is chosen of what the registers would change, and let go of what was kept of them.

    Returns how many organisations were added or changed. Raises SamspillError where the registers
    would change something else by now than what was looked over, by the fingerprint ``expected``.
    """
    Municipality.objects.select_for_update().get(pk=upload.municipality_id)
    found = proposal(upload)
    refuse_unexpected(found.fingerprint, expected)
    count = _follow(actor, upload.municipality, found.chosen)
    upload.delete()
    return count


def _follow(actor: Actor, municipality: Municipality, chosen: Changes) -> int:
    new = [
        {name: value_of(ORGANISATIONS.column(name), text) for name, text in row.items()}
        for row in chosen.new
    ]
    take_in(actor=actor, municipality=municipality, rows={"organisations": new})
    cells = _by_identifier((*chosen.changed, *chosen.held))
    for gone in chosen.gone:
        cells.setdefault(gone.identifier, {})["status"] = "dissolved"
    found = entries(municipality, "organisations").filter(identifier__in=cells)
    return len(new) + sum(
        change_entry(actor=actor, entry=entry, values=cells[entry.identifier], action=FOLLOWED)
        for entry in found
    )


def _by_identifier(changes: Sequence[Change]) -> dict[str, dict[str, Any]]:
    cells: dict[str, dict[str, Any]] = {}
    for change in changes:
        column = ORGANISATIONS.column(change.column)
        cells.setdefault(change.identifier, {})[change.column] = value_of(column, change.new)
    return cells
