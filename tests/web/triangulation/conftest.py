"""A study whose interviews say the opposite of its register, made small."""

from __future__ import annotations

import datetime

import pytest

from samspill.triangulation import Counts

PLACE = ("coordination", "health_care")


def register_counts(there: bool) -> Counts:
    """A register in which organisations have formal arenas, or do not."""
    count, contrary = (20, 0) if there else (0, 20)
    row = {
        "column": "register", "theme": "policy_place", "field": "health_care",
        "item": "formality", "count": count, "contrary": contrary, "n": 20,
        "base": "organisations", "provenance": "register",
    }  # fmt: skip
    return Counts.of([row])


@pytest.fixture
def bring(study, make_user):
    """``bring(True)`` lays a register beside the interviews."""
    from samspill.web.triangulation.actions import bring_register

    owner = make_user("owner", study)

    def lay(there: bool) -> None:
        bring_register(
            actor=owner,
            study=study,
            name="Vik",
            on=datetime.date(2026, 3, 1),
            counts=register_counts(there),
        )

    return lay


@pytest.fixture
def contradicting(study, make_user, bring):
    """Interviews of organisations call the contact informal; the register has it formal."""
    from samspill.qualitative import Code, Coding, Project, Source, new_guid, shipped_guid
    from samspill.web.interviews.project import take_in

    text = "We ring the manager, who is a neighbour."
    sources = [
        Source(new_guid(), f"Talk {n}", text, side="organisation", fields=("health_care",))
        for n in range(3)
    ]
    path = "placement_evidence/informal_contact"
    code = Code(shipped_guid(path), "Informal contact", concept=path)
    codings = tuple(Coding(new_guid(), s.guid, 0, len(text), code.guid, "") for s in sources)
    project = Project(name="p", codes=(code,), sources=tuple(sources), codings=codings)
    take_in(actor=make_user("owner", study), study=study, project=project)
    bring(True)
    return study


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
