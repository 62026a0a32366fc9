"""What a new measure begins with when it comes from a barrier: the library's advice of the name in
the address, and what else the address says."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samspill.advice import load
from samspill.errors import SamspillError
from samspill.web.municipality.words import language

GIVEN = ("title", "description", "barrier", "field", "advice", "goal", "municipal_unit")


def beginning(address: Mapping[str, str]) -> dict[str, str]:
    """Columns of ``measures`` to begin with; a barrier's sub-theme stands for its barrier."""
    given = {name: address[name] for name in GIVEN if address.get(name)}
    found = {**_from_advice(given.get("advice", "")), **given}
    if "barrier" in found:
        found["barrier"] = found["barrier"].removeprefix("barriers/").partition("/")[0]
    return found


def _from_advice(identifier: str) -> dict[str, str]:
    if not identifier:
        return {}
    try:
        advice = load().measure(identifier)
    except SamspillError:
        return {}
    sign = _("It is done when: %(sign)s") % {"sign": advice.signs[language()]}
    return {
        "title": advice.titles[language()],
        "description": f"{advice.actions[language()]}\n\n{sign}",
        "barrier": advice.barriers[0],
    }
