"""Places and answers made up by chance, the same each time."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from samspill.instrument import Instrument, Item, Question, relevant_steps, steps
from samspill.web.fieldwork.responses import Value

SEED = 2026
T = TypeVar("T")


@cache
def made_up() -> Mapping[str, Any]:
    """What stands in ``made_up.toml``."""
    return tomllib.loads((Path(__file__).parent / "made_up.toml").read_text(encoding="utf-8"))


def place_names() -> list[str]:
    """440 names of places that do not exist."""
    parts = made_up()["places"]
    return [first + last for first in parts["first"] for last in parts["last"]]


def chance() -> Random:
    return Random(SEED)  # noqa: S311


def draw(random: Random, categories: list[Mapping[str, Any]]) -> str:
    """A category's value, drawn by the categories' shares."""
    shares = [category["share"] for category in categories]
    return str(random.choices(categories, shares)[0]["value"])


def weighted(random: Random, items: Sequence[T], weights: Sequence[float], number: int) -> list[T]:
    """A sample without replacement, in the order drawn, each drawn with a probability proportional
    to its weight among those left (Efraimidis and Spirakis 2006)."""
    keys = [random.random() ** (1 / weight) for weight in weights]
    order = sorted(range(len(items)), key=lambda place: keys[place], reverse=True)
    return [items[place] for place in order[:number]]


def made_up_answers(
    form: Instrument, inclination: float, random: Random
) -> Iterator[tuple[str, dict[Item, Value]]]:
    """The answers of one respondent page by page: a step's identifier, and what is answered there.

    ``inclination`` is the probability of a yes.
    """
    answers: dict[Item, Value] = {}
    for step in steps(form):
        opened = {found.identifier: found for found in relevant_steps(form, answers)}
        if step.identifier not in opened:
            continue
        given = {
            asked.item: value
            for asked in opened[step.identifier].asked
            if (value := _answer(asked.question, inclination, random))
        }
        answers.update(given)
        yield step.identifier, given


def _answer(question: Question, inclination: float, random: Random) -> Value:
    values = [category.value for category in question.categories if not category.missing]
    if question.type == "binary":
        return "1" if random.random() < inclination else "0"
    if question.type in {"ordinal", "nominal"}:
        place = random.betavariate(1 + 2 * inclination, 2) * len(values)
        return values[min(int(place), len(values) - 1)]
    if question.type == "text" and random.random() < inclination:
        return str(random.choice(made_up()["texts"]["challenges"]))
    return ""
