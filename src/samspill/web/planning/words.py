"""The plan's own values in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.register.labels import choice_label
from samspill.web.municipality.measures import State
from samspill.web.municipality.models import Measure
from samspill.web.municipality.words import language


def state_name(state: State) -> str:
    """How a measure stands, in words."""
    return _("Late") if state is State.LATE else choice_label(state.value, language())


def owner_of(measure: Measure) -> str:
    """Who is to do a measure; a contact's name is not told."""
    return str(measure.municipal_unit) if measure.municipal_unit else _("Nobody")
