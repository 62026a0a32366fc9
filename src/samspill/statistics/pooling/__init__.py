"""Many small groups read together: each group's own number beside its partially pooled one.

A small group's number is mostly noise, and a table of many such numbers ranks the noise. Here each
is drawn towards what the groups have in common, the more the fewer its answers, with intervals,
the spread between the groups, and how sure their order is. All from cells.
"""

from __future__ import annotations

from samspill.statistics.pooling.means import pool_estimates, pooled_means
from samspill.statistics.pooling.results import Pooled
from samspill.statistics.pooling.shares import pooled_shares

__all__ = ["Pooled", "pool_estimates", "pooled_means", "pooled_shares"]
