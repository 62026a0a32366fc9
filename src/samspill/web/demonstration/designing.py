"""The made-up study's cases, chosen around those where there are interviews, and its plan."""

from __future__ import annotations

from samspill.web.accounts.models import User
from samspill.web.demonstration.inventing import made_up
from samspill.web.design.actions import (
    adopt_selection,
    ask_for_selection,
    keep_found,
    plan_interviews,
)
from samspill.web.design.choosing import choose, stored
from samspill.web.design.frames import stored_frame
from samspill.web.design.informants import cells
from samspill.web.studies.models import Study


def load_design(study: Study, owner: User) -> None:
    """Choose the cases, make them the study's own, and plan an informant for each field and side.

    The units of the interviews must be in, so that they are cases, and others are chosen beside.
    """
    given = made_up()["design"]
    units = study.sources.exclude(unit=None).values_list("unit__identifier", flat=True)
    asked = {
        "method": "diverse", "number": given["number"], "by": given["by"], "outcome": "",
        "include": sorted(set(units)), "exclude": [], "seed": given["seed"], "breaks": {},
        "quotas": [],
    }  # fmt: skip
    made = ask_for_selection(actor=owner, study=study, asked=asked)
    found = choose(study, asked, stored_frame(made.frame))
    keep_found(actor=owner, selection=made, found=stored(found))
    adopt_selection(actor=owner, selection=made)
    plan_interviews(
        actor=owner, study=study, units=made.found["cases"], cells=cells(), each=given["each"]
    )
