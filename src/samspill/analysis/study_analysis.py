"""``StudyAnalysis``: a study and the questions it can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill import statistics
from samspill.analysis import families
from samspill.analysis.labels import Labels
from samspill.analysis.provenance import ProvenanceTable
from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError
from samspill.indicators import IndicatorDefinition, indicator_frame, read_definitions
from samspill.study import Study, locate_study, read_study

if TYPE_CHECKING:
    from samspill.analysis.check import Check
    from samspill.statistics import Cells


def open_study(name_or_folder: str | Path) -> StudyAnalysis:
    """Open a study that comes with Samspill by its name, or any study by its folder.

    Raises InvalidInput with every fault of a study that cannot be read.
    """
    return StudyAnalysis(read_study(locate_study(name_or_folder)))


class StudyAnalysis:
    """A study opened for questions. The study itself is never changed.

    Every result has a tidy ``frame`` that names indicator, field, n and provenance.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self.labels = Labels(study)
        self.provenance = ProvenanceTable.of(study.provenance)

    def __repr__(self) -> str:
        return f"StudyAnalysis({self.study.identifier!r}, {self.respondents} units answering)"

    @cached_property
    def definitions(self) -> Mapping[str, IndicatorDefinition]:
        """The study's indicators, in order."""
        return {d.indicator: d for d in read_definitions(self.study.indicators)}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per unit × field with attributes and indicators, see ``indicator_frame``."""
        return indicator_frame(self.study)

    @cached_property
    def respondents(self) -> int:
        """Number of units with any answer."""
        return self.study.answers["unit"].n_unique()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields studied in depth, in the vocabulary's order."""
        scheme = self.labels.vocabulary.fields
        return tuple(f for f, concept in scheme.items() if concept.attributes.get("in_depth"))

    @cached_property
    def all_fields(self) -> tuple[str, ...]:
        """Every field that the study has answers on, in the vocabulary's order."""
        present = set(self.study.answers["field"].unique())
        return tuple(f for f in self.labels.vocabulary.fields if f in present)

    def label(self, identifier: str, language: str) -> str:
        """The label of a field, form, indicator or attribute in a language."""
        return self.labels.label(identifier, language)

    def categories(self, variable: str) -> tuple[str, ...]:
        """The categories of a variable in order, without its codes for missing."""
        own = self.study.categories.filter(pl.col("variable") == variable, ~pl.col("missing"))
        return tuple(own.sort("order")["value"])

    def groups(self, by: str) -> tuple[str, ...]:
        """The categories of an attribute of the units, in order; the first is the reference."""
        self._require_attribute(by)
        return self.categories(by) or tuple(self.study.units[by].drop_nulls().unique().sort())

    def is_binary(self, indicator: str) -> bool:
        """Whether an indicator's values are 0 and 1."""
        definition = self._definition(indicator)
        if definition.rule == "count":
            return False
        if definition.rule != "variable":
            return True
        types = dict(self.study.variables.select("variable", "type").iter_rows())
        return types.get(definition.variables[0]) == "binary"

    def cells(
        self, indicators: str | Iterable[str], by: str | Sequence[str] | None = None
    ) -> Cells:
        """Counts of indicators by field and by attributes of the units.

        Units whose attribute is unknown are left out where it is split by. Numeric indicators
        carry their sums of squares.
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        numeric = any(not self.is_binary(name) for name in names)
        attributes = [by] if isinstance(by, str) else list(by or ())
        for attribute in attributes:
            self._require_attribute(attribute)
        return statistics.cells(
            self.frame,
            ["field", *attributes],
            names,
            squares=numeric,
            drop_missing_key=True,
        )

    def shares(
        self,
        indicators: str | Sequence[str],
        *,
        by: str | None = None,
        fields: Sequence[str] | None = None,
        level: float = 0.95,
        finite_population: bool = False,
    ) -> FieldResult:
        """Shares with Wilson intervals, per field, and by an attribute of the units.

        ``finite_population`` narrows the intervals for the share of the frame that answered; the
        groups of ``by`` are taken to have answered at the same rate, since their number in the
        frame is known only where every unit's attribute is.

        The frame: indicator, field, (by), n, count, share, low, high, method, provenance.
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        asked = self._asked(names, fields)
        return families.shares(self, names, by, asked, level, finite_population)

    def distribution(
        self,
        indicator: str,
        *,
        fields: Sequence[str] | None = None,
        level: float = 0.95,
    ) -> FieldResult:
        """The share of each category of an ordered or nominal variable, per field.

        The frame: indicator, field, value, order, n, count, share, low, high, provenance.
        """
        return families.distribution(self, indicator, self._asked([indicator], fields), level)

    def differences(
        self,
        indicators: str | Sequence[str],
        *,
        by: str,
        fields: Sequence[str] | None = None,
        level: float = 0.95,
        finite_population: bool = False,
    ) -> FieldResult:
        """Differences between the two groups of ``by``, comparison less reference, per field.

        Newcombe's interval. The frame: indicator, field, n_reference, count_reference,
        share_reference, n_comparison, count_comparison, share_comparison, difference, low, high
        (all shares, 0 to 1), p (Wald test of the log odds ratio), provenance.
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        asked = self._asked(names, fields)
        return families.differences(self, names, by, asked, level, finite_population)

    def policy_effects(self, *, by: str = "has_policy", level: float = 0.95) -> FieldResult:
        """The family of comparisons that the study printed models of, each as difference and logit.

        One row per indicator × field: the columns of ``differences`` and log_odds_ratio,
        standard_error, odds_ratio, p, stars, p_holm, p_bh (corrected for all rows),
        p_fisher (exact), marginal_effect (share), printed_stars. A study that printed no models
        gets all its binary indicators per field.
        """
        return families.policy_effects(self, by, level)

    def logit(
        self,
        indicator: str,
        *,
        by: str,
        fields: Sequence[str] | None = None,
        method: str = "auto",
        level: float = 0.95,
    ) -> FieldResult:
        """Logit of a binary indicator on an attribute, one model per field.

        The frame: indicator, field, term, estimate, standard_error, statistic, p, low, high,
        stars, n, method, provenance. ``details`` maps a field to its fit.
        """
        return families.models(
            self, indicator, by, self._asked([indicator], fields), level, method=method
        )

    def ols(
        self,
        indicator: str,
        *,
        by: str,
        fields: Sequence[str] | None = None,
        level: float = 0.95,
    ) -> FieldResult:
        """Least squares of a numeric indicator on an attribute, one model per field.

        The frame as that of ``logit``, with r_squared instead of method.
        """
        return families.models(
            self, indicator, by, self._asked([indicator], fields), level, linear=True
        )

    def check(self) -> Check:
        """Every printed number, recomputed, with its verdict."""
        from samspill.analysis.check import check

        return check(self)

    def facts(self, language: str) -> dict[str, Any]:
        """What the study holds, for ``samspill study info``."""
        study = self.study
        return {
            "study": study.identifier,
            "title": study.title.get(language, study.identifier),
            "year": study.year,
            "units": study.units.height,
            "units answering": self.respondents,
            "population": study.population_size,
            "answers": study.answers.height,
            "fields": len(self.all_fields),
            "indicators": study.indicators.height,
            "printed numbers": study.printed.height,
            "weakest provenance": self.provenance.weakest(),
        }

    def _definition(self, indicator: str) -> IndicatorDefinition:
        try:
            return self.definitions[indicator]
        except KeyError:
            raise SamspillError(
                f"The study defines no indicator '{indicator}'.",
                f"It defines: {', '.join(self.definitions)}.",
            ) from None

    def _asked(self, names: Sequence[str], fields: Sequence[str] | None) -> tuple[str, ...]:
        """Fields asked for; by default those with answers, or the whole unit."""
        if not self._definition(names[0]).per_field:
            return ("",)
        if fields is None:
            column = self.frame.filter(pl.col(names[0]).is_not_null())["field"]
            present = set(column.unique())
            return tuple(f for f in self.all_fields if f in present)
        unknown = [f for f in fields if f not in self.all_fields]
        if unknown:
            raise SamspillError(
                f"The study has no answers on the field '{unknown[0]}'.",
                f"It has: {', '.join(self.all_fields)}.",
            )
        return tuple(fields)

    def _require_attribute(self, by: str) -> None:
        attributes = [c for c in self.study.units.columns if c != "unit"]
        if by not in attributes:
            raise SamspillError(
                f"The units have no attribute '{by}'.", f"They have: {', '.join(attributes)}."
            )
