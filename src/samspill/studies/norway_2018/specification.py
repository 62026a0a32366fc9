"""What the founding study asked, and what is assumed where the report does not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samspill.reconstruction.microdata import (
    Assumption,
    BinaryVariable,
    OrdinalVariable,
    Specification,
    Union,
)
from samspill.vocabulary import load

ANSWERED_OPEN_QUESTION = "answered_open_question"
CODES = (1, 2, 3, 4, 5)

RELATION_NEEDED = "relation_needed"
RELATION_COUNTED = "relation_counted"
ANSWER_HAS_BARRIER = "answer_has_barrier"
ASSUMPTIONS = (RELATION_NEEDED, RELATION_COUNTED, ANSWER_HAS_BARRIER)


def specification(
    groups: Mapping[str, int],
    *,
    readings: Mapping[str, str] | None = None,
    assumptions: Iterable[str] = ASSUMPTIONS,
    codes: tuple[int, ...] = CODES,
    top_share_of: str = "answers",
) -> Specification:
    """The variables of the founding study.

    ``groups``: units without (``no``) and with (``yes``) a policy. ``assumptions``: those of
    ``ASSUMPTIONS`` to keep. ``codes``: of the categories of the number of relations, of which the
    report names only the highest.
    """
    chosen = set(assumptions)
    return Specification(
        split="has_policy",
        groups=groups,
        binary=_binary(),
        ordinal=(
            OrdinalVariable(
                "number_of_relations", in_depth(), codes, "more_than_20_relations", top_share_of
            ),
        ),
        unions=tuple(Union(phase, forms_of(phase)) for phase in load().phases),
        assumptions=tuple(a for a in _assumptions() if a.name in chosen),
        areas={"number_of_areas": "has_relation"},
        readings=readings or {},
    )


def in_depth() -> tuple[str, ...]:
    """The four fields studied in depth."""
    return tuple(concept.identifier for concept in load().fields.having(in_depth=True))


def fields() -> tuple[str, ...]:
    """The ten areas asked about, the one that the report does not name included."""
    return tuple(load().fields)


def forms_of(phase: str) -> tuple[str, ...]:
    """The two forms of collaboration of a phase."""
    return tuple(concept.identifier for concept in load().forms.having(phase=phase))


def barriers() -> tuple[str, ...]:
    """The variables for the themes of the open answers."""
    return tuple(f"barrier_{barrier}" for barrier in load().barriers)


def _binary() -> tuple[BinaryVariable, ...]:
    four, vocabulary = in_depth(), load()
    return (
        BinaryVariable("has_relation", fields()),
        *(BinaryVariable(name, four) for name in vocabulary.coordination),
        *(BinaryVariable(name, four, recorded=False) for name in vocabulary.phases),
        *(BinaryVariable(name, four) for name in vocabulary.forms),
        *(BinaryVariable(name, four) for name in vocabulary.economic_relations),
        BinaryVariable("overall_coordination_position"),
        BinaryVariable("overall_coordination_body"),
        BinaryVariable(ANSWERED_OPEN_QUESTION, recorded=False),
        *(BinaryVariable(name, asked_of=ANSWERED_OPEN_QUESTION) for name in barriers()),
    )


def _assumptions() -> tuple[Assumption, ...]:
    vocabulary = load()
    return (
        Assumption(
            RELATION_NEEDED,
            "has_relation",
            (*vocabulary.phases, *vocabulary.economic_relations),
        ),
        Assumption(RELATION_COUNTED, "has_relation", ("number_of_relations: answered",)),
        Assumption(ANSWER_HAS_BARRIER, ANSWERED_OPEN_QUESTION, barriers(), covering=True),
    )
