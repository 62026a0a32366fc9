"""The made-up units, with their names and what is known of them."""

from __future__ import annotations

from samspill.web.audit.recording import SYSTEM, record
from samspill.web.demonstration.inventing import chance, draw, made_up, place_names
from samspill.web.studies.models import Attribute, AttributeValue, Study, Unit, UnitName


def load_frame(study: Study) -> list[Unit]:
    """Give a study its units and their attributes."""
    names = place_names()
    units = Unit.objects.bulk_create(
        Unit(study=study, identifier=f"M{number:04d}") for number in range(1, len(names) + 1)
    )
    UnitName.objects.bulk_create(
        UnitName(unit=unit, code=f"9{number:03d}", name=name)
        for number, (unit, name) in enumerate(zip(units, names, strict=True), start=1)
    )
    random = chance()
    values = []
    for given in made_up()["attribute"]:
        categories = given["category"]
        attribute = Attribute.objects.create(
            study=study,
            identifier=given["identifier"],
            type=given["type"],
            label=given["label"],
            categories=[{"value": c["value"], "label": c["label"]} for c in categories],
        )
        values += [
            AttributeValue(unit=unit, attribute=attribute, value=draw(random, categories))
            for unit in units
        ]
    AttributeValue.objects.bulk_create(values)
    record(
        actor=SYSTEM,
        action="demonstration.load_frame",
        subject=study.slug,
        study=study.slug,
        new={"units": len(units)},
    )
    return units
