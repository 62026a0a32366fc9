"""A municipality's register as the mirror shows it today, each part derived when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl
from django.utils import timezone

from samspill.register import mirror as library
from samspill.register.mirror.dependence import PARTIES, Departure, Party
from samspill.register.mirror.equal_treatment import By
from samspill.typology import Placement, place_all, register_evidence
from samspill.web.mirror.kept import kept, state_of
from samspill.web.mirror.pulse.answers import answers_of_round, rounds_of
from samspill.web.municipality.content import register_of
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Municipality

if TYPE_CHECKING:
    from samspill.register.frames import Tables

YEARS = 3
INVENTED, OBSERVED = "invented", "observed"


class Mirror:
    """What the register and the pulse say, as of today."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.on = timezone.localdate()
        self.state = state_of(municipality, self.on)

    @property
    def provenance(self) -> str:
        return INVENTED if self.municipality.invented else OBSERVED

    @cached_property
    def tables(self) -> Tables:
        return register_of(self.municipality).frames()

    @cached_property
    def answers(self) -> library.RegisterAnswers:
        code = self.municipality.code
        return kept(
            self.state, "answers", lambda: library.questionnaire(self.tables, self.on, code)
        )

    def placements(self, typology: str) -> tuple[Placement, ...]:
        """Every field that any entry speaks of."""

        def make() -> tuple[Placement, ...]:
            code = self.municipality.code
            pieces = register_evidence(self.tables, self.on, code)
            return place_all(pieces, typology, units=True, provenance=self.provenance)

        return kept(self.state, "placements", make, typology)

    @cached_property
    def weighed(self) -> list[library.Signal]:
        """Every signal of the register, and of the latest round of the pulse."""
        return kept(
            self.state,
            "weighed",
            lambda: library.weighed(
                self.tables, self.on, self.gaps if not self.gaps.is_empty() else None
            ),
        )

    @property
    def signals(self) -> list[library.Signal]:
        """Those that show, the one farthest above its limit first."""
        showing = [signal for signal in self.weighed if signal.shows]
        return sorted(showing, key=lambda s: s.rule.share - (s.share or 0))

    def spread(self, by: By) -> pl.DataFrame:
        return kept(
            self.state, "spread", lambda: library.equal_treatment(self.tables, self.on, by), by
        )

    @cached_property
    def years(self) -> pl.DataFrame:
        """The spread at the end of each of the last whole years."""
        last = self.on.year - 1
        wanted = range(last - YEARS + 1, last + 1)
        return kept(
            self.state, "years", lambda: library.over_years(self.tables, list(wanted)), last
        )

    def largest(self, what: str) -> pl.DataFrame:
        return kept(
            self.state, "largest", lambda: library.largest(self.tables, self.on, what), what
        )

    def lorenz(self, what: str) -> pl.DataFrame:
        return library.lorenz_points(self.tables, self.on, what)

    def insiders(self, by: By) -> pl.DataFrame:
        return kept(self.state, "insiders", lambda: library.insiders(self.tables, self.on, by), by)

    @cached_property
    def membership(self) -> pl.DataFrame:
        return kept(self.state, "membership", lambda: library.membership(self.tables, self.on))

    def answering_time(self, by: By) -> pl.DataFrame:
        return kept(
            self.state, "time", lambda: library.answering_time(self.tables, self.on, by), by
        )

    @cached_property
    def network(self) -> library.Network:
        return kept(self.state, "network", lambda: library.network(self.tables, self.on))

    @cached_property
    def measures(self) -> pl.DataFrame:
        return kept(self.state, "measures", lambda: library.measures(self.network))

    @cached_property
    def core(self) -> tuple[pl.DataFrame, float | None]:
        return kept(self.state, "core", lambda: library.core(self.network))

    @cached_property
    def weakest(self) -> pl.DataFrame:
        return kept(self.state, "weakest", lambda: library.weakest_points(self.tables, self.on))

    @cached_property
    def hanging(self) -> pl.DataFrame:
        return kept(self.state, "hanging", lambda: library.hanging(self.tables, self.on))

    @cached_property
    def dependence(self) -> pl.DataFrame:
        return kept(
            self.state, "dependence", lambda: library.contact_dependence(self.tables, self.on)
        )

    def departure(self, party: str, identifier: str) -> Departure | None:
        """What is lost if one leaves; None where there is none of the name."""
        known = {name: one for one in PARTIES for name in (str(one),)}
        chosen: Party | None = known.get(party)
        if chosen is None or identifier not in self.names(f"{party}s"):
            return None
        return kept(
            self.state,
            "departure",
            lambda: library.what_if_leaves(self.tables, self.on, chosen, identifier),
            party,
            identifier,
        )

    @cached_property
    def rounds(self) -> list[pl.DataFrame]:
        """The answers of the two latest rounds, the latest first."""
        return kept(
            self.state,
            "rounds",
            lambda: [answers_of_round(one) for one in rounds_of(self.municipality)[:2]],
        )

    @cached_property
    def gaps(self) -> pl.DataFrame:
        """The gap between the sides in the latest round; no rows without one."""
        return kept(
            self.state,
            "gaps",
            lambda: library.gaps(self.rounds[0]) if self.rounds else pl.DataFrame(),
        )

    @cached_property
    def changes(self) -> pl.DataFrame:
        """The change since the round before; no rows without one."""
        return kept(
            self.state,
            "changes",
            lambda: library.changes(*self.rounds) if len(self.rounds) == 2 else pl.DataFrame(),
        )

    def names(self, table: str) -> Mapping[str, str]:
        """What the entries of a table are called, by identifier."""
        return kept(
            self.state,
            "names",
            lambda: {one.identifier: str(one) for one in entries(self.municipality, table)},
            table,
        )
