"""Response to a collection in numbers, as the page about the fieldwork shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samspill.web.fieldwork.dashboard.groups import groupings
from samspill.web.fieldwork.dashboard.response import balance, cases, rates
from samspill.web.fieldwork.models import Collection
from samspill.web.fieldwork.outcomes import standings

SHOWN = ("n", "responded", "response_rate", "r", "low", "high", "note")


def response_of_collection(collection: Collection) -> dict[str, Any]:
    """Dispositions, rates and representativity over the attributes that are known of all."""
    found = standings(collection)
    eligible = [each for each in found if each.eligible]
    computed = rates(found)
    balanced = balance(eligible, groupings(collection, eligible))
    representativity: dict[str, Any] | None = None
    reason = balanced.reason
    if balanced.result is not None:
        row = balanced.row
        over = sorted(str(variable["variable"]) for variable in balanced.variables)
        representativity = {name: _finite(row[name]) for name in SHOWN}
        representativity["over"] = [name.removeprefix("by_") for name in over]
    elif not reason:
        reason = _("No attribute is known of those who have not answered.")
    return {
        "respondents": len(found),
        "cases": [
            {"code": each.code, "label": str(each.label), "count": each.count}
            for each in cases(found)
        ],
        "eligibility": computed.eligibility,
        "rates": [
            {name: _finite(value) for name, value in row.items()}
            for row in computed.frame.iter_rows(named=True)
        ],
        "representativity": representativity,
        "no_representativity": reason,
    }


def _finite(value: Any) -> Any:
    """JSON has no word for what is not a number, or without limit: null."""
    return None if isinstance(value, float) and not abs(value) < float("inf") else value
