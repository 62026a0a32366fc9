"""How surprising it is that one pair of group sizes explains so many tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from samspill.reconstruction.chance import at_least
from samspill.reconstruction.evidence import Outcome
from samspill.reconstruction.sizes import Sizing


def chance_row(
    sizing: Sizing, outcomes: Mapping[tuple[str, str, str], Outcome]
) -> dict[str, object]:
    """How surprising the number of explained tables is, for ``Reconstruction.chance``.

    The chance of one table is the larger of what random prints have at the chosen sizes and what
    the tables themselves have at all sizes, the chosen ones counted too, so that it is never 0;
    the probability is binomial, times the number of sizes tried (Bonferroni). It is null where
    nothing sets one pair of sizes apart: several do equally well, or only one was tried.
    """
    tables = len(sizing.family.tables)
    explained = int(sizing.explained[sizing.chosen[0]])
    others = np.delete(sizing.explained, sizing.chosen)
    own = [outcomes[t.name].chance for t in sizing.family.tables if t.name in outcomes]
    known = [chance for chance in own if chance is not None]
    single = float(np.mean(known)) if len(known) == tables else None
    probability = None
    if sizing.chosen.size == 1 and others.size:
        tried = int(sizing.family.candidates.size)
        rate = max(float(sizing.explained.mean()) / tables, single or 0.0)
        probability = min(1.0, tried * at_least(explained, tables, rate))
    return {
        "split": sizing.family.split,
        "observations": sizing.family.observations,
        "tables": tables,
        "explained": explained,
        "chance_of_table": single,
        "expected_elsewhere": float(others.mean()) if others.size else None,
        "most_elsewhere": int(others.max()) if others.size else None,
        "sizes_tried": int(sizing.family.candidates.size),
        "sizes_chosen": int(sizing.chosen.size),
        "probability": probability,
        "strength": _strength(probability, tables),
    }


def _strength(probability: float | None, tables: int) -> str:
    """The words for ``probability``; one table alone is never more than weak evidence."""
    if probability is None:
        return "unknown"
    for limit, word in ((1e-6, "very strong"), (1e-3, "strong"), (0.05, "moderate")):
        if probability < limit and tables > 1:
            return word
    return "weak"
