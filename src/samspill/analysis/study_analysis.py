"""``StudyAnalysis``: a study and the questions it can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samspill.analysis import (
    comparisons,
    families,
    means,
    ordering,
    pooling,
    publishing,
    silence,
    weighted_numbers,
)
from samspill.analysis.check import Check, check
from samspill.analysis.opened import OpenedStudy
from samspill.analysis.response import StudyResponse, study_response
from samspill.analysis.results import FieldResult
from samspill.study import changed_files, locate_study, read_study

if TYPE_CHECKING:
    from samspill.reconstruction import Disclosure
    from samspill.statistics import Cells


def open_study(name_or_folder: str | Path) -> StudyAnalysis:
    """Open a study that comes with Samspill by its name, or any study by its folder.

    Raises InvalidInput with every fault of a study that cannot be read.
    """
    folder = locate_study(name_or_folder)
    return StudyAnalysis(read_study(folder), changed_files(folder))


class StudyAnalysis(OpenedStudy):
    """A study opened for questions. The study itself is never changed.

    Every result has a tidy ``frame`` that names indicator, field, n and provenance.
    """

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
        asked = self.asked(names, fields)
        return self.answered.once(
            ("shares", tuple(names), by, asked, level, finite_population),
            lambda: families.shares(self, names, by, asked, level, finite_population),
        )

    def means(
        self,
        indicators: str | Sequence[str],
        *,
        by: str | None = None,
        fields: Sequence[str] | None = None,
        level: float = 0.95,
    ) -> FieldResult:
        """Means with Student's intervals, per field, and by an attribute of the units.

        The frame: indicator, field, (by), n, sum, mean, standard_deviation, low, high, method,
        note (why there is no interval), provenance; where the study declares weights also
        mean_weighted, low_weighted, high_weighted.
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        asked = self.asked(names, fields)
        return self.answered.once(
            ("means", tuple(names), by, asked, level),
            lambda: means.means(self, names, by, asked, level),
        )

    def weighted_sums(
        self,
        indicators: str | Sequence[str],
        *,
        by: str | None = None,
        fields: Sequence[str] | None = None,
    ) -> Cells:
        """What weighted numbers are made from: cells with ``sum_w`` (Σw over the units that
        answered), ``sum_w2`` (Σw²) and ``sum_wy`` (Σw·y), by field and by an attribute.

        Raises SamspillError for a study that declares no weighting.
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        return weighted_numbers.sums(self, self.frame, names, by, self.asked(names, fields))

    def weighted_category_sums(
        self, indicator: str, *, fields: Sequence[str] | None = None
    ) -> Cells:
        """As ``weighted_sums``, with the categories of a variable as outcomes."""
        asked = self.asked([indicator], fields)
        values = families.flagged(self, indicator, asked)
        return weighted_numbers.sums(self, values, families.values_of(self, indicator), None, asked)

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
        return families.distribution(self, indicator, self.asked([indicator], fields), level)

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
        (all shares, 0 to 1), p (of the log odds ratio: Wald's test, or Firth's penalised
        likelihood where the groups separate the answers), method, provenance.
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        asked = self.asked(names, fields)
        return self.answered.once(
            ("differences", tuple(names), by, asked, level, finite_population),
            lambda: families.differences(self, names, by, asked, level, finite_population),
        )

    def policy_effects(self, *, by: str = "has_policy", level: float = 0.95) -> FieldResult:
        """The family of comparisons that the study printed models of, each as difference and logit.

        One row per indicator × field: the columns of ``differences`` and log_odds_ratio,
        standard_error, odds_ratio, p, marginal_effect (share), method (``firth`` where a group's
        answers are all the same), stars, p_holm, p_bh (corrected for all rows), p_fisher (exact),
        printed_stars. A study that printed no models gets all its binary indicators per field. A
        comparison one of whose groups has no answers is left out, and the heading says so.
        """
        return self.answered.once(
            ("policy effects", by, level), lambda: comparisons.policy_effects(self, by, level)
        )

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
        stars, n, method, provenance; where the study declares weights also estimate_weighted,
        standard_error_weighted, p_weighted, low_weighted, high_weighted. ``details`` maps a field
        to its unweighted fit.
        """
        return families.models(
            self, indicator, by, self.asked([indicator], fields), level, method=method
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

        The frame as that of ``logit``, with r_squared instead of method. Weighted, the
        coefficients are the reference group's mean and the others' less it.
        """
        return families.models(
            self, indicator, by, self.asked([indicator], fields), level, linear=True
        )

    def pooled(
        self,
        indicator: str,
        *,
        by: str | Sequence[str] = (),
        fields: Sequence[str] | None = None,
        model: pooling.PooledModel = "auto",
        towards: str | Sequence[str] = (),
        level: float = 0.95,
    ) -> FieldResult:
        """Many small groups read together: each one's own number beside its partially pooled one.

        ``by`` names attributes of the units, whose groups are pooled within each field; with
        ``field`` among them fields and groups are crossed, and without any the fields are the
        groups. ``model``: ``auto`` is ``beta`` (beta-binomial) for an indicator of 0 and 1 and
        ``normal`` for others; ``logit`` (random intercept) and ``bambi`` (all of it Bayesian, with
        the extra ``pooling``) are for 0 and 1 too. ``towards``: see `pooled_shares`.

        The frame: indicator, field, (by), the columns of `Pooled.frame`, provenance; where the
        study declares weights also each group's own weighted number, raw_weighted with
        raw_low_weighted and raw_high_weighted. Pooled numbers are of the answers as given.
        ``details["pools"]`` tells each pool's mean and spread.
        """
        groups = (by,) if isinstance(by, str) else tuple(by)
        means = (towards,) if isinstance(towards, str) else tuple(towards)
        asked = self.asked([indicator], fields)
        return self.answered.once(
            ("pooled", indicator, groups, asked, model, means, level),
            lambda: pooling.pooled(self, indicator, groups, asked, model, means, level),
        )

    def ordered(
        self,
        indicator: str,
        *,
        by: str,
        fields: Sequence[str] | None = None,
        level: float = 0.95,
    ) -> FieldResult:
        """Ordered logit of an ordered answer on an attribute beside least squares, per field.

        The frame: indicator, field, term, estimate (log odds ratio of a higher category),
        standard_error, statistic, p, low, high (profile likelihood), odds_ratio, stars, n,
        p_proportional (Brant's test), ols, ols_low, ols_high, ols_p, r_squared, same_sign,
        same_verdict, note (why there is no estimate, or no test), provenance. ``details`` maps a
        field to its `OrderedReading`.
        """
        asked = self.asked([indicator], fields)
        return self.answered.once(
            ("ordered", indicator, by, asked, level),
            lambda: ordering.ordered(self, indicator, by, asked, level),
        )

    def response(self, attributes: Sequence[str] = (), *, level: float = 0.95) -> StudyResponse:
        """Who answered, by attributes that are known of the units; by default all of those.

        Its ``frame`` has one row per attribute and category, with standardised differences; the
        rest are tests, representativity and propensities over the attributes known for every
        unit. Raises SamspillError for an attribute that the units do not have.
        """
        return study_response(self, attributes, level)

    def sensitivity(
        self,
        indicators: str | Sequence[str],
        *,
        by: str | None = None,
        fields: Sequence[str] | None = None,
        threshold: float = 0.5,
        level: float = 0.95,
    ) -> FieldResult:
        """How different those who did not answer would have to be for a conclusion to change.

        With ``by``, of the difference between its two groups; the frame has the columns of
        ``statistics.sensitivity.tipping_points``. Without, of the share itself, held against
        ``threshold``; the columns of ``share_bounds``. Both with indicator, field, provenance, and
        where the study declares weights the same of the weighted numbers, whose shifts are from
        what the weights say of the silent (``weighted_silence.TIPPING`` and ``BOUNDS``).
        """
        names = [indicators] if isinstance(indicators, str) else list(indicators)
        asked = self.asked(names, fields)
        if by is None:
            return silence.bounds(self, names, asked, threshold, level)
        return self.answered.once(
            ("sensitivity", tuple(names), by, asked, level),
            lambda: silence.tipping(self, names, by, asked, level),
        )

    def check(self) -> Check:
        """Every printed number, recomputed, with its verdict."""
        return self.answered.once("check", lambda: check(self))

    def disclosure(self, *, by: str | None = None, threshold: int = 5) -> Disclosure:
        """The cells below ``threshold`` that a report of the study would give away.

        Reports, figures and tables of a study with observed answers are refused where there are
        any, unless small cells are allowed.
        """
        return publishing.disclosure(self, [by] if by else [], threshold)

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
