"""Two groups as mixtures of those who answered and those who did not (pattern-mixture model).

Source: Little 1993, Journal of the American Statistical Association 88:125–134 (pattern mixtures);
Manski 2007, Identification for Prediction and Decision, chapter 2 (bounds without assumptions).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_ROUNDING = 1e-12
STEPS = 400


@dataclass(frozen=True, slots=True)
class Mixture:
    """The share of ones ``p`` among ``n`` answers of a reference group (0) and of the group
    compared with it (1), and the numbers ``silent`` of either that did not answer.

    A shift of size δ lets the share among the silent differ from that among the answers by δ in
    both groups, each in the direction that brings the groups together, and never beyond 0 or 1.
    Silent numbers need not be whole.

    ``silent_share0`` and ``silent_share1`` are the shares among the silent that a shift starts
    from, where something else than the answers says them, such as weights; None: as the answers.
    """

    p0: float
    n0: float
    silent0: float
    p1: float
    n1: float
    silent1: float
    silent_share0: float | None = None
    silent_share1: float | None = None

    @property
    def difference(self) -> float:
        """The share of the compared group less that of the reference, at no shift."""
        return self._whole1 - self._whole0

    @property
    def _start0(self) -> float:
        return self.p0 if self.silent_share0 is None else self.silent_share0

    @property
    def _start1(self) -> float:
        return self.p1 if self.silent_share1 is None else self.silent_share1

    @property
    def _whole0(self) -> float:
        return self.p0 + self.weight0 * (self._start0 - self.p0)

    @property
    def _whole1(self) -> float:
        return self.p1 + self.weight1 * (self._start1 - self.p1)

    @property
    def weight0(self) -> float:
        """The part of the reference group that did not answer."""
        return _part(self.silent0, self.n0)

    @property
    def weight1(self) -> float:
        """The part of the compared group that did not answer."""
        return _part(self.silent1, self.n1)

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest difference of the whole groups, whatever the silent are."""
        answered0, answered1 = (1 - self.weight0) * self.p0, (1 - self.weight1) * self.p1
        low = answered1 - answered0 - self.weight0
        return low, low + self.weight0 + self.weight1

    def silent_shares(self, shift: float) -> tuple[float, float]:
        """The shares among the silent of the reference and the compared group at a shift."""
        if self.difference >= 0:
            return min(1.0, self._start0 + shift), max(0.0, self._start1 - shift)
        return max(0.0, self._start0 - shift), min(1.0, self._start1 + shift)

    def whole_shares(self, shift: float) -> tuple[float, float]:
        """The shares of the whole groups, answers and silent together, at a shift."""
        silent0, silent1 = self.silent_shares(shift)
        return (
            (1 - self.weight0) * self.p0 + self.weight0 * silent0,
            (1 - self.weight1) * self.p1 + self.weight1 * silent1,
        )

    def moved(self, shift: float) -> float:
        """By how much a shift brings the groups together."""
        whole0, whole1 = self.whole_shares(shift)
        return abs(self.difference) - (whole1 - whole0) * (1 if self.difference >= 0 else -1)

    def shift_to(self, distance: float) -> float | None:
        """The smallest shift that brings the groups ``distance`` closer; None where none does.

        Exact: the distance moved is linear in the shift until the silent of a group are all alike.
        """
        if distance <= 0:
            return 0.0
        room0, room1 = self._rooms()
        (near, first), (far, second) = sorted([(room0, self.weight0), (room1, self.weight1)])
        both = first + second
        if both * near >= distance * (1 - _ROUNDING):
            return distance / both
        if second <= 0:
            return None
        shift = near + (distance - both * near) / second
        return shift if shift <= far * (1 + _ROUNDING) else None

    def first_shift(self, reaches: Callable[[float], float]) -> float | None:
        """The smallest shift at which ``reaches`` is no longer positive; None where it stays so."""
        if reaches(0.0) <= 0:
            return 0.0
        from scipy.optimize import brentq

        most = max(self._rooms())
        before = 0.0
        for step in range(1, STEPS + 1):
            after = most * step / STEPS
            if reaches(after) <= 0:
                return float(brentq(reaches, before, after, xtol=1e-14))
            before = after
        return None

    def _rooms(self) -> tuple[float, float]:
        """How far the silent of either group can be shifted, in the direction taken."""
        if self.difference >= 0:
            return 1 - self._start0, self._start1
        return self._start0, 1 - self._start1


def _part(silent: float, answered: float) -> float:
    everyone = silent + answered
    return silent / everyone if everyone else 0.0
