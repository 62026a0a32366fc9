"""Where the sides may contradict one another: opposed codes, and what a person judges of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.choice import Sources, code_places
from samspill.qualitative.queries.sides import SAYS, Sides, sides
from samspill.statistics.results import Result
from samspill.vocabulary import Concept, Vocabulary, load

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

Verdict = Literal["contradiction", "no contradiction", "undecided"]
VERDICTS = ("contradiction", "no contradiction", "undecided")


class Opposition(NamedTuple):
    """Two codes that say the opposite, each by identity, concept or name."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a possible contradiction, and why.

    ``one`` is what the side ``says_one`` says, ``other`` what the other side does (identity,
    concept or name of the codes, as in the frame); ``where`` gives a value for each column of
    ``by``.
    """

    one: str
    other: str
    says_one: str
    where: Mapping[str, str | None]
    verdict: Verdict
    reason: str
    by: str
    date: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise SamspillError(
                Message("“{verdict}” is not a verdict.", verdict=self.verdict),
                Message("Choose one of: {known}.", known=", ".join(VERDICTS)),
            )
        if not self.reason.strip() or not self.by.strip():
            raise SamspillError(
                "A judgement has a reason and a person.", "Say why, and who judges."
            )


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Contradictions(Result):
    """Places where one side says a code and the other side its opposite.

    ``frame``: ``one``, ``other`` (codes), ``one_name``, ``other_name``, the columns of ``by``,
    ``says_one``, ``says_other`` (the sides), ``sources_one``, ``n_one``, ``sources_other``,
    ``n_other`` (sources that say it, of those asked), ``also_one``, ``also_other`` (true where the
    side that says the one also says the other, so that it is divided in itself), ``verdict``,
    ``reason``, ``judged_by``, ``judged`` (null until somebody has judged). ``unused`` are
    judgements of places where nothing contradicts any more.
    """

    compared: Sides
    unused: tuple[Judgement, ...]

    @property
    def heading(self) -> str:
        judged = self.frame["verdict"].count()
        return f"{self.frame.height} possible contradictions, {judged} judged"

    def quotes(self, row: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What both sides say at a row of the frame: of the one, of the other."""
        found = self.frame.row(row, named=True)
        where = [found[name] for name in self.compared.by]
        return (
            self.compared.quotes(found["one"], found["says_one"], *where),
            self.compared.quotes(found["other"], found["says_other"], *where),
        )


def oppositions(vocabulary: Vocabulary | None = None) -> tuple[Opposition, ...]:
    """The pairs that come with Samspill, and those that concepts name with ``opposes``."""
    text = files("samspill.qualitative.queries").joinpath("oppositions.toml")
    listed = tomllib.loads(text.read_text(encoding="utf-8"))["pair"]
    pairs = [Opposition(pair["one"], pair["other"]) for pair in listed]
    for scheme in (vocabulary or load()).schemes.values():
        for concept in (*scheme.concepts, *scheme.axes):
            pairs += _of_concept(concept, scheme.identifier)
    seen: dict[frozenset[str], Opposition] = {}
    for pair in pairs:
        seen.setdefault(frozenset(pair), pair)
    return tuple(seen.values())


def _of_concept(concept: Concept, above: str) -> Iterator[Opposition]:
    path = f"{above}/{concept.identifier}"
    opposed = concept.attributes.get("opposes", ())
    for other in (opposed,) if isinstance(opposed, str) else opposed:  # type: ignore[union-attr]
        yield Opposition(path, str(other))
    for narrower in concept.narrower:
        yield from _of_concept(narrower, path)


