"""A study with a frame, codes and interviews, for its design."""

from __future__ import annotations

import pytest

from samspill.qualitative import Project
from samspill.qualitative.codebook import shipped_codebook
from samspill.web.design.actions import adopt_selection, ask_for_selection, keep_found
from samspill.web.design.choosing import choose, stored
from samspill.web.design.frames import stored_frame
from samspill.web.interviews.project import take_in
from samspill.web.studies.actions import edit_attribute, import_frame
from samspill.web.studies.frame.checking import FrameRow
from samspill.web.studies.frame.mapping import FrameMapping, Use

SIZES, PLACES = ("small", "large"), ("coast", "inland", "north")
ASKED = {
    "method": "diverse", "number": 3, "by": ["place", "size"], "outcome": "", "include": [],
    "exclude": [], "seed": 1, "breaks": {}, "quotas": [],
}  # fmt: skip


@pytest.fixture
def client(client):
    """A client whose browser asks for English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def framed(study, make_user):
    """Twelve units with a size, a place and inhabitants; the study's owner did it."""
    owner = make_user("owner", study)
    rows = [
        FrameRow(
            number=n, identifier=f"M{n:02d}", code=f"{n:02d}", name=f"Bygda {n}", valid_from=None,
            values={
                "size": SIZES[n % 2], "place": PLACES[n % 3], "people": str(400 * n),
            },
        )
        for n in range(1, 13)
    ]  # fmt: skip
    mapping = FrameMapping(
        {
            "identifier": Use.IDENTIFIER, "code": Use.CODE, "name": Use.NAME,
            "size": Use.ORDINAL, "place": Use.NOMINAL, "people": Use.NUMBER,
        }
    )  # fmt: skip
    import_frame(actor=owner, study=study, mapping=mapping, rows=rows)
    edit_attribute(
        actor=owner, attribute=study.attributes.get(identifier="size"),
        label={"nb": "Størrelse", "nn": "Storleik", "en": "Size"},
        categories=[
            {"value": "small", "label": {"nb": "Liten", "nn": "Liten", "en": "Small"}},
            {"value": "large", "label": {"nb": "Stor", "nn": "Stor", "en": "Large"}},
        ],
    )  # fmt: skip
    study.owner = owner
    return study


@pytest.fixture
def selected(framed):
    """A selection of three cases that is the study's own."""
    made = ask_for_selection(actor=framed.owner, study=framed, asked=dict(ASKED))
    found = choose(framed, ASKED, stored_frame(made.frame))
    keep_found(actor=framed.owner, selection=made, found=stored(found))
    adopt_selection(actor=framed.owner, selection=made)
    return made


@pytest.fixture
def coded(framed):
    """The study with the codes that come with Samspill."""
    project = Project(name="Codes", codes=shipped_codebook("nb"))
    take_in(actor=framed.owner, study=framed, project=project)
    return framed
