"""The models of appendix table 1.1: every regression on the policy, recomputed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.analysis import StudyAnalysis
from samspill.language import format_number, format_p, translator
from samspill.presentation.tables.appendix import COUNTED
from samspill.presentation.tables.source import (
    POLICY,
    LacksAnswers,
    indicator_terms,
    modelled_fields,
    policy_family,
)
from samspill.presentation.tables.words import star_sentence
from samspill.web.results import words
from samspill.web.results.checking import checked
from samspill.web.results.explorer_page import origin_query
from samspill.web.results.missing.beside import (
    weighted_coefficient,
    weighted_difference,
    weighted_odds_ratio,
    weighting_note,
)
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, withheld

Row = dict[str, Any]
PRINTED = ("log_odds_ratio", "mean_difference")
LOGIT = ("ml", "firth")


@dataclass(frozen=True, slots=True)
class Model:
    """A model, as written; what a kind of model does not have is empty. ``agrees`` is None where
    its coefficient does not stand in print."""

    indicator: str
    label: str
    field: str
    kind: str
    constant: str
    coefficient: str
    error: str
    odds_ratio: str
    effect: str
    r_squared: str
    p: str
    n: str
    printed: str
    agrees: bool | None
    origin: str
    weighted: str = ""
    weighted_p: str = ""
    weighted_ratio: str = ""
    weighted_effect: str = ""


@dataclass(frozen=True, slots=True)
class ModelsPage:
    """``models`` is empty where the study compares nothing by policy."""

    lead: str = ""
    note: str = ""
    models: tuple[Model, ...] = ()
    withheld: int = 0
    weighting: str = ""

    @property
    def weighted(self) -> bool:
        """Whether any model has a weighted coefficient."""
        return any(model.weighted for model in self.models)


def models_page(edition: Edition) -> ModelsPage:
    """Every model, in the page's language."""
    analysis, language = edition.analysis, words.language()
    try:
        family = policy_family(analysis)
    except LacksAnswers:
        return ModelsPage()
    rows = _logits(analysis, family.to_dicts()) + _least_squares(
        analysis, family["field"].unique(maintain_order=True).to_list()
    )
    hidden = withheld(edition, POLICY)
    shown = [row for row in rows if not is_withheld(hidden, row["indicator"], row["field"])]
    names = list(dict.fromkeys(row["indicator"] for row in shown))
    labels = {t.identifier: t.label for t in indicator_terms(analysis, names, language)}
    print_ = _printed(edition)
    models = tuple(_model(analysis, row, labels, print_) for row in shown)
    return ModelsPage(
        _lead(models),
        star_sentence(translator(language)),
        models,
        len(rows) - len(shown),
        weighting_note(analysis),
    )


def _logits(analysis: StudyAnalysis, family: list[dict[str, Any]]) -> list[Row]:
    """The rows of the family with the ``constant`` of each model."""
    constants: dict[tuple[str, str], Row] = {}
    for name in dict.fromkeys(row["indicator"] for row in family):
        fields = [row["field"] for row in family if row["indicator"] == name]
        found = analysis.logit(name, by=POLICY, fields=fields).frame
        for row in found.to_dicts():
            if row["term"] == "intercept":
                constants[name, row["field"]] = row
    return [{**row, "constant": constants[row["indicator"], row["field"]]} for row in family]


def _least_squares(analysis: StudyAnalysis, fields: list[str]) -> list[Row]:
    known = modelled_fields(analysis, COUNTED, fields)
    if not known:
        return []
    rows = analysis.ols(COUNTED, by=POLICY, fields=known).frame.to_dicts()
    constants = {row["field"]: row for row in rows if row["term"] == "intercept"}
    return [
        {**row, "method": "ols", "constant": constants[row["field"]]}
        for row in rows
        if row["term"] != "intercept"
    ]


def _printed(edition: Edition) -> dict[tuple[str, str], Row]:
    """The printed coefficient of each model."""
    found: dict[tuple[str, str], Row] = {}
    for row in checked(edition).rows:
        if row["statistic"] in PRINTED:
            found.setdefault((row["indicator"], row["field"] or ""), dict(row))
    return found


def _model(
    analysis: StudyAnalysis,
    row: Row,
    labels: Mapping[str, str],
    printed: Mapping[tuple[str, str], Row],
) -> Model:
    language = words.language()
    kinds = {"ml": _("logit"), "firth": _("logit, Firth"), "ols": _("least squares")}
    logit = row["method"] in LOGIT
    beside = row if not logit else row | {"estimate_weighted": row.get("log_odds_ratio_weighted")}
    constant, stood = row["constant"], printed.get((row["indicator"], row["field"]))
    return Model(
        indicator=row["indicator"],
        label=labels[row["indicator"]],
        field=analysis.label(row["field"], language),
        kind=kinds[row["method"]],
        constant=format_number(constant["estimate"], 2, language) + constant["stars"],
        coefficient=format_number(row["log_odds_ratio" if logit else "estimate"], 2, language)
        + row["stars"],
        error=format_number(row["standard_error"], 3, language),
        odds_ratio=format_number(math.exp(row["log_odds_ratio"]), 2, language) if logit else "",
        effect=format_number(100 * row["marginal_effect"], 1, language, sign=True) if logit else "",
        r_squared="" if logit else format_number(row["r_squared"], 3, language),
        p=format_p(row["p"], language),
        n=str(row["n_reference"] + row["n_comparison"] if logit else row["n"]),
        printed=stood["printed"] if stood else "",
        agrees=None if stood is None else stood["verdict"] == "agrees",
        origin=origin_query(row["field"], POLICY, "", ""),
        weighted=weighted_coefficient(beside),
        weighted_p=""
        if beside.get("p_weighted") is None
        else format_p(beside["p_weighted"], language),
        weighted_ratio=weighted_odds_ratio(row) if logit else "",
        weighted_effect=weighted_difference(row) if logit else "",
    )


def _lead(models: tuple[Model, ...]) -> str:
    printed = [model for model in models if model.agrees is not None]
    told = {
        "k": len(models),
        "logit": sum(bool(model.odds_ratio) for model in models),
        "ols": sum(not model.odds_ratio for model in models),
        "printed": len(printed),
        "n": sum(bool(model.agrees) for model in printed),
    }
    first = (
        ngettext(
            "There is %(k)s model with the volunteer policy as the only predictor.",
            "There are %(k)s models with the volunteer policy as the only predictor: %(logit)s "
            "logit models of shares and %(ols)s least squares models of numbers.",
            len(models),
        )
        % told
    )
    if not printed:
        return first
    second = _("Of the %(printed)s coefficients that stand in print, %(n)s come out as printed.")
    return f"{first} {second % told}"
