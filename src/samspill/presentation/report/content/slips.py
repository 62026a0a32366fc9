"""Why a printed number contradicts the counts: what else it could be, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log
from typing import Any

from samspill.presentation.report.content.material import (
    Material,
    Values,
    model_row,
    printed_id,
    share_row,
)
from samspill.presentation.report.document import Number, Paragraph, Runs, Strong, Text

ONE_SIDED = "one-sided Pearson's chi-square"


def explained(m: Material, row: Values, source: str) -> Paragraph:
    """One contradicted number in a few sentences; ``source`` is where it is printed, in words."""
    names = m.joined([m.mid(name) for name in _names(row)])
    what = (
        m.word("{indicator} in {field}", indicator=names, field=m.mid(row["field"]))
        if row["field"]
        else names
    )
    lead = m.say("{source}, {what}: ", source=source, what=what)
    written: Callable[[Material, Values], list[Runs]]
    if m.analysis.check().suggestions.get(row["id"]):
        written = _no_counts
    elif row["reason"] == "mark" or row["statistic"] == "mark":
        written = _mark
    elif row["statistic"] in {"minimum", "maximum"}:
        written = _extreme
    else:
        written = _value
    runs = (Strong("".join(run.text for run in lead)), *_spaced(written(m, row)))
    return Paragraph(runs)


def _spaced(sentences: Sequence[Runs]) -> Runs:
    runs: list[Text | Number] = []
    for i, sentence in enumerate(sentences):
        runs += [Text(" ")] if i else []
        runs += sentence  # type: ignore[arg-type]
    return tuple(runs)


def _names(row: Values) -> list[str]:
    return [name.strip() for name in row["indicator"].split(";")]


def _printed(row: Values) -> Number:
    return Number(row["printed"], printed_id(row["id"]))


def _no_counts(m: Material, row: Values) -> list[Runs]:
    """A number that no whole counts give, read in the way that has counts."""
    nearest = m.analysis.check().suggestions[row["id"]]
    said = [
        m.say(
            "The number {printed} is printed, and no whole counts give it.",
            printed=_printed(row),
        )
    ]
    if nearest["count0"] is None:
        return said
    said.append(
        m.say(
            "Read as {read_as} it has exactly one solution: {count0} of {n0} without a policy and "
            "{count1} of {n1} with one.",
            read_as=nearest["read_as"],
            **{key: str(nearest[key]) for key in ("count0", "n0", "count1", "n1")},
        )
    )
    return [*said, *_other_readings(m, row, nearest), *_difference(m, row)]


def _other_readings(m: Material, row: Values, nearest: Mapping[str, Any]) -> list[Runs]:
    listed = m.reconstruction.explanations.to_dicts() if m.reconstruction else []
    others = [r for r in listed if r["id"] == row["id"] and r["change"] != nearest["change"]]
    rivals = [r for r in others if r["read_as"]]
    said = [
        m.say(
            "Of the {tried} readings with a superfluous digit or a misplaced decimal comma, "
            "{solvable} has counts. That alone is no proof: with this constant, about {share} of "
            "all coefficients of two decimals between −1 and 1 have counts.",
            tried=str(nearest["tried"]),
            solvable=str(nearest["solvable"]),
            share=m.percent(_share_with_counts(nearest)),
        )
    ]
    if rivals and all(r["contradicted"] for r in rivals):
        said.append(
            m.say(
                "With one wrong digit, {readings} have counts too, but contradict other numbers or "
                "stars in print. The first reading is thus the nearest one.",
                readings=m.joined([r["read_as"] for r in rivals]),
            )
        )
    return said


def _share_with_counts(nearest: Mapping[str, Any]) -> float:
    """The part of two-decimal coefficients from −1 to 1 that some count of the second group gives,
    when the first group's count is known."""
    n0, n1, count0 = nearest["n0"], nearest["n1"], nearest["count0"]
    constant = log(count0 / (n0 - count0))
    given = {round(log(k / (n1 - k)) - constant, 2) for k in range(1, n1)}
    return sum(-1 <= value <= 1 for value in given) / 201


def _difference(m: Material, row: Values) -> list[Runs]:
    effect = _effect(m, row)
    if effect is None:
        return []
    fields: Values = {
        "difference": Number(m.points(effect["difference"]), model_row(effect)),
        "interval": m.points_span(effect["low"], effect["high"]),
        "p": m.p(effect["p"]),
    }
    if effect["stars"]:
        return [
            m.say(
                "The difference is then {difference} percentage points (95% "
                "interval {interval}), p = {p}.",
                **fields,
            )
        ]
    return [
        m.say(
            "The difference is then {difference} percentage points (95% interval "
            "{interval}), p = {p}, and still not significant.",
            **fields,
        )
    ]


