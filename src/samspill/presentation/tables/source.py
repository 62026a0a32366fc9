"""What a figure asks of an analysis, and the answers in one tidy form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from samspill.errors import SamspillError
from samspill.vocabulary import Vocabulary, load

if TYPE_CHECKING:
    from samspill.study import Study

FOUNDING = "norway-2018"
POLICY = "has_policy"
INVENTED = "invented"
WEIGHTED_SHARE = ("share_weighted", "low_weighted", "high_weighted")
PROVENANCES = (
    "observed",
    "reconstructed exactly",
    "consistent with what is printed",
    INVENTED,
)
RECONSTRUCTED = ("reconstructed exactly", "consistent with what is printed")
YES = {"1", "yes", "true"}


class LacksAnswers(SamspillError):
    """The study has not asked what a figure or table shows."""


class Framed(Protocol):
    """Anything with a tidy frame."""

    @property
    def frame(self) -> pl.DataFrame: ...


class Analysis(Protocol):
    """The verbs of ``samspill.analysis`` that figures and tables use."""

    @property
    def study(self) -> Study: ...

    def shares(
        self,
        indicators: str,
        *,
        by: str | None = None,
        fields: Sequence[str] | None = None,
    ) -> Framed: ...

    def distribution(self, indicator: str, *, fields: Sequence[str] | None = None) -> Framed: ...

    def differences(
        self, indicators: str, *, by: str, fields: Sequence[str] | None = None
    ) -> Framed: ...

    def policy_effects(self, *, by: str = "has_policy") -> Framed: ...

    def logit(self, indicator: str, *, by: str, fields: Sequence[str] | None = None) -> Framed: ...

    def ols(self, indicator: str, *, by: str, fields: Sequence[str] | None = None) -> Framed: ...

    def weighted_sums(
        self,
        indicators: str | Sequence[str],
        *,
        by: str | None = None,
        fields: Sequence[str] | None = None,
    ) -> Framed: ...

    def sensitivity(
        self,
        indicators: Sequence[str],
        *,
        by: str,
        fields: Sequence[str] | None = None,
    ) -> Framed: ...

    def label(self, identifier: str, language: str) -> str: ...

    def groups(self, by: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Term:
    """An indicator or a field with its label in the figure's language."""

    identifier: str
    label: str


def vocabulary_of(analysis: Any) -> Vocabulary:
    """The analysis's own vocabulary, or Samspill's where it brings none."""
    own = getattr(getattr(analysis, "labels", None), "vocabulary", None)
    return own if isinstance(own, Vocabulary) else load()


def scheme_terms(analysis: Analysis, scheme: str, language: str) -> tuple[Term, ...]:
    """The concepts of a scheme that the study has as indicators, with labels for narrow places."""
    defined = set(analysis.study.indicators["indicator"])
    known = _concepts(analysis, scheme, language)
    return tuple(term for term in known if term.identifier in defined)


def _concepts(analysis: Analysis, scheme: str, language: str) -> tuple[Term, ...]:
    """All concepts of a scheme as indicators.

    The indicators of barriers carry their scheme's name before them, as in
    ``barrier_coordination``.
    """
    prefix = "barrier_" if scheme == "barriers" else ""
    short = scheme in {"forms", "phases"}
    return tuple(
        Term(prefix + c.identifier, c.short_label(language) if short else c.label(language))
        for c in vocabulary_of(analysis).schemes[scheme].concepts
    )


def indicator_terms(
    analysis: Analysis, identifiers: Sequence[str], language: str
) -> tuple[Term, ...]:
    """These indicators with their labels, from the vocabulary where it has them."""
    known = {
        term.identifier: term
        for scheme in ("forms", "phases", "economic_relations", "coordination", "barriers")
        for term in _concepts(analysis, scheme, language)
    }
    return tuple(
        known.get(name) or Term(name, analysis.label(name, language)) for name in identifiers
    )


def field_terms(
    analysis: Analysis, language: str, *, in_depth: bool, only: Sequence[str] | None = None
) -> tuple[Term, ...]:
    """The fields of the vocabulary in its order.

    ``in_depth`` keeps to those studied in depth; a field that the report does not name is left
    out. ``only`` restricts to some of them and raises SamspillError for an unknown one.
    """
    scheme = vocabulary_of(analysis).fields
    unknown = [name for name in only or () if name not in scheme]
    if unknown:
        raise SamspillError(
            f"There is no field '{unknown[0]}'.", f"Choose among: {', '.join(scheme)}."
        )
    return tuple(
        Term(c.identifier, c.label(language))
        for c in scheme.concepts
        if c.attributes.get("named_in_report") is not False
        and (c.attributes.get("in_depth") is True or not in_depth)
        and (only is None or c.identifier in only)
    )


def defined(analysis: Analysis, indicators: Sequence[str]) -> tuple[str, ...]:
    """Those of ``indicators`` that the study has."""
    known = set(analysis.study.indicators["indicator"])
    return tuple(name for name in indicators if name in known)


def is_founding(analysis: Analysis) -> bool:
    """Whether this is the founding study, of whose printed report more is known than numbers."""
    return analysis.study.identifier == FOUNDING


def splits_by_policy(analysis: Analysis) -> bool:
    """Whether the units are known to be with or without a policy, and nothing third."""
    if POLICY not in analysis.study.units.columns:
        return False
    groups = [group.lower() in YES for group in analysis.groups(POLICY)]
    return sorted(groups) == [False, True]


