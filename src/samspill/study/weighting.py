"""How a study's answers are weighted, as its ``datapackage.json`` declares it.

Weights are never stored: they follow from the declaration, the frame and who answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspill.errors import Message, Problem

PLACE = "samspill.weighting"
METHODS = ("post_stratification", "raking", "calibration", "response_propensity")
DISTANCES = ("linear", "raking", "logit")
HEADLINES = ("unweighted", "weighted")
FRAME = "frame"


@dataclass(frozen=True, slots=True)
class KnownTotals:
    """A variable of the units, or several crossed, with what their categories add up to.

    ``totals`` maps a tuple of values to a number of units; None where they are to be counted in
    the study's own frame. ``source`` says where given totals are from.
    """

    variables: tuple[str, ...]
    totals: Mapping[tuple[str, ...], float] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Weighting:
    """A choice of weights.

    ``method`` is one of METHODS; ``distance`` and ``bounds`` belong to ``calibration``; with
    ``response_propensity`` the variables of ``margins`` are those of the model, and ``classes``
    the number of classes (None: none). ``trim`` holds the lowest and the highest weight as
    multiples of the mean, either None. ``headline`` says which numbers stand in sentences, and
    ``chosen_by``, ``chosen_on`` (ISO 8601) and ``reason`` who chose it, when and why.
    """

    method: str
    margins: tuple[KnownTotals, ...]
    distance: str = "raking"
    bounds: tuple[float, float] | None = None
    classes: int | None = None
    trim: tuple[float | None, float | None] = (None, None)
    headline: str = "unweighted"
    chosen_by: str = ""
    chosen_on: str = ""
    reason: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that the weights depend on, once."""
        return tuple(dict.fromkeys(name for margin in self.margins for name in margin.variables))

    def as_json(self) -> dict[str, Any]:
        """The declaration as it stands in ``datapackage.json``."""
        told: dict[str, Any] = {"method": self.method}
        if self.method == "calibration":
            told["distance"] = self.distance
            if self.bounds:
                told["bounds"] = list(self.bounds)
        if self.classes is not None:
            told["classes"] = self.classes
        told["margins"] = [_margin_json(margin) for margin in self.margins]
        if self.trim != (None, None):
            told["trim"] = {
                name: value
                for name, value in zip(("low", "high"), self.trim, strict=True)
                if value is not None
            }
        told["headline"] = self.headline
        for name in ("chosen_by", "chosen_on", "reason"):
            if getattr(self, name):
                told[name] = getattr(self, name)
        return told


def _margin_json(margin: KnownTotals) -> dict[str, Any]:
    told: dict[str, Any] = {"variables": list(margin.variables)}
    told["totals"] = (
        FRAME
        if margin.totals is None
        else [{"values": list(values), "total": n} for values, n in margin.totals.items()]
    )
    if margin.source:
        told["source"] = margin.source
    return told


@dataclass
class _Reader:
    """Collects what is wrong while the declaration is read; what it does not know is left."""

    problems: list[Problem] = field(default_factory=list)

    def fault(self, place: str, message: str, step: str) -> None:
        name = f"{PLACE}.{place}" if place else PLACE
        self.problems.append(Problem("datapackage.json", None, name, message, step))

    def one_of(self, raw: Mapping[str, Any], name: str, known: Sequence[str], usual: str) -> str:
        value = raw.get(name, usual)
        if value not in known:
            step = Message("Choose one of {known}.", known=", ".join(known))
            self.fault(name, Message("“{value}” is not known.", value=str(value)), step)
            return usual
        return str(value)

    def number(self, value: Any, place: str, *, least: float = 0.0) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value < least:
            message = Message("“{value}” is no number that can stand here.", value=str(value))
            self.fault(place, message, "Write a number of 0 or more.")
            return None
        return float(value)

    def text(self, raw: Mapping[str, Any], name: str) -> str:
        value = raw.get(name, "")
        return value if isinstance(value, str) else str(value)


def read_weighting(raw: Any) -> tuple[Weighting | None, list[Problem]]:
    """What stands under ``samspill.weighting``, or what is wrong with it; None where nothing
    does."""
    if raw is None:
        return None, []
    reader = _Reader()
    if not isinstance(raw, dict):
        reader.fault("", "The weighting is no object.", "Write it as an object, or leave it out.")
        return None, reader.problems
    margins = _margins(reader, raw.get("margins"))
    bounds = raw.get("bounds")
    if bounds is not None and not (isinstance(bounds, list) and len(bounds) == 2):
        reader.fault("bounds", "The bounds are not two numbers.", "Write them as [0.3, 3].")
        bounds = None
    trim = raw.get("trim") or {}
    if not isinstance(trim, dict):
        reader.fault("trim", "The limits are no object.", "Write them as low and high.")
        trim = {}
    low, high = (reader.number(trim.get(name), f"trim.{name}") for name in ("low", "high"))
    classes = reader.number(raw.get("classes"), "classes", least=2)
    found = Weighting(
        method=reader.one_of(raw, "method", METHODS, ""),
        margins=margins,
        distance=reader.one_of(raw, "distance", DISTANCES, "raking"),
        bounds=(float(bounds[0]), float(bounds[1])) if bounds else None,
        classes=int(classes) if classes else None,
        trim=(low, high),
        headline=reader.one_of(raw, "headline", HEADLINES, "unweighted"),
        chosen_by=reader.text(raw, "chosen_by"),
        chosen_on=reader.text(raw, "chosen_on"),
        reason=reader.text(raw, "reason"),
    )
    return (None if reader.problems else found), reader.problems


def _margins(reader: _Reader, raw: Any) -> tuple[KnownTotals, ...]:
    if not isinstance(raw, list) or not raw:
        step = "List at least one, with its variables and totals."
        reader.fault("margins", "No known totals are declared.", step)
        return ()
    found = []
    for number, entry in enumerate(raw, start=1):
        place = f"margins[{number}]"
        names = entry.get("variables") if isinstance(entry, dict) else None
        if isinstance(names, str):
            names = [names]
        if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
            reader.fault(place, "No variables are named.", "Name attributes of the units.")
            continue
        totals = _totals(reader, entry.get("totals", FRAME), len(names), f"{place}.totals")
        found.append(KnownTotals(tuple(names), totals, reader.text(entry, "source")))
    return tuple(found)


def _totals(
    reader: _Reader, raw: Any, width: int, place: str
) -> dict[tuple[str, ...], float] | None:
    if raw == FRAME:
        return None
    if not isinstance(raw, list) or not raw:
        step = "Write “frame”, or a list of values and totals."
        reader.fault(place, "The totals are neither “frame” nor a list.", step)
        return None
    found: dict[tuple[str, ...], float] = {}
    for entry in raw:
        values = entry.get("values") if isinstance(entry, dict) else None
        if not isinstance(values, list) or len(values) != width:
            step = Message("Give {n} for each total.", n=width)
            reader.fault(place, "A total does not tell its values.", step)
            continue
        total = reader.number(entry.get("total"), place)
        if total is None:
            if entry.get("total") is None:
                reader.fault(place, "A total is missing.", "Write a number of units.")
            continue
        found[tuple(map(str, values))] = total
    return found


def declared_faults(weighting: Weighting, attributes: Sequence[str]) -> list[Problem]:
    """Variables that the units do not have."""
    reader = _Reader()
    for name in weighting.variables:
        if name not in attributes:
            message = Message("The units have no attribute “{name}”.", name=name)
            reader.fault("margins", message, "Name a column of units.")
    return reader.problems
