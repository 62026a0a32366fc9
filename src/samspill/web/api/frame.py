"""Units that a program sends, as rows of the frame, with the checks that files get."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from samspill.web.api.errors import Fault, InvalidContent
from samspill.web.studies.frame.checking import FrameRow, check_rows
from samspill.web.studies.frame.faults import FrameFaults
from samspill.web.studies.frame.mapping import FrameMapping, Use, attribute_identifier
from samspill.web.studies.frame.reading import Sheet
from samspill.web.studies.models import Study

UNIT, CODE, NAME, VALID_FROM = "UNIT", "CODE", "NAME", "VALID_FROM"
"""Names of columns, which no attribute has: their identifiers are in small letters."""

USES = {UNIT: Use.IDENTIFIER, CODE: Use.CODE, NAME: Use.NAME, VALID_FROM: Use.VALID_FROM}


@dataclass(frozen=True, slots=True)
class UnitContent:
    """A unit as it was sent; what is empty or left out is not changed."""

    unit: str
    code: str = ""
    name: str = ""
    valid_from: datetime.date | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def frame_rows(
    study: Study, units: Sequence[UnitContent], types: Mapping[str, str]
) -> tuple[FrameMapping, list[FrameRow]]:
    """What the units are to the frame. ``types`` are those of attributes that the study lacks;
    an attribute without one is nominal.

    Raises InvalidContent with every fault and its place.
    """
    attributes = list(dict.fromkeys(name for unit in units for name in unit.values))
    faults = [*_names_of_attributes(units), *_half_given(units)]
    if faults:
        raise _invalid(faults)
    known = {**types, **dict(study.attributes.values_list("identifier", "type"))}
    given = {CODE: any(u.code for u in units), NAME: any(u.name for u in units)}
    fixed = [name for name in USES if given.get(name, True)]
    uses = {name: USES[name] for name in fixed}
    uses |= {name: Use(known.get(name, Use.NOMINAL)) for name in attributes}
    sheet = Sheet(
        tuple(uses),
        tuple(
            (
                *(_fixed(unit)[name] for name in fixed),
                *(unit.values.get(name, "").strip() for name in attributes),
            )
            for unit in units
        ),
        tuple(range(len(units))),
    )
    mapping = FrameMapping(uses)
    try:
        return mapping, check_rows(sheet, mapping, None)
    except FrameFaults as error:
        raise _invalid(
            [Fault(place=_place(f.row, f.column), message=f.message, next_step=f.next_step)
             for f in error.faults]
        ) from None  # fmt: skip


def _fixed(unit: UnitContent) -> dict[str, str]:
    day = unit.valid_from.isoformat() if unit.valid_from else ""
    return {UNIT: unit.unit.strip(), CODE: unit.code.strip(), NAME: unit.name.strip(),
            VALID_FROM: day}  # fmt: skip


def _names_of_attributes(units: Sequence[UnitContent]) -> list[Fault]:
    return [
        Fault(
            place=_place(number, name),
            message=_("“%(name)s” cannot be an attribute's identifier.") % {"name": name},
            next_step=_("Begin with a letter; use small letters without accents, digits and _."),
        )
        for number, unit in enumerate(units)
        for name in unit.values
        if attribute_identifier(name) != name or not name.isascii()
    ]


def _half_given(units: Sequence[UnitContent]) -> list[Fault]:
    """Where some units come with a code or a name, one that lacks it would lose its own."""
    return [
        Fault(
            place=_place(number, column),
            message=_("Other units come with this, but this one does not."),
            next_step=_("Give it for every unit, or for none."),
        )
        for column, key in ((CODE, "code"), (NAME, "name"))
        if any(getattr(unit, key).strip() for unit in units)
        for number, unit in enumerate(units)
        if not getattr(unit, key).strip()
    ]


def _place(number: int, column: str) -> str:
    inner = column.lower() if column in USES else f"values.{column}"
    return f"units.{number}.{inner}"


def _invalid(faults: list[Fault]) -> InvalidContent:
    return InvalidContent(
        _("Some units cannot be taken in, so that none were."),
        _("Correct what is listed, and send all of them again."),
        faults,
    )
