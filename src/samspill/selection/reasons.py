"""Why a unit was chosen, and what one left out would have added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samspill.errors import Message
from samspill.selection.attributes import Attribute

SHOWN = 4
Row = Mapping[str, Any]


def listed(keys: Sequence[tuple[str, str]]) -> str:
    """``size ≥20000, has_policy no``, and how many more."""
    told = [f"{name} {value}" for name, value in keys[:SHOWN]]
    more = len(keys) - SHOWN
    return ", ".join(told) + (f" (+{more})" if more > 0 else "")


def chosen(row: Row, alone: Sequence[tuple[str, str]], scored: Message | None) -> Message:
    """Of a case: what ranks it, and what only it covers; ``alone`` are those categories."""
    covers = _covers(row, alone)
    if row["given"] == "must":
        return Message("It must be in. {covers}", covers=covers)
    return covers if scored is None else Message("{scored} {covers}", scored=scored, covers=covers)


def _covers(row: Row, alone: Sequence[tuple[str, str]]) -> Message:
    if alone:
        return Message(
            "The only case with {categories}; {pairs} pairs of categories and {nearness} of the "
            "mean distance rest on it alone.",
            categories=listed(alone),
            pairs=_whole(row["adds_pairs"]),
            nearness=_decimal(row["adds_nearness"]),
        )
    return Message(
        "Other cases have each of its categories; {pairs} pairs of them and {nearness} of the mean "
        "distance rest on it alone.",
        pairs=_whole(row["adds_pairs"]),
        nearness=_decimal(row["adds_nearness"]),
    )


def left_out(row: Row, new: Sequence[tuple[str, str]], lacking: bool) -> Message:
    """Of a unit left out: what it would add as one case more, and in the place of which case."""
    if row["given"] == "must_not":
        return Message("It must not be in.")
    if lacking:
        return Message("It lacks an attribute that the method needs.")
    if row["tied"]:
        return Message(
            "It would do as well in the place of {case}; the seed decided.", case=row["exchange"]
        )
    added = (
        Message("As one case more it would add {categories}", categories=listed(new))
        if new
        else Message("As one case more it would add no category")
    )
    return Message(
        "{added}, {pairs} pairs of categories, and take {nearness} off the mean distance.",
        added=added,
        pairs=_whole(row["adds_pairs"]),
        nearness=_decimal(row["adds_nearness"]),
    )


def scored(method: str, row: Row, place: int, known: int) -> Message | None:
    """What the method says of a chosen unit."""
    if method == "extreme":
        return Message(
            "It lies {score} standard deviations from the mean, number {place} of {known}.",
            score=f"{row['score']:.2f}", place=place, known=known,
        )  # fmt: skip
    if method == "influential":
        return Message(
            "Its influence on the model is {score}, number {place} of {known}.",
            score=f"{row['score']:.3f}", place=place, known=known,
        )  # fmt: skip
    if method in ("typical", "deviant"):
        return Message(
            "Its outcome is {outcome} where the model expects {fitted}; of {known} units it is "
            "number {place}.",
            outcome=f"{row['outcome']:.4g}", fitted=f"{row['fitted']:.4g}", place=place,
            known=known,
        )  # fmt: skip
    return None


def paired(method: str, partner: str, outcome: Attribute, values: Sequence[str], far: float) -> Message:
    """What a pair has in common, or what tells it apart."""
    if method == "most_similar":
        return Message(
            "With {partner}: {distance} apart, and {outcome} {mine} against {other}.",
            partner=partner, distance=f"{far:.3f}", outcome=outcome.name, mine=values[0],
            other=values[1],
        )  # fmt: skip
    return Message(
        "With {partner}: {distance} apart, and {outcome} {mine} in both.",
        partner=partner, distance=f"{far:.3f}", outcome=outcome.name, mine=values[0],
    )  # fmt: skip


def _whole(value: float) -> str:
    return f"{value:g}"


def _decimal(value: float) -> str:
    return f"{value:.4f}"
