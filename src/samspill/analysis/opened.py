"""An opened study: its indicators as a frame, and the counts that everything follows from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import polars as pl

from samspill import statistics
from samspill.analysis import weighting as weighted
from samspill.analysis.answered import Answered
from samspill.analysis.labels import Labels
from samspill.analysis.provenance import ProvenanceTable
from samspill.errors import SamspillError
from samspill.indicators import IndicatorDefinition, indicator_frame, read_definitions
from samspill.statistics import Cells
from samspill.statistics.weighting import Weights
from samspill.study import Study
from samspill.study.weighting import Weighting


class OpenedStudy:
    """A study with its labels, its provenance, its indicator frame and its cells.

    ``changed_files`` names files of its folder that differ from what the study was sealed with.
    """

    def __init__(self, study: Study, changed_files: Sequence[str] = ()) -> None:
        self.study = study
        self.changed_files = tuple(changed_files)
        self.labels = Labels(study)
        self.provenance = ProvenanceTable.of(study.provenance)
        self.answered = Answered()

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"{name}({self.study.identifier!r}, {self.respondents} units answering)"

    @cached_property
    def definitions(self) -> Mapping[str, IndicatorDefinition]:
        """The study's indicators, in order."""
        return {d.indicator: d for d in read_definitions(self.study.indicators)}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per unit × field with attributes and indicators, see ``indicator_frame``."""
        return indicator_frame(self.study)

    @property
    def weighting(self) -> Weighting | None:
        """How the study's answers are weighted; None where it declares nothing."""
        return self.study.weighting

    @cached_property
    def weights(self) -> Weights | None:
        """The weights that the study declares, computed; None where it declares none.

        Raises SamspillError where the declared totals cannot be met.
        """
        if self.weighting is None:
            return None
        return weighted.weights_for(self.study, self.weighting)

    @cached_property
    def respondents(self) -> int:
        """Number of units with any answer."""
        return self.study.answers["unit"].n_unique()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields studied in depth that the study has answers on, in the vocabulary's order."""
        scheme = self.labels.vocabulary.fields
        return tuple(f for f in self.all_fields if scheme[f].attributes.get("in_depth"))

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
        definition = self.definition(indicator)
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
        attributes = [by] if isinstance(by, str) else list(by or ())
        question = ("cells", tuple(names), tuple(attributes))
        return self.answered.once(question, lambda: self._counted(names, attributes))

    def _counted(self, names: Sequence[str], attributes: Sequence[str]) -> Cells:
        numeric = any(not self.is_binary(name) for name in names)
        for attribute in attributes:
            self._require_attribute(attribute)
        return statistics.cells(
            self.frame,
            ["field", *attributes],
            names,
            squares=numeric,
            drop_missing_key=True,
        )

    def definition(self, indicator: str) -> IndicatorDefinition:
        try:
            return self.definitions[indicator]
        except KeyError:
            raise SamspillError(
                f"The study defines no indicator '{indicator}'.",
                f"It defines: {', '.join(self.definitions)}.",
            ) from None

    def asked(self, names: Sequence[str], fields: Sequence[str] | None) -> tuple[str, ...]:
        """Fields asked for; by default those with answers, or the whole unit."""
        if not self.definition(names[0]).per_field:
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
