"""The figures as data: what each shows, in which shape, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samspill.presentation.tables.words import message

Shape = Literal["shares", "policy", "categories", "effects", "process", "tipping"]


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """One figure.

    ``scheme`` names the scheme of the vocabulary whose concepts are the indicators; without it,
    ``indicators`` names them. ``rows`` says what stands in rows, the other stands in panels.
    ``fields`` is which fields are shown: those studied in depth, all, or none (questions about
    the whole unit). ``remarks`` are sentences added to the note; ``undrawn`` is one that is added
    where the numbers come from print, and says what the printed figure lacks.
    """

    number: str
    shape: Shape
    title: str
    indicators: tuple[str, ...] = ()
    scheme: str = ""
    rows: Literal["indicators", "fields"] = "indicators"
    fields: Literal["in_depth", "all", "none"] = "in_depth"
    remarks: tuple[str, ...] = ()
    undrawn: str = ""


FROM_APPENDIX = message(
    "The report draws this figure without its numbers; they follow from its appendix table."
)
FROM_MEANS = message(
    "The report draws this figure without its numbers; those shown fit the means and the "
    "explained variance in its appendix table."
)


SPECS = (
    FigureSpec(
        "4.1",
        "shares",
        message("Where do municipalities work with voluntary organisations?"),
        indicators=("has_relation",),
        rows="fields",
        fields="all",
    ),
    FigureSpec(
        "4.2",
        "categories",
        message("How many organisations does the municipality work with in each field?"),
        indicators=("number_of_relations",),
        undrawn=FROM_MEANS,
    ),
    FigureSpec(
        "4.3",
        "shares",
        message("Who keeps up the contact with voluntary organisations?"),
        scheme="coordination",
        undrawn=FROM_APPENDIX,
    ),
    FigureSpec(
        "4.4",
        "shares",
        message("What forms does the collaboration take?"),
        scheme="forms",
        remarks=(message("The forms stand in the order of the policy process."),),
    ),
    FigureSpec(
        "4.5",
        "shares",
        message("How does money pass from municipality to organisations?"),
        scheme="economic_relations",
        undrawn=FROM_APPENDIX,
    ),
    FigureSpec(
        "4.6",
        "policy",
        message("Is collaboration more common where there is a volunteer policy?"),
        indicators=("has_relation",),
        rows="fields",
        undrawn=FROM_APPENDIX,
    ),
    FigureSpec(
        "4.7",
        "policy",
        message("Are bodies and meeting points more common where there is a volunteer policy?"),
        indicators=("coordination_body", "meeting_point"),
        undrawn=FROM_APPENDIX,
    ),
    FigureSpec(
        "4.8",
        "policy",
        message("In which phase does collaboration go with a volunteer policy?"),
        scheme="phases",
        remarks=(
            message("A phase counts as present where at least one of its two forms is present."),
        ),
    ),
    FigureSpec(
        "4.9",
        "policy",
        message("Are economic relations more common where there is a volunteer policy?"),
        scheme="economic_relations",
        undrawn=FROM_APPENDIX,
    ),
    FigureSpec(
        "4.10",
        "shares",
        message("What do municipalities find difficult in the collaboration?"),
        scheme="barriers",
        fields="none",
        remarks=(message("Answers in own words, coded; one answer may carry several themes."),),
    ),
    FigureSpec(
        "4.11",
        "process",
        message("Where in the process does the weight of collaboration lie?"),
        scheme="forms",
    ),
    FigureSpec(
        "policy_effects",
        "effects",
        message("Does more collaboration go with a volunteer policy?"),
    ),
    FigureSpec(
        "silence",
        "tipping",
        message("How different would those who did not answer have to be?"),
    ),
)


NUMBERS = tuple(spec.number for spec in SPECS)
