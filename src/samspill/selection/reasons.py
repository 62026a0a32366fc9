"""Why a unit was chosen, and what one left out would have added; as messages and in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from samspill.errors import Message
from samspill.language import format_number, translate
from samspill.selection.attributes import Attribute

SHOWN = 4
Row = Mapping[str, Any]
Label = Callable[[str, str], str]
"""What an attribute (first) with a category (second) is called."""


class Categories(str):
    """``size ≥20000, has_policy no``: categories of attributes, that remembers which they are."""

    __slots__ = ("keys",)

    keys: tuple[tuple[str, str], ...]

    def __new__(cls, keys: Iterable[Sequence[str]]) -> Categories:
        held = tuple((name, value) for name, value in keys)
        made = super().__new__(cls, _joined(held, _plain))
        made.keys = held
        return made

    def __reduce__(self) -> tuple[type[Categories], tuple[tuple[tuple[str, str], ...]]]:
        return Categories, (self.keys,)


class UnitName(str):
    """The identifier of a unit in a message."""

    __slots__ = ()


def said(
    message: Message,
    language: str,
    label: Label | None = None,
    names: Mapping[str, str] = {},
) -> str:
    """A message in a language, its numbers as the language writes them.

    ``label`` gives what categories are called, ``names`` what units are.
    """

    def whole(one: Message) -> Message:
        return Message(one.template, **{name: told(v) for name, v in one.fields.items()})

    def told(value: object) -> object:
        if isinstance(value, Message):
            return whole(value)
        if isinstance(value, Categories):
            return _joined(value.keys, label or _plain)
        if isinstance(value, UnitName):
            return names.get(value, str(value))
        if isinstance(value, float):
            return format_number(value, len(f"{value:g}".partition(".")[2]), language)
        return value

    return translate(whole(message), language)


def packed(message: Message) -> list[Any]:
    """A message as JSON can hold it; ``unpacked`` reads it again."""

    def held(value: object) -> object:
        if isinstance(value, Message):
            return packed(value)
        if isinstance(value, Categories):
            return {"categories": [list(key) for key in value.keys]}
        if isinstance(value, UnitName):
            return {"unit": str(value)}
        return value if isinstance(value, int | float) else str(value)

    return [message.template, {name: held(value) for name, value in message.fields.items()}]


def unpacked(content: Sequence[Any]) -> Message:
    """The message that ``packed`` gave."""

    def read(value: Any) -> object:
        if isinstance(value, list):
            return unpacked(value)
        if isinstance(value, dict):
            return UnitName(value["unit"]) if "unit" in value else Categories(value["categories"])
        return value

    template, fields = content
    return Message(template, **{name: read(value) for name, value in fields.items()})


def of_chosen(row: Row, alone: Sequence[tuple[str, str]], method: Message | None) -> Message:
    """Of a case: what ranks it, and what rests on it; ``alone`` are categories only it has."""
    told = method or _rests(row, alone)
    return Message("It must be in. {reason}", reason=told) if row["given"] == "must" else told


def _rests(row: Row, alone: Sequence[tuple[str, str]]) -> Message:
    fields = {"pairs": _number(row["adds_pairs"]), "nearness": _number(row["adds_nearness"])}
    if alone:
        return Message(
            "The only case with {categories}. Without it {pairs} of the covered pairs would have "
            "no case, and the mean distance to the nearest case would be {nearness} longer.",
            categories=Categories(alone),
            **fields,
        )
    return Message(
        "Other cases share each of its categories. Without it {pairs} of the covered pairs would "
        "have no case, and the mean distance to the nearest case would be {nearness} longer.",
        **fields,
    )


def of_left_out(
    row: Row, new: Sequence[tuple[str, str]], lacking: bool, place: tuple[int, int] | None
) -> Message:
    """Of a unit left out: what it would add as one case more, or why it could not be chosen.

    ``place`` is its place in the method's order, and of how many, where the method has one.
    """
    if row["given"] == "must_not":
        return Message("It must not be in.")
    if lacking:
        return Message("It lacks an attribute that the method needs.")
    if row["tied"]:
        if not row["exchange"]:
            return Message("It would do as well as one that was chosen; the seed decided.")
        return Message(
            "It would do as well in the place of {case}; the seed decided.",
            case=UnitName(row["exchange"]),
        )
    added = _added(row, new)
    if place is None:
        return added
    return Message(
        "Number {place} of {known}. {added}", place=place[0], known=place[1], added=added
    )


def _added(row: Row, new: Sequence[tuple[str, str]]) -> Message:
    fields = {"pairs": _number(row["adds_pairs"]), "nearness": _number(row["adds_nearness"])}
    if new:
        return Message(
            "As one case more it would add {categories}, cover {pairs} more of the pairs, and make "
            "the mean distance to the nearest case {nearness} shorter.",
            categories=Categories(new),
            **fields,
        )
    if not fields["pairs"]:
        return Message(
            "As one case more it would add no category and no pair, and make the mean distance to "
            "the nearest case {nearness} shorter.",
            nearness=fields["nearness"],
        )
    return Message(
        "As one case more it would add no category, cover {pairs} more of the pairs, and make the "
        "mean distance to the nearest case {nearness} shorter.",
        **fields,
    )


def of_score(method: str, row: Row, place: int, known: int) -> Message | None:
    """What the method says of a chosen unit."""
    if method == "extreme":
        return Message(
            "It lies {score} standard deviations from the mean, number {place} of {known}.",
            score=round(row["score"], 2),
            place=place,
            known=known,
        )
    if method == "influential":
        return Message(
            "Its influence on the model is {score}, number {place} of {known}.",
            score=_number(row["score"]),
            place=place,
            known=known,
        )
    if method in ("typical", "deviant"):
        return Message(
            "Its outcome is {outcome} where the model expects {fitted}, number {place} of {known}.",
            outcome=_number(row["outcome"]),
            fitted=_number(row["fitted"]),
            place=place,
            known=known,
        )
    return None


def of_pair(
    method: str, partner: str, outcome: Attribute, values: Sequence[str], far: float
) -> Message:
    """What tells a pair apart, or what it has in common."""
    mine, other = (Categories([(outcome.name, value)]) for value in values)
    fields = {"partner": UnitName(partner), "distance": _number(far), "mine": mine}
    if method == "most_similar":
        return Message(
            "With {partner}: {distance} apart, and {mine} against {other}.", other=other, **fields
        )
    return Message("With {partner}: {distance} apart, and {mine} in both.", **fields)


def _joined(keys: Sequence[tuple[str, str]], label: Label) -> str:
    told = [label(name, value) for name, value in keys[:SHOWN]]
    more = len(keys) - SHOWN
    return ", ".join(told) + (f" (+{more})" if more > 0 else "")


def _plain(name: str, value: str) -> str:
    return f"{name} {value}"


def _number(value: float) -> float | int:
    """A number with four significant digits at most; whole ones without decimals."""
    rounded = float(f"{value:.4g}") if abs(value) >= 1 else round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
