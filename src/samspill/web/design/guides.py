"""The guide of a study: its own where it has one, else the one that comes with Samspill."""

from __future__ import annotations

from samspill.selection import Guide, load_guide
from samspill.selection.guide import guide_of
from samspill.web.design.models import StudyGuide
from samspill.web.studies.models import Study

FILE = "guide.toml"


def guide_of_study(study: Study) -> Guide:
    """What the study asks in its interviews."""
    own = StudyGuide.objects.filter(study=study).first()
    return load_guide() if own is None else guide_of(own.content, FILE)


def has_own_guide(study: Study) -> bool:
    return StudyGuide.objects.filter(study=study).exists()