def policy_family(analysis: Any) -> pl.DataFrame:
    """The frame of ``policy_effects``, its rows by field only; raises LacksAnswers without any."""
    if splits_by_policy(analysis) and _compares(analysis):
        frame: pl.DataFrame = analysis.policy_effects(by=POLICY).frame
        frame = frame.filter(pl.col("field") != "")
        if not frame.is_empty():
            return frame
    raise LacksAnswers(
        "The study has no comparisons by volunteer policy.",
        "Choose a figure or table whose questions the study asked.",
    )


def _compares(analysis: Any) -> bool:
    """Whether a yes-or-no indicator of a field studied in depth has answers in both groups."""
    names = [
        name
        for name, definition in analysis.definitions.items()
        if definition.per_field and analysis.is_binary(name)
    ]
    split = analysis.frame.filter(
        pl.col("field").is_in(list(analysis.fields)), pl.col(POLICY).is_not_null()
    )
    return any(
        split.filter(pl.col(name).is_not_null())
        .group_by("field")
        .agg(pl.col(POLICY).n_unique())[POLICY]
        .eq(2)
        .any()
        for name in names
    )


def modelled_fields(analysis: Any, indicator: str, fields: Sequence[str]) -> tuple[str, ...]:
    """Fields where a number can be regressed on the policy: two groups, not all answers alike."""
    if indicator not in analysis.definitions or not splits_by_policy(analysis):
        return ()
    known = analysis.frame.filter(pl.col(indicator).is_not_null(), pl.col(POLICY).is_not_null())
    groups = known.group_by("field", POLICY).agg(pl.col(indicator).var().alias("variance"))
    usable = groups.group_by("field").agg(pl.len(), pl.col("variance").max())
    found = set(usable.filter(pl.col("len") == 2, pl.col("variance") > 0)["field"])
    return tuple(field for field in fields if field in found)


def require(
    analysis: Analysis, indicators: Sequence[str], *, attributes: Sequence[str] = ()
) -> None:
    """Raise LacksAnswers unless the study knows these indicators and attributes of its units."""
    study = analysis.study
    missing = [name for name in indicators if name not in study.indicators["indicator"]]
    missing += [name for name in attributes if name not in study.units.columns]
    if missing:
        raise LacksAnswers(
            f"The study has no answers for {', '.join(missing)}.",
            "Choose a figure or table whose questions the study asked.",
        )


def has_unnamed_field(analysis: Analysis) -> bool:
    """Whether the founding report leaves a field without a name."""
    return is_founding(analysis) and bool(
        vocabulary_of(analysis).fields.having(named_in_report=False)
    )


def shares_of(
    analysis: Analysis,
    indicators: Sequence[Term],
    fields: Sequence[Term] | None,
    by: str | None = None,
) -> pl.DataFrame:
    """Shares of several indicators, one row per indicator, field and group that has answers.

    Columns: ``indicator``, ``field`` (empty for the unit as a whole), ``group`` (``all``, or
    ``no``/``yes`` where split by a binary attribute), ``n``, ``count``, ``share``, ``low``,
    ``high``, ``method``, ``provenance``; of a weighted study also ``share_weighted``,
    ``low_weighted``, ``high_weighted``.
    """
    require(analysis, [term.identifier for term in indicators], attributes=[by] if by else [])
    found = [analysis.shares(term.identifier, by=by).frame for term in indicators]
    tidy = [_tidy(answers, by) for answers in found if not answers.is_empty()]
    if not tidy:
        raise LacksAnswers(
            "The study has asked none of the questions shown here.",
            "Choose a figure or table whose questions the study asked.",
        )
    frame = pl.concat(tidy, how="diagonal")
    if fields is not None:
        frame = frame.filter(pl.col("field").is_in([field.identifier for field in fields]))
    if frame.is_empty():
        raise LacksAnswers(
            f"The study has no answers for {', '.join(t.identifier for t in indicators)}.",
            "Choose a figure whose questions the study asked.",
        )
    return frame


def _tidy(frame: pl.DataFrame, by: str | None) -> pl.DataFrame:
    group = group_of(pl.col(by)) if by else pl.lit("all")
    return frame.filter(pl.col("n") > 0).select(
        pl.col("indicator").cast(pl.String),
        pl.col("field").cast(pl.String).fill_null(""),
        group.alias("group"),
        pl.col("n").cast(pl.Int64),
        pl.col("count").cast(pl.Int64),
        pl.col("share", "low", "high").cast(pl.Float64),
        pl.col("method").cast(pl.String),
        pl.col("provenance").cast(pl.String),
        *[pl.col(name) for name in WEIGHTED_SHARE if name in frame.columns],
    )


def group_of(attribute: pl.Expr) -> pl.Expr:
    """``yes`` or ``no`` of a binary attribute, however it is written."""
    yes = attribute.cast(pl.String).str.to_lowercase().is_in(list(YES))
    return pl.when(yes).then(pl.lit("yes")).otherwise(pl.lit("no"))


def weakest(provenances: Sequence[str]) -> str:
    """The least certain of several provenances; unknown ones count as invented."""
    ranks = [PROVENANCES.index(p) if p in PROVENANCES else 3 for p in provenances]
    return PROVENANCES[max(ranks, default=0)]
