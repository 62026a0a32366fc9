"""Texts, codes and coders for the tests of the workspace."""

from __future__ import annotations

import pytest

TEXT = (
    "Interviewer: Who calls you?\n"
    "Leader: We have no list. 🎈 I keep my own sheets.\n"
    "Interviewer: What would help?\n"
    "Leader: A meeting, in the evening."
)


@pytest.fixture
def source(study, make_user):
    from samspill.web.interviews.actions import add_sources
    from samspill.web.interviews.models import Source

    made = Source(
        name="Volunteer centre",
        text=TEXT,
        side="organisation",
        fields=["health_care"],
        speakers=["Interviewer", "Leader"],
    )
    add_sources(actor=make_user("owner", study), study=study, sources=[made])
    return made


@pytest.fixture
def codes(study, make_user):
    """Two codes under one heading that nothing is coded with."""
    from samspill.web.interviews.actions import add_code

    owner = make_user("owner", study)
    heading = add_code(actor=owner, study=study, name="Barriers", codable=False)
    return [
        add_code(actor=owner, study=study, name=name, parent=heading, colour=colour)
        for name, colour in (("No overview", "#e0992e"), ("No meeting point", "#3d7fb6"))
    ]