def contradictions(
    tables: Tables,
    pairs: Sequence[Opposition] | None = None,
    *,
    by: str | Sequence[str] = ("field", "unit"),
    judgements: Sequence[Judgement] = (),
    coders: Sequence[str] | str | None = None,
    sources: Sources = None,
) -> Contradictions:
    """Where one side says a code (or one below it) and the other side a code opposed to it.

    Without ``pairs``, those of ``oppositions()`` that the project has codes for. What is found may
    contradict: two codes in two mouths are no proof that they speak of the same thing, and the
    ``verdict`` is a person's.

    Raises SamspillError for a pair or a judgement with an unknown code, or an unknown attribute.
    """
    chosen = _known(tables, pairs)
    codes = list(dict.fromkeys(code for pair in chosen for code in pair))
    compared = sides(tables, codes, by=by, coders=coders, sources=sources)
    verdicts = {_key(tables, j, compared.by): j for j in judgements}
    at = {
        (row["code"], *(row[name] for name in compared.by)): row
        for row in compared.frame.iter_rows(named=True)
    }
    places = list(dict.fromkeys(key[1:] for key in at))
    rows, used = [], set()
    for one, other in chosen:
        for place in places:
            here = (at[one, *place], at[other, *place])
            for row in _opposed(here, compared.names):
                judged = verdicts.get((row["one"], row["other"], row["says_one"], place))
                used.add(id(judged))
                rows.append({**row, **dict(zip(compared.by, place, strict=True)), **_said(judged)})
    unused = tuple(j for j in judgements if id(j) not in used)
    return Contradictions(_framed(rows, compared.by), compared, unused)


def _known(tables: Tables, pairs: Sequence[Opposition] | None) -> list[Opposition]:
    identity = tables.codes["code"].to_list()
    if pairs is None:
        concepts = set(tables.codes["concept"].drop_nulls())
        pairs = [pair for pair in oppositions() if concepts.issuperset(pair)]
    return [Opposition(*(identity[p] for p in code_places(tables, list(pair)))) for pair in pairs]


def _key(
    tables: Tables, judgement: Judgement, by: tuple[str, ...]
) -> tuple[str, str, str, tuple[str | None, ...]]:
    one, other = code_places(tables, [judgement.one, judgement.other])
    identity = tables.codes["code"].to_list()
    place = tuple(judgement.where.get(name) for name in by)
    return identity[one], identity[other], judgement.says_one, place


def _opposed(
    here: tuple[Mapping[str, Any], Mapping[str, Any]], names: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    """Both ways in which the sides may stand against one another at a place."""
    one, other = here
    for first, second in (names, names[::-1]):
        if one[f"{first}_state"] == SAYS and other[f"{second}_state"] == SAYS:
            yield {
                "one": one["code"],
                "other": other["code"],
                "one_name": one["name"],
                "other_name": other["name"],
                "says_one": first,
                "says_other": second,
                "sources_one": one[f"{first}_sources"],
                "n_one": one[f"{first}_n"],
                "sources_other": other[f"{second}_sources"],
                "n_other": other[f"{second}_n"],
                "also_one": other[f"{first}_state"] == SAYS,
                "also_other": one[f"{second}_state"] == SAYS,
            }


def _said(judgement: Judgement | None) -> dict[str, str | None]:
    return {
        "verdict": judgement.verdict if judgement else None,
        "reason": judgement.reason if judgement else None,
        "judged_by": judgement.by if judgement else None,
        "judged": (judgement.date or None) if judgement else None,
    }


def _framed(rows: Sequence[Mapping[str, object]], by: tuple[str, ...]) -> pl.DataFrame:
    whole = ("sources_one", "n_one", "sources_other", "n_other")
    schema: dict[str, type[pl.DataType]] = {
        **dict.fromkeys(("one", "other", "one_name", "other_name", *by), pl.String),
        **dict.fromkeys(("says_one", "says_other"), pl.String),
        **dict.fromkeys(whole, pl.Int64),
        **dict.fromkeys(("also_one", "also_other"), pl.Boolean),
        **dict.fromkeys(("verdict", "reason", "judged_by", "judged"), pl.String),
    }
    return pl.DataFrame(rows, schema=schema)
