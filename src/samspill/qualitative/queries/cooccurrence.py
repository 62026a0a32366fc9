"""Which codes are used together: on the same words, in the same paragraph, in the same source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.choice import (
    Sources,
    code_places,
    coder_mask,
    memberships,
    source_mask,
)
from samspill.qualitative.queries.lines import lay_paragraphs
from samspill.qualitative.queries.spans import Ints, Spans, overlapping, spread, union
from samspill.statistics.intervals import require_level, wilson
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

Within = Literal["overlap", "paragraph", "source"]
Floats = NDArray[np.float64]
RELATED = "one of the two codes lies under the other: every coding of it is one of both"
NEITHER = "neither code is used"
CHUNK, ROUNDING = 2_000_000, 1e-12
DEPENDENT = (
    "no interval: neighbouring words and paragraphs are coded together, not drawn one by one"
)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Cooccurrence(Result):
    """Codes two and two, each pair once, in the order of the tree.

    What is counted are characters (``overlap``), paragraphs or sources. ``frame``: ``a``, ``b``
    (identities), ``a_name``, ``b_name``, ``both``, ``n_a``, ``n_b``, ``n`` (all there are in the
    chosen sources), ``pairs`` (of overlapping codings; null unless within ``overlap``),
    ``jaccard`` (both / either), ``low``, ``high`` (its Wilson interval, for sources), ``expected``
    (``both`` where the codes fall independently), ``expected_low``, ``expected_high`` (the range
    that independence would give with probability ``level``, for sources), ``lift`` (both /
    expected) and ``note`` (why something is missing, otherwise empty).
    """

    within: Within
    level: float

    @property
    def heading(self) -> str:
        places = {"overlap": "on the same words", "paragraph": "in one paragraph"}
        return f"Codes together {places.get(self.within, 'in one source')}"

    def square(self, value: str = "jaccard") -> pl.DataFrame:
        """A column of the frame as a symmetric table, one row and one column a code."""
        half = self.frame.select("a", "b", value)
        other = half.select(a="b", b="a", **{value: value})
        codes = pl.concat([half["a"], half["b"]]).unique(maintain_order=True).to_list()
        wide = pl.concat([half, other]).pivot("b", index="a", values=value)
        position = {code: place for place, code in enumerate(codes)}
        return wide.select("a", *codes).sort(pl.col("a").replace_strict(position))


def cooccurrence(
    tables: Tables,
    codes: Sequence[str] | None = None,
    within: Within = "overlap",
    *,
    coders: Sequence[str] | str | None = None,
    with_descendants: bool = True,
    sources: Sources = None,
    level: float = 0.95,
) -> Cooccurrence:
    """How often codes go together, with Jaccard's coefficient (Jaccard 1912, New Phytologist
    11:37–50) and what independence would give.

    Expected: for words and paragraphs Σ nₐ n_b / n over sources, so that codes of the same few
    sources do not go together by that alone; for sources nₐ n_b / n. Without ``codes``, all.

    Raises SamspillError for an unknown code, coder, source or kind of place.
    """
    require_level(level)
    if within not in ("overlap", "paragraph", "source"):
        raise SamspillError(
            Message("Codes are not counted together within “{within}”.", within=within),
            "Choose overlap, paragraph or source.",
        )
    places = code_places(tables, codes) if codes is not None else [*range(tables.codes.height)]
    if len(set(places)) < len(places):
        raise SamspillError("A code is named twice.", "Name each code once.")
    chosen = source_mask(tables, sources)
    line = tables.line
    kept = np.flatnonzero(chosen[line.source] & coder_mask(tables, coders))
    row, code = memberships(tables, places, with_descendants=with_descendants)
    raw = Spans(line.code[kept], line.start[kept], line.end[kept])
    codings = spread(raw, row, code)
    covered = union(codings, line.length)
    count = len(places)
    together = _Together(
        *(
            _characters(covered, count, chosen, tables)
            if within == "overlap"
            else _units(covered, count, chosen, tables, within)
        ),
        pairs=_pairs(codings, count) if within == "overlap" else None,
        related=_related(tables, places) if with_descendants else np.zeros((count, count), bool),
    )
    return Cooccurrence(_framed(tables, places, together, within, level), within, level)


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    """``both`` (code × code), ``each`` (code × source) and ``n`` (of each source) are counts of
    characters, paragraphs or sources."""

    both: Floats
    each: Any
    n: Floats
    pairs: Ints | None
    related: NDArray[np.bool_]


def _characters(
    covered: Spans, count: int, chosen: NDArray[np.bool_], tables: Tables
) -> tuple[Any, Any, Any]:
    from scipy.sparse import csr_array

    line = tables.line
    i, j = overlapping(covered, covered)
    shared = np.minimum(covered.end[i], covered.end[j]) - np.maximum(
        covered.start[i], covered.start[j]
    )
    both = np.bincount(
        covered.group[i] * count + covered.group[j], weights=shared, minlength=count**2
    ).reshape(count, count)
    source = np.searchsorted(line.offsets, covered.start, side="right") - 1
    shape = (count, chosen.size)
    each = csr_array((covered.lengths.astype(np.float64), (covered.group, source)), shape=shape)
    return both, each, np.where(chosen, np.diff(line.offsets) - 1, 0).astype(np.float64)


def _units(
    covered: Spans, count: int, chosen: NDArray[np.bool_], tables: Tables, within: Within
) -> tuple[Any, Any, Any]:
    """Paragraphs that hold something, or sources, in which each code covers a character."""
    from scipy.sparse import csr_array

    offsets = tables.line.offsets
    if within == "source":
        unit = np.searchsorted(offsets, covered.start, side="right") - 1
        group, source = covered.group, np.arange(chosen.size)
    else:
        laid = lay_paragraphs(tables)
        spans = Spans(np.zeros_like(laid.start), laid.start, laid.end)
        at, unit = overlapping(covered, spans)
        group, source = covered.group[at], laid.source
    used = csr_array((np.ones(unit.size), (group, unit)), shape=(count, source.size))
    used.data = np.ones_like(used.data)
    kept = chosen[source].astype(np.float64)
    if within == "source":
        each = csr_array(used.sum(axis=1).reshape(-1, 1))
        return (used @ used.T).toarray(), each, np.array([kept.sum()])
    of_source = csr_array(
        (np.ones(source.size), (np.arange(source.size), source)), shape=(source.size, chosen.size)
    )
    n = np.bincount(source, weights=kept, minlength=chosen.size)
    return (used @ used.T).toarray(), used @ of_source, n


def _pairs(codings: Spans, count: int) -> Ints:
    """Pairs of codings that share a character, one of each code."""
    i, j = overlapping(codings, codings)
    counts = np.bincount(codings.group[i] * count + codings.group[j], minlength=count**2)
    return counts.reshape(count, count)


def _related(tables: Tables, places: Sequence[int]) -> NDArray[np.bool_]:
    codes = tables.codes["code"].to_list()
    above = set(tables.ancestry.select("code", "ancestor").iter_rows())
    names = [codes[place] for place in places]
    return np.array([[(a, b) in above or (b, a) in above for b in names] for a in names])


def _framed(
    tables: Tables, places: Sequence[int], together: _Together, within: Within, level: float
) -> pl.DataFrame:
    i, j = np.triu_indices(len(places), 1)
    both, total = together.both[i, j], np.asarray(together.each.sum(axis=1)).ravel()
    n_a, n_b, n = total[i], total[j], float(together.n.sum())
    either = n_a + n_b - both
    jaccard = np.divide(both, either, out=np.full(i.size, np.nan), where=either > 0)
    expected = _expected(together)[i, j]
    lift = np.divide(both, expected, out=np.full(i.size, np.nan), where=expected > 0)
    limits = {name: np.full(i.size, np.nan) for name in LIMITS}
    if within == "source":
        limits = _limits(jaccard, either, n_a, n_b, n, level)
    related = together.related[i, j]
    for values in (jaccard, expected, lift, *limits.values()):
        values[related] = np.nan
    note = np.where(
        related,
        RELATED,
        np.where(either == 0, NEITHER, "" if within == "source" else DEPENDENT),
    )
    codes, names = (tables.codes[key].gather(list(places)) for key in ("code", "name"))
    pairs = together.pairs
    return pl.DataFrame(
        {
            "a": codes.gather(i),
            "b": codes.gather(j),
            "a_name": names.gather(i),
            "b_name": names.gather(j),
            **{
                name: pl.Series(np.rint(values).astype(np.int64))
                for name, values in (("both", both), ("n_a", n_a), ("n_b", n_b))
            },
            "n": pl.Series(np.full(i.size, round(n)), dtype=pl.Int64),
            "pairs": pl.Series([None] * i.size, dtype=pl.Int64)
            if pairs is None
            else pl.Series(pairs[i, j], dtype=pl.Int64),
            "jaccard": jaccard,
            "low": limits["low"],
            "high": limits["high"],
            "expected": expected,
            "expected_low": limits["expected_low"],
            "expected_high": limits["expected_high"],
            "lift": lift,
            "note": note.tolist(),
        },
        schema_overrides={"note": pl.String},
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


LIMITS = ("low", "high", "expected_low", "expected_high")


def _expected(together: _Together) -> Floats:
    """Σ over sources of nₐ n_b / n."""
    held = together.n > 0
    weight = np.divide(1.0, together.n, out=np.zeros(together.n.size), where=held)
    expected: Floats = ((together.each * weight[None, :]) @ together.each.T).toarray()
    return expected


def _limits(
    jaccard: Floats, either: Floats, n_a: Floats, n_b: Floats, n: float, level: float
) -> dict[str, Floats]:
    used = either > 0
    found = {name: np.full(jaccard.size, np.nan) for name in LIMITS}
    found["low"][used], found["high"][used] = wilson(jaccard[used], 1 / either[used], level)
    smaller, larger = np.minimum(n_a, n_b), np.maximum(n_a, n_b)
    sizes = np.rint(np.stack([smaller, larger])).astype(np.int64)
    seen, back = np.unique(sizes, axis=1, return_inverse=True)
    low, high = _by_chance(round(n), seen[0], seen[1], level)
    found["expected_low"], found["expected_high"] = low[back.ravel()], high[back.ravel()]
    return found


def _by_chance(n: int, smaller: Ints, larger: Ints, level: float) -> tuple[Floats, Floats]:
    """Quantiles of the hypergeometric distribution: how many of ``smaller`` sources, drawn from
    ``n``, are among ``larger`` of them."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    low, high = np.empty(smaller.size), np.empty(smaller.size)
    step = max(1, CHUNK // (n + 1))
    for first in range(0, smaller.size, step):
        a, b = smaller[first : first + step, None], larger[first : first + step, None]
        k = np.arange(int(a.max()) + 1)[None, :]
        possible = (k <= a) & (a - k <= n - b)
        rest, missed = np.maximum(a - k, 0), np.clip(n - b - (a - k), 0, n)
        inside = logs[b] - logs[k] - logs[np.maximum(b - k, 0)]
        outside = logs[n - b] - logs[rest] - logs[missed]
        chance = np.exp(inside + outside - (logs[n] - logs[a] - logs[n - a]))
        reached = np.cumsum(np.where(possible, chance, 0.0), axis=1) + ROUNDING
        low[first : first + step] = (reached < (1 - level) / 2).sum(axis=1)
        high[first : first + step] = (reached < (1 + level) / 2).sum(axis=1)
    return low, high
