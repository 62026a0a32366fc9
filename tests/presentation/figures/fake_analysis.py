"""A small analysis with the shapes of the real one, over counts that the test knows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import SimpleNamespace

import polars as pl

from samspill.statistics import Cells
from samspill.statistics.sensitivity import tipping_points
from samspill.vocabulary import load

WITHOUT, WITH = 164, 77
FIELDS = ("culture_leisure", "health_care", "children_youth", "integration")
EXACT = "reconstructed exactly"
CONSISTENT = "consistent with what is printed"
LOGIT = {
    "has_relation": ((4.39, -0.06), (1.34, 0.81), (1.62, 0.40), (1.13, 0.89)),
    "coordination_position": ((1.13, 0.56), (-0.52, 0.50), (-0.68, 0.40), (-0.52, 0.39)),
    "coordination_body": ((0.25, 0.43), (-0.58, 0.60), (-0.82, 0.03), (-0.71, 0.21)),
    "meeting_point": ((0.63, 0.79), (-0.47, 0.45), (-0.88, 0.21), (-0.80, 0.77)),
    "policy_development": ((1.34, 0.16), (-0.02, 0.58), (0.12, 0.33), (-0.68, 0.71)),
    "transition": ((1.50, 0.41), (0.45, 0.41), (0.50, 0.36), (0.27, 0.58)),
    "activity": ((0.17, 0.62), (-0.60, 0.53), (-0.97, 0.58), (-1.20, 0.69)),
    "operating_grant": ((0.66, 0.85), (-1.27, 0.59), (-0.82, 0.54), (-1.54, 0.98)),
    "activity_grant": ((1.42, 0.61), (-0.80, 0.24), (-0.22, 0.46), (-0.91, 1.09)),
    "service_purchase": ((-0.80, 0.18), (-1.86, 0.07), (-2.16, 0.00), (-2.85, 0.54)),
}
FORMS = {
    "committees_boards_councils": (70, 43, 46, 25),
    "planning_processes": (75, 41, 42, 32),
    "development_projects": (69, 36, 41, 30),
    "single_cases": (76, 58, 57, 56),
    "operations_management": (49, 20, 19, 13),
    "service_delivery": (42, 34, 28, 26),
}
BARRIERS = {
    "coordination": 40,
    "conditions_resources": 55,
    "steering_autonomy": 60,
    "communication_expectations": 48,
    "confidentiality": 9,
    "other": 8,
}
OTHER_AREAS = {
    "emergency_preparedness": 104,
    "administrative_leadership": 94,
    "business_development": 87,
    "technical_services": 65,
    "environment_climate_transport": 66,
}
LABELS = {
    "has_relation": {"nb": "Samarbeid finnes", "nn": "Samarbeid finst", "en": "Has relations"},
    "number_of_relations": {
        "nb": "Antall relasjoner",
        "nn": "Talet på relasjonar",
        "en": "Number of relations",
    },
    "has_policy": {"nb": "Frivillighetspolitikk", "nn": "Frivilligpolitikk", "en": "Policy"},
}


def wilson(count: int, n: int) -> tuple[float, float]:
    z, share = 1.959964, count / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def _from_logit() -> dict[tuple[str, str, str], tuple[int, int]]:
    counts = {}
    for indicator, models in LOGIT.items():
        for name, (constant, slope) in zip(FIELDS, models, strict=True):
            for group, n, odds in (("0", WITHOUT, constant), ("1", WITH, constant + slope)):
                counts[indicator, name, group] = (round(n / (1 + math.exp(-odds))), n)
    return counts


@dataclass
class FakeAnalysis:
    """``counts`` holds (indicator, field, group) → (count, n); group is empty for all units."""

    counts: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)
    vocabulary: object = field(default_factory=load)

    def __post_init__(self) -> None:
        if not self.counts:
            self.counts = _from_logit()
            for form, percents in FORMS.items():
                for name, percent in zip(FIELDS, percents, strict=True):
                    self.counts[form, name, ""] = (round(2.41 * percent), 241)
            for area, count in OTHER_AREAS.items():
                self.counts["has_relation", area, ""] = (count, 241)
            for barrier, count in BARRIERS.items():
                self.counts[f"barrier_{barrier}", "", ""] = (count, 142)

    @property
    def study(self):
        names = sorted({indicator for indicator, _, _ in self.counts} | {"number_of_relations"})
        return SimpleNamespace(
            identifier="norway-2018",
            population_size=440,
            indicators=pl.DataFrame({"indicator": names}),
            units=pl.DataFrame({"unit": ["u1"], "has_policy": ["yes"]}),
        )

    @property
    def labels(self):
        return SimpleNamespace(
            vocabulary=self.vocabulary,
            category=lambda variable, value, language: {
                "1": "1–5",
                "2": "6–10",
                "3": "11–20",
                "4": {"nb": "Flere enn 20", "nn": "Fleire enn 20", "en": "More than 20"}[language],
            }[value],
        )

    @property
    def definitions(self):
        kind = SimpleNamespace(per_field=True, variables=("number_of_relations",))
        return dict.fromkeys(self.study.indicators["indicator"], kind)

    @property
    def fields(self):
        return FIELDS

    @property
    def all_fields(self):
        return FIELDS

    @property
    def frame(self):
        rows = [
            {"field": name, "has_policy": group, **dict.fromkeys(self.definitions, value)}
            for name in FIELDS
            for group in ("no", "yes")
            for value in (0.0, 1.0)
        ]
        return pl.DataFrame(rows)

    def groups(self, by):
        return ("no", "yes")

    def categories(self, variable):
        return ("1", "2", "3", "4")

    def is_binary(self, indicator):
        return indicator != "number_of_relations"

    def label(self, identifier: str, language: str) -> str:
        if identifier in LABELS:
            return LABELS[identifier][language]
        return self.vocabulary.label(identifier, language)

    def _cell(self, indicator: str, name: str, group: str) -> tuple[int, int] | None:
        if (indicator, name, group) in self.counts:
            return self.counts[indicator, name, group]
        parts = [self.counts.get((indicator, name, g)) for g in ("0", "1")]
        if group or None in parts:
            return None
        return parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]

    def shares(self, indicators, *, by=None, fields=None, level=0.95):
        indicator = indicators
        names = list(dict.fromkeys(f for i, f, _ in self.counts if i == indicator))
        rows = []
        for name in names if fields is None else fields:
            for group in ("0", "1") if by else ("",):
                cell = self._cell(indicator, name, group)
                if cell is None:
                    continue
                count, n = cell
                low, high = wilson(count, n)
                exact = indicator in LOGIT and name in FIELDS
                rows.append(
                    {
                        "indicator": indicator,
                        "field": name,
                        **({by: group} if by else {}),
                        "n": n,
                        "count": count,
                        "share": count / n,
                        "low": low,
                        "high": high,
                        "method": "wilson",
                        "provenance": EXACT if exact else CONSISTENT,
                    }
                )
        schema = None if rows else dict.fromkeys(("indicator", "field", "method"), pl.String)
        return SimpleNamespace(frame=pl.DataFrame(rows, schema=schema))

    def distribution(self, indicator, *, fields=None, level=0.95):
        tables = {
            "culture_leisure": (45, 40, 30, 103),
            "health_care": (110, 40, 19, 10),
            "children_youth": (90, 45, 25, 24),
            "integration": (112, 38, 16, 8),
        }
        rows = []
        for name in fields or FIELDS:
            n = sum(tables[name])
            for order, count in enumerate(tables[name], start=1):
                low, high = wilson(count, n)
                rows.append(
                    {
                        "indicator": indicator,
                        "field": name,
                        "value": str(order),
                        "order": order,
                        "n": n,
                        "count": count,
                        "share": count / n,
                        "low": low,
                        "high": high,
                        "provenance": CONSISTENT,
                    }
                )
        return SimpleNamespace(frame=pl.DataFrame(rows))

    def differences(self, indicators, *, by, fields=None, level=0.95):
        frame = self.policy_effects(by=by).frame.filter(pl.col("indicator") == indicators)
        return SimpleNamespace(frame=frame.drop("stars", "p_bh", "p_holm"))

    def sensitivity(self, indicators, *, by, fields=None):
        rows = [
            (name, place, group, "y", n, count)
            for name in indicators
            for place in fields
            for group, value in (("no", "0"), ("yes", "1"))
            for count, n in [self.counts[name, place, value]]
        ]
        columns = ["indicator", "field", by, "outcome", "n", "sum"]
        cells = Cells.from_counts(
            pl.DataFrame(rows, columns, orient="row"), ["indicator", "field", by]
        )
        found = tipping_points(
            cells, by, {"no": 164, "yes": 77}, unknown=199, within=["indicator", "field"]
        )
        return SimpleNamespace(
            frame=found.frame.drop("outcome").with_columns(provenance=pl.lit(EXACT))
        )

    def policy_effects(self, *, by="has_policy", level=0.95):
        rows = []
        for indicator in LOGIT:
            for name in FIELDS:
                (a, n), (b, m) = (self.counts[indicator, name, g] for g in ("0", "1"))
                p0, p1 = a / n, b / m
                (l0, u0), (l1, u1) = wilson(a, n), wilson(b, m)
                d = p1 - p0
                se = math.sqrt(1 / a + 1 / (n - a) + 1 / b + 1 / max(m - b, 0.5))
                slope = math.log(b / max(m - b, 0.5)) - math.log(a / (n - a))
                p = math.erfc(abs(slope / se) / math.sqrt(2))
                rows.append(
                    {
                        "indicator": indicator,
                        "field": name,
                        "n_reference": n,
                        "count_reference": a,
                        "share_reference": p0,
                        "n_comparison": m,
                        "count_comparison": b,
                        "share_comparison": p1,
                        "difference": d,
                        "low": d - math.hypot(p1 - l1, u0 - p0),
                        "high": d + math.hypot(u1 - p1, p0 - l0),
                        "log_odds_ratio": slope,
                        "standard_error": se,
                        "odds_ratio": math.exp(slope),
                        "p": p,
                        "stars": "*" * sum(p < level for level in (0.05, 0.01, 0.001)),
                        "provenance": EXACT,
                    }
                )
        rows.sort(key=lambda row: row["p"])
        running = 1.0
        for rank in range(len(rows), 0, -1):
            running = min(running, rows[rank - 1]["p"] * len(rows) / rank)
            rows[rank - 1]["p_bh"] = running
            rows[rank - 1]["p_holm"] = min(1.0, rows[rank - 1]["p"] * (len(rows) - rank + 1))
            rows[rank - 1]["p_fisher"] = rows[rank - 1]["p"]
            rows[rank - 1]["marginal_effect"] = rows[rank - 1]["difference"]
            rows[rank - 1]["printed_stars"] = rows[rank - 1]["stars"]
        order = {name: position for position, name in enumerate(LOGIT)}
        rows.sort(key=lambda row: (order[row["indicator"]], FIELDS.index(row["field"])))
        return SimpleNamespace(frame=pl.DataFrame(rows))
