"""The made-up units, with their names and what is known of them."""

from __future__ import annotations

from samspill.web.accounts.models import User
from samspill.web.demonstration.inventing import chance, draw, made_up, place_names
from samspill.web.studies.actions import edit_attribute, import_frame
from samspill.web.studies.frame.checking import FrameRow
from samspill.web.studies.frame.mapping import FrameMapping, Use
from samspill.web.studies.models import Study


def load_frame(study: Study, owner: User) -> None:
    """Give a study its units and their attributes, as if from a file."""
    random, attributes = chance(), made_up()["attribute"]
    mapping = FrameMapping(
        {
            "identifier": Use.IDENTIFIER,
            "code": Use.CODE,
            "name": Use.NAME,
            **{given["identifier"]: Use(given["type"]) for given in attributes},
        }
    )
    rows = [
        FrameRow(
            number=number + 1,
            identifier=f"M{number:04d}",
            code=f"9{number:03d}",
            name=name,
            valid_from=None,
            values={each["identifier"]: draw(random, each["category"]) for each in attributes},
        )
        for number, name in enumerate(place_names(), start=1)
    ]
    import_frame(actor=owner, study=study, mapping=mapping, rows=rows)
    for given in attributes:
        edit_attribute(
            actor=owner,
            attribute=study.attributes.get(identifier=given["identifier"]),
            label=given["label"],
            categories=[{"value": c["value"], "label": c["label"]} for c in given["category"]],
        )
