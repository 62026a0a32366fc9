"""Tipping points of weighted shares and differences: how far from what the weights say the silent
would have to be.

Weights that add up to a known population say something of those who did not answer: that the
share among them is what is left of the weighted total when the answers are taken away. A shift
starts from there (delta adjustment; Carpenter & Kenward 2013, Multiple Imputation and its
Application, chapter 10), where that of the unweighted numbers starts from the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from samspill.statistics.sensitivity.mixture import Mixture

ALL_ANSWERED = "everyone answered"
BEYOND = "the weights ask more of the silent than they could answer"
NOTHING = "the two weighted shares are alike"
NEVER = "no answers of the silent would turn it"
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class WeightedGroup:
    """A group of ``size`` units of which ``n`` answered, ``share`` of them with a one; ``weighted``
    is its weighted share."""

    n: int
    share: float
    weighted: float
    size: float

    @property
    def silent(self) -> float:
        """Units that did not answer."""
        return self.size - self.n

    @property
    def silent_share(self) -> float | None:
        """The share among the silent that makes the whole what the weights say; None without
        silent units, and where it lies outside 0 to 1."""
        if self.silent <= SLACK:
            return None
        left = (self.weighted * self.size - self.share * self.n) / self.silent
        if -SLACK <= left <= 1 + SLACK:
            return min(1.0, max(0.0, left))
        return None


@dataclass(frozen=True, slots=True)
class WeightedTipping:
    """Tipping points of a weighted difference, shares from 0 to 1.

    ``silent_share_*`` are what the weights say of the silent; ``shift_*`` the smallest distances
    from that, in both groups and in opposite directions, at which the interval reaches zero and
    the sign turns; ``silent_difference_*`` the difference among the silent then. None where there
    is none, and ``note`` says why.
    """

    silent_share_reference: float | None = None
    silent_share_comparison: float | None = None
    shift_interval: float | None = None
    silent_difference_interval: float | None = None
    shift_sign: float | None = None
    silent_difference_sign: float | None = None
    note: str = ""


def weighted_tipping(
    reference: WeightedGroup, comparison: WeightedGroup, low: float, high: float
) -> WeightedTipping:
    """Tipping points of ``comparison`` less ``reference``, whose interval is ``low`` to ``high``.

    The limits move with the estimate and keep their width, as in ``tipping_points``.
    """
    if reference.silent <= SLACK and comparison.silent <= SLACK:
        return WeightedTipping(note=ALL_ANSWERED)
    q0, q1 = reference.silent_share, comparison.silent_share
    if (q0 is None and reference.silent > SLACK) or (q1 is None and comparison.silent > SLACK):
        return WeightedTipping(note=BEYOND)
    mixture = Mixture(
        reference.share,
        reference.n,
        max(0.0, reference.silent),
        comparison.share,
        comparison.n,
        max(0.0, comparison.silent),
        q0,
        q1,
    )
    distance = abs(mixture.difference)
    if distance <= SLACK:
        return WeightedTipping(q0, q1, note=NOTHING)
    sign = mixture.shift_to(distance)
    clear = low > 0 or high < 0
    interval = mixture.shift_to(min(abs(low), abs(high))) if clear else None

    def apart(shift: float | None) -> float | None:
        if shift is None:
            return None
        share0, share1 = mixture.silent_shares(shift)
        return share1 - share0

    return WeightedTipping(
        q0,
        q1,
        interval,
        apart(interval),
        sign,
        apart(sign),
        NEVER if sign is None else "",
    )


@dataclass(frozen=True, slots=True)
class WeightedShift:
    """Where a weighted share could lie and what would bring it to a threshold: ``silent_share`` is
    what the weights say of the silent, ``shift_interval`` and ``shift_side`` the distances from
    that at which its interval and it reach the threshold. None where there is none."""

    silent_share: float | None = None
    shift_interval: float | None = None
    shift_side: float | None = None
    note: str = ""


def weighted_shift(
    group: WeightedGroup, low: float, high: float, threshold: float
) -> WeightedShift:
    """How far from what the weights say of them the silent must be for a share to cross
    ``threshold``."""
    if group.silent <= SLACK:
        return WeightedShift(note=ALL_ANSWERED)
    start = group.silent_share
    if start is None:
        return WeightedShift(note=BEYOND)
    part = group.silent / group.size
    above = group.weighted > threshold
    room = start if above else 1 - start

    def shift(distance: float) -> float | None:
        needed = distance / part
        return needed if needed <= room * (1 + 1e-12) else None

    nearest = low - threshold if above else threshold - high
    return WeightedShift(
        start,
        shift(nearest) if nearest > 0 else None,
        shift(abs(group.weighted - threshold)),
    )
