"""How far coders agree on where codes belong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.agreement.measure import MEASURES, Interval, agreement, fitting
from samspill.qualitative.agreement.ratings import Ratings
from samspill.qualitative.agreement.units import (
    PRESENT,
    By,
    Over,
    code_ratings,
    material,
    pooled,
    units,
)
from samspill.qualitative.tables import Tables

COLUMNS = {
    "code": pl.String,
    "name": pl.String,
    "first": pl.String,
    "second": pl.String,
    **MEASURES,
    "given": pl.Float64,
}


@dataclass(frozen=True, slots=True, eq=False)
class CodingAgreement:
    """Agreement on codes.

    ``frame``, one row for each code, group of coders and coefficient: ``code`` (null for all
    codes pooled, a unit then being a piece of text and a code) with its ``name``; ``first`` and
    ``second``, the two coders compared (null for all of them together); the columns of
    ``Agreement``; and ``given``, the number of units that any of the coders gave the code.
    ``units`` counts characters where ``by`` is ``character``.
    """

    frame: pl.DataFrame
    by: By
    over: Over
    level: float = 0.95


def coding_agreement(
    tables: Tables,
    coders: Sequence[str] | None = None,
    *,
    by: By = "sentence",
    over: Over = "all",
    codes: Sequence[str] | None = None,
    with_descendants: bool = False,
    read: Mapping[str, Iterable[str]] | None = None,
    coefficients: Sequence[str] | None = None,
    level: float = 0.95,
    interval: Interval = "bootstrap",
    replicates: int = 1000,
    seed: int = 2018,
) -> CodingAgreement:
    """How far ``coders`` agree on each of ``codes``: given or not, unit by unit.

    By ``character``, ``sentence`` (``samspill.qualitative.sentences``), ``paragraph`` (a line),
    or ``segment`` (a stretch that any of the coders gave any of the codes; overlapping ones are
    one). A code is given to a unit that any of its codings touches. ``over="coded"`` keeps the
    units that any coder gave any of ``codes``; segments always do. ``with_descendants`` counts a
    code given wherever one below it is. By default all codes that these coders used.

    Only texts that two or more of the coders have read take part: those that ``read`` says (coder →
    sources), or, without it, those where the coder has given any code at all.

    Units of one text are not independent, so intervals come from drawing whole texts with
    replacement (``bootstrap``); ``analytic`` takes units as independent and is too narrow for
    most texts.

    Raises SamspillError for fewer than two coders, a coder, code, unit or method there is not, and
    where no text was read by two of them.
    """
    chosen = list(coders) if coders is not None else _coders(tables)
    if len(set(chosen)) < 2:
        raise SamspillError(
            "Agreement needs two coders or more.",
            "Let another coder code some of the same texts, or name two coders.",
        )
    _known(tables, chosen)
    asked = list(codes) if codes is not None else _used(tables, chosen)
    _check_codes(tables, asked)
    m = material(tables, chosen, read, asked, with_descendants)
    if not m.sources:
        raise SamspillError(
            "No text has been read by two of these coders.",
            "Let them code some of the same texts.",
        )
    spans = units(m, by, over)
    names = dict(tables.codes.select("code", "name").iter_rows())
    found = {code: code_ratings(m, code, spans, over) for code in asked}
    groups: list[tuple[str, ...]] = list(combinations(chosen, 2))
    groups += [tuple(chosen)] if len(chosen) > 2 else []
    rows = []
    everything: list[tuple[str | None, Ratings]] = [(None, pooled(list(found.values())))]
    everything += found.items()
    for code, ratings in everything:
        for group in groups:
            own = ratings.of(group) if len(chosen) > 2 else ratings
            wanted = coefficients if coefficients is not None else fitting(len(group))
            result = agreement(
                own, wanted, level=level, interval=interval, replicates=replicates, seed=seed
            )
            pair = group if len(group) == 2 else (None, None)
            head = {"code": code, "name": names.get(code) if code else None}
            head |= {"first": pair[0], "second": pair[1]}
            given = _given(own)
            rows += [head | row | {"given": given} for row in result.frame.iter_rows(named=True)]
    return CodingAgreement(pl.DataFrame(rows, schema=COLUMNS), by, over, level)


def _given(ratings: Ratings) -> float:
    compared = ratings.rated >= 2
    any_of_them = (ratings.patterns == PRESENT).any(axis=1)
    return float(ratings.weights @ (compared & any_of_them))


def _coders(tables: Tables) -> list[str]:
    return tables.codings["coder"].drop_nulls().unique(maintain_order=True).to_list()


def _used(tables: Tables, coders: Sequence[str]) -> list[str]:
    used = tables.codings.filter(pl.col("coder").is_in(list(coders))).select("code").unique()
    return tables.codes.join(used, on="code", how="semi", maintain_order="left")["code"].to_list()


def _known(tables: Tables, coders: Sequence[str]) -> None:
    known = set(_coders(tables))
    unknown = [coder for coder in coders if coder not in known]
    if unknown:
        raise SamspillError(
            Message("The coder “{name}” has coded nothing.", name=unknown[0]),
            Message("Those who have are {names}.", names=", ".join(sorted(known)) or "–"),
        )


def _check_codes(tables: Tables, codes: Sequence[str]) -> None:
    known = set(tables.codes["code"].to_list())
    unknown: list[Any] = [code for code in codes if code not in known]
    if unknown:
        raise SamspillError(
            Message("There is no code “{name}” in the project.", name=unknown[0]),
            "Give the identity of one of its codes.",
        )
    if not codes:
        raise SamspillError(
            "No code was given by these coders.", "Code some text first, or name the codes."
        )