def _effect(m: Material, row: Values) -> Values | None:
    key = (row["indicator"], row["field"])
    return next((e for e in m.effects if (e["indicator"], e["field"]) == key), None)


def _mark(m: Material, row: Values) -> list[Runs]:
    """A mark that the counts do not earn."""
    effect = _effect(m, row)
    stars = row["recomputed"] or m.word("no star")
    if effect is None or row["p"] is None:
        return [m.say("The counts give {stars}.", stars=stars)]
    said = [
        m.say(
            "The mark {printed} is printed. The counts are {count0} of {n0} without a policy and "
            "{count1} of {n1} with one, which gives p = {p} and {stars}.",
            printed=_printed(row),
            count0=Number(m.number(effect["count_reference"]), model_row(effect)),
            n0=m.number(effect["n_reference"]),
            count1=Number(m.number(effect["count_comparison"]), model_row(effect)),
            n1=m.number(effect["n_comparison"]),
            p=m.number(row["p"], 4),
            stars=stars,
        )
    ]
    if effect["printed_stars"] is not None and effect["printed_stars"] == effect["stars"]:
        said.append(
            m.say("The appendix of the report prints {stars} for the same comparison.", stars=stars)
        )
    return [*said, *_one_sided(m, row), _verdict(m, row)]


def _one_sided(m: Material, row: Values) -> list[Runs]:
    """Whether a one-sided test explains the mark, and what it does to the other marks beside it."""
    p = _one_sided_p(m, row)
    if p is None or _stars(p) != row["printed"].count("*"):
        return []
    beside = [
        other
        for other in m.checks
        if other["source"] == row["source"]
        and other["statistic"] == "mark"
        and other["id"] != row["id"]
    ]
    broken = [
        other
        for other in beside
        if (found := _one_sided_p(m, other)) is not None
        and _stars(found) != (other["printed"] or "").count("*")
    ]
    if not broken:
        return [
            m.say(
                "A one-sided chi-square test (p = {p}) would give the printed mark.",
                p=m.number(p, 4),
            )
        ]
    return [
        m.say(
            "A one-sided chi-square test (p = {p}) would give the printed mark, but would also "
            "change {n} other marks in the figure ({named}).",
            p=m.number(p, 4),
            n=str(len(broken)),
            named=m.joined([m.place(other) for other in broken]),
        )
    ]


def _one_sided_p(m: Material, row: Values) -> float | None:
    from samspill.reconstruction.marks import tests_of_contrast

    effect = _effect(m, row)
    if effect is None:
        return None
    return tests_of_contrast(
        effect["count_reference"],
        effect["n_reference"],
        effect["count_comparison"],
        effect["n_comparison"],
    ).get(ONE_SIDED)


def _stars(p: float) -> int:
    from samspill.statistics.significance import star_count

    return star_count(p)


def _verdict(m: Material, row: Values) -> Runs:
    if len(row["printed"] or "") > len(row["recomputed"] or ""):
        return m.say("The difference is thus less certain than the mark suggests.")
    return m.say("The difference is thus more certain than the mark suggests.")


def _extreme(m: Material, row: Values) -> list[Runs]:
    """A range whose end is not the lowest or highest of its shares."""
    shares = [r for name in _names(row) for r in m.shares(name, fields=[row["field"]])]
    ordered = sorted(shares, key=lambda r: r["share"], reverse=row["statistic"] == "maximum")
    listed = [f"{m.mid(r['indicator'])} {m.percent(r['share'], 1)}" for r in ordered]
    fields: Values = {
        "printed": _printed(row),
        "listed": m.joined(listed),
    }
    first = (
        m.say(
            "As the lowest of the shares, {printed} per cent is printed, but the counts give "
            "{listed}.",
            **fields,
        )
        if row["statistic"] == "minimum"
        else m.say(
            "As the highest of the shares, {printed} per cent is printed, but the counts give "
            "{listed}.",
            **fields,
        )
    )
    said = [first]
    passed = [r for r in ordered[1:] if f"{100 * r['share']:.0f}" == row["printed"]]
    if passed:
        said.append(
            m.say(
                "The printed number is the share for {named}, so {missed} seems to have been "
                "passed over.",
                named=m.mid(passed[0]["indicator"]),
                missed=m.mid(ordered[0]["indicator"]),
            )
        )
    exact = all(r["provenance"] == "reconstructed exactly" for r in ordered)
    if exact:
        said.append(
            m.say(
                "The counts follow exactly from the report's own appendix, and leave no room for "
                "another reading. The range should begin or "
                "end at {share}.",
                share=Number(m.percent(ordered[0]["share"]), share_row(ordered[0])),
            )
        )
    return said


def _value(m: Material, row: Values) -> list[Runs]:
    return [
        m.say(
            "The printed number is {printed}, and the counts give {recomputed}.",
            printed=_printed(row),
            recomputed=row["recomputed"],
        )
    ]
