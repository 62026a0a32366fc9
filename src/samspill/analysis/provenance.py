"""Provenance of a number: how the counts behind it came to be known."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

OBSERVED = "observed"
EXACT = "reconstructed exactly"
CONSISTENT = "consistent with what is printed"
INVENTED = "invented"
WEAKEST_LAST = (OBSERVED, EXACT, CONSISTENT, INVENTED)


@dataclass(frozen=True, slots=True)
class ProvenanceTable:
    """Provenance by variable or indicator, field and split, from a study's ``provenance`` table."""

    rows: dict[tuple[str, str], tuple[str, str]]

    @classmethod
    def of(cls, provenance: pl.DataFrame) -> ProvenanceTable:
        """``provenance`` has the columns name, field, split, provenance; empty field is any."""
        return cls(
            {
                (row["name"], row["field"] or ""): (row["split"] or "", row["provenance"])
                for row in provenance.to_dicts()
            }
        )

    def of_number(self, name: str, field: str, by: str | None = None) -> str:
        """Provenance of a count of ``name`` in ``field``, split by the attribute ``by``.

        Counts that were reconstructed exactly are exact for all units and by the attribute that
        the print splits them by; by anything else they are merely consistent with the print.
        """
        split, provenance = self.rows.get((name, field)) or self.rows.get((name, ""), ("", ""))
        if provenance == EXACT and by and by != split:
            return CONSISTENT
        return provenance or OBSERVED

    def weakest(self) -> str:
        """The weakest provenance in the study."""
        present = {provenance for _, provenance in self.rows.values()}
        return max(present or {OBSERVED}, key=WEAKEST_LAST.index)
