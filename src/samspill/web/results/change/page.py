"""Everything on the page that asks whether it has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis import StudyAnalysis
from samspill.analysis.change import Design, Waves, adoption
from samspill.analysis.publishing import holds_real_answers
from samspill.errors import SamspillError
from samspill.language import format_number, format_percent, translator
from samspill.presentation.figures.change import change_figure, is_mean, written_change
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.next_wave import NextWave, hardest_indicator, next_wave_figure
from samspill.presentation.figures.series import series_figure
from samspill.presentation.figures.svg import size
from samspill.presentation.tables.source import POLICY, LacksAnswers
from samspill.presentation.tables.words import listed
from samspill.web.results import words
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, too_few, withheld
from samspill.web.results.written import Written, written

Row = Mapping[str, Any]
NAMED = 40
KINDS = {
    "same": gettext_lazy("the same"),
    "merged": gettext_lazy("merged"),
    "split": gettext_lazy("split"),
    "regrouped": gettext_lazy("regrouped"),
    "ceased": gettext_lazy("gone"),
    "began": gettext_lazy("new"),
    "in between": gettext_lazy("in some waves between"),
    "outside": gettext_lazy("with ground outside the frame"),
}
COMPARED = {
    "one to one": gettext_lazy("one to one"),
    "as one": gettext_lazy("as one"),
    "no": gettext_lazy("not compared with each other"),
}


@dataclass(frozen=True, slots=True)
class ChangeChoice:
    """What the reader has chosen to see. ``before`` and ``after`` are years of waves; empty for the
    first and the last."""

    indicator: str = ""
    before: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        given = {"indicator": self.indicator, "before": self.before, "after": self.after}
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure of the page with its table."""

    table: Written
    alt: str
    note: str
    warning: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of units of one kind: how many, whether they are compared, and some by name."""

    kind: str
    count: int
    compared: str
    named: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Adopting:
    """Those that adopted a policy beside those that did not, as written."""

    lead: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: str
    caution: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """``change`` is None with one wave, or where nothing may be shown; ``next_wave`` where the
    study has no indicator to plan by."""

    lead: str
    indicators: tuple[tuple[str, str], ...] = ()
    waves: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    series: Drawn | None = None
    weighting: str = ""
    means: bool = False
    change: Drawn | None = None
    fates: tuple[Fate, ...] = ()
    rule: str = ""
    panel: str = ""
    adopting: Adopting | None = None
    next_wave: Drawn | None = None
    next_lead: str = ""
    caution: str = ""


def read_change_choice(given: Mapping[str, str], editions: Sequence[Edition]) -> ChangeChoice:
    """The choice that an address asks for; what the waves do not have is left out."""
    wanted = given.get("indicator", "")
    years = [year_of(each) for each in editions]
    before, after = given.get("before", ""), given.get("after", "")
    if before not in years or after not in years or years.index(before) >= years.index(after):
        before = after = ""
    return ChangeChoice(wanted if wanted in choices(editions) else "", before, after)


def year_of(edition: Edition) -> str:
    """What a published wave is called: its year, which no two of a study share."""
    return str(edition.analysis.study.year)


def compared(editions: Sequence[Edition], choice: ChangeChoice) -> tuple[Edition, ...]:
    """The two waves that are compared, by default the first and the last; the one where there is
    but one."""
    if len(editions) < 2:
        return tuple(editions)
    wanted = (choice.before, choice.after)
    found = tuple(each for each in editions if year_of(each) in wanted)
    return found if len(found) == 2 else (editions[0], editions[-1])


def choices(editions: Sequence[Edition]) -> list[str]:
    """Indicators per field that every wave has, yes or no in all of them or a number in all."""
    last = editions[-1].analysis
    return [
        name
        for name, definition in last.definitions.items()
        if definition.per_field
        and all(name in each.analysis.definitions for each in editions)
        and (
            all(each.analysis.is_binary(name) for each in editions)
            or all(_is_number(each.analysis, name) for each in editions)
        )
    ]


def _is_number(analysis: StudyAnalysis, name: str) -> bool:
    """Whether an indicator has a mean: a count, or a variable whose order or size is known."""
    definition = analysis.definition(name)
    if definition.rule == "count":
        return True
    types = dict(analysis.study.variables.select("variable", "type").iter_rows())
    numbers = {"ordinal", "count", "number"}
    return definition.rule == "variable" and types.get(definition.variables[0]) in numbers


def _small_means(editions: Sequence[Edition], name: str) -> frozenset[tuple[str, str]]:
    """The fields where a mean of real answers, or what one wave has beside another, rests on too
    few units."""
    if not name or editions[-1].analysis.is_binary(name) or not _real(editions):
        return frozenset()
    answered = [each.analysis.frame.drop_nulls(name).select("unit", "field") for each in editions]
    fields = {field for frame in answered for field in frame["field"].unique()}
    found = set()
    for field in fields:
        units = [set(frame.filter(field=field)["unit"]) for frame in answered]
        sizes = [len(own) for own in units]
        sizes += [len(own & other) for own in units for other in units]
        sizes += [len(own - other) for own in units for other in units]
        if any(map(too_few, sizes)):
            found.add((name, field))
    return frozenset(found)


def hidden(editions: Sequence[Edition], split: str = "") -> frozenset[tuple[str, str]]:
    """What may not be shown in any of the waves, in all or split by an attribute."""
    return frozenset[tuple[str, str]]().union(*(withheld(each, split) for each in editions))


def figure_of(
    editions: Sequence[Edition], waves: Waves | None, choice: ChangeChoice, part: str
) -> Figure | None:
    """``waves`` (the change between two), ``series`` (every wave) or ``next`` (the power of a next
    wave); None where there is none. ``waves`` are those that the part is about."""
    try:
        if part == "next":
            return next_wave_figure(
                editions[-1].analysis,
                words.language(),
                indicator=_planned(editions, choice),
                hidden=withheld(editions[-1]),
            )
        if waves is None:
            return None
        name = choice.indicator or _first(editions)
        secret = hidden(editions) | _small_means(editions, name)
        small = SMALL if _real(editions) else 0
        if part == "series":
            return series_figure(waves, name, words.language(), hidden=secret, small=small)
        return change_figure(waves, name, words.language(), hidden=secret, small=small)
    except LacksAnswers:
        return None


SMALL = 5


def _real(editions: Sequence[Edition]) -> bool:
    return any(holds_real_answers(each.analysis) for each in editions)


def _first(editions: Sequence[Edition]) -> str:
    names = choices(editions)
    return "has_relation" if "has_relation" in names else next(iter(names), "")


def _planned(editions: Sequence[Edition], choice: ChangeChoice) -> str:
    last = editions[-1].analysis
    if choice.indicator and last.is_binary(choice.indicator):
        return choice.indicator
    return hardest_indicator(last, last.fields or last.all_fields) or ""


def change_page(
    editions: Sequence[Edition],
    waves: Waves | None,
    choice: ChangeChoice,
    names: Mapping[str, str],
    every: Waves | None = None,
) -> ChangePage:
    """The page in the page's language. ``names`` are what units are called; ``waves`` are the two
    that are compared, and ``every`` all of them."""
    t = translator(words.language())
    last = editions[-1].analysis
    indicators = tuple((name, last.label(name, words.language())) for name in choices(editions))
    planned = figure_of(editions, waves, choice, "next")
    page = {
        "indicators": indicators,
        "next_wave": _drawn(planned),
        "next_lead": _next_lead(planned) if planned else "",
    }
    if waves is None:
        lead = _("There is one wave, of %(year)s, so nothing can be said of change yet.") % {
            "year": last.study.year
        }
        caution = Design.CROSS_SECTION.caution(t)
        return ChangePage(lead, caution=caution, **page)  # type: ignore[arg-type]
    drawn = figure_of(editions, waves, choice, "waves")
    return ChangePage(
        _lead(drawn, waves) if drawn else _nothing(editions, choice),
        waves=tuple(year_of(each) for each in editions),
        compared=waves.names,
        series=_drawn(figure_of(editions, every or waves, choice, "series")),
        weighting=_weighting(editions),
        means=drawn is not None and is_mean(drawn.data),
        change=_drawn(drawn),
        fates=_fates(waves, names),
        rule=t(waves.linking.consequence) if waves.linking.consequence else "",
        panel=_panel(waves),
        adopting=_adopting(editions, waves, choice) if drawn else None,
        caution=waves.design.caution(t),
        **page,  # type: ignore[arg-type]
    )


def _weighting(editions: Sequence[Edition]) -> str:
    """Which waves are weighted, and why changes are not; empty where none is."""
    weighted = [year_of(each) for each in editions if each.analysis.weighting is not None]
    if not weighted:
        return ""
    t = translator(words.language())
    return _(
        "The answers of %(waves)s are weighted, and stand weighted beside the unweighted in the "
        "table of every wave. Changes are of the answers as given: each wave has weights of its "
        "own, or none, and a unit that answered twice may weigh otherwise each time."
    ) % {"waves": listed(weighted, t)}


def _nothing(editions: Sequence[Edition], choice: ChangeChoice) -> str:
    if hidden(editions):
        return _(
            "These numbers are not shown: they would tell what fewer than five units answered."
        )
    return _("No question was asked in the same way in both waves.")


def _drawn(figure: Figure | None) -> Drawn | None:
    if figure is None:
        return None
    width, height = size(figure.to_svg())
    return Drawn(
        replace(written(figure.table), note=""),
        figure.alt,
        f"{figure.subtitle} {figure.note}",
        figure.warning,
        round(width),
        round(height),
    )


def _lead(figure: Figure, waves: Waves) -> str:
    rows = figure.data.to_dicts()
    t = translator(words.language())
    means = is_mean(figure.data)
    stands = [row for row in rows if row["stands"]]
    largest = max(rows, key=lambda row: abs(row["difference"]))
    told = {
        "before": waves.names[0],
        "after": waves.names[-1],
        "k": len(rows),
        "n": len(stands),
        "names": listed([_quoted(row["row"]) for row in stands], t),
        "field": _quoted(largest["row"]),
        "change": written_change(largest, "difference", t),
        "low": written_change(largest, "low", t),
        "high": written_change(largest, "high", t),
    }
    if stands and means:
        first = (
            _(
                "From %(before)s to %(after)s the mean has changed in %(n)s of %(k)s fields by "
                "more than chance would do: %(names)s."
            )
            % told
        )
    elif stands:
        first = (
            _(
                "From %(before)s to %(after)s the share has changed in %(n)s of %(k)s fields by "
                "more than chance would do: %(names)s."
            )
            % told
        )
    else:
        first = (
            _(
                "From %(before)s to %(after)s no change in %(k)s fields is larger than chance "
                "would do."
            )
            % told
        )
    second = (
        _("The largest is in %(field)s: %(change)s (95%% interval %(low)s to %(high)s).")
        if means
        else _(
            "The largest is in %(field)s: %(change)s percentage points (95%% interval %(low)s to "
            "%(high)s)."
        )
    )
    return f"{first} {second % told}"


def _next_lead(figure: Figure) -> str:
    rows = figure.data.to_dicts()

    def most(plan: str) -> str:
        own = [row for row in rows if row["plan"] == plan]
        value = max((row[way] or 0.0) for row in own for way in ("increase", "decrease"))
        return format_number(100 * value, 0, words.language())

    plan = NextWave()
    return _(
        "If as many answered a next time, but others, a change of about %(others)s percentage "
        "points would be found in %(power)s of such surveys. If the same units answered, about "
        "%(again)s would do."
    ) % {
        "others": most("others"),
        "again": most("all_again"),
        "power": format_percent(plan.power, 0, words.language()),
    }


def _fates(waves: Waves, names: Mapping[str, str]) -> tuple[Fate, ...]:
    found = []
    for kind, count in waves.linking.counts.items():
        own = [each for each in waves.linking.followed if each.kind == kind]
        shown = [] if kind == "same" or len(own) > NAMED else own
        sides = [(each.units[0], each.units[-1]) for each in shown]
        found.append(
            Fate(
                str(KINDS[kind]),
                count,
                str(COMPARED[waves.linking.compared(own[0])]),
                tuple((_named(a, names), _named(b, names)) for a, b in sides),
            )
        )
    return tuple(found)


def _named(units: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(unit, unit) for unit in units) or "–"


def _panel(waves: Waves) -> str:
    answered = [each.respondents for each in waves.analyses]
    return _(
        "%(answered)s answered; %(panel)s of those that can be compared did so every time."
    ) % {
        "answered": listed(
            [
                _("%(n)s in %(wave)s") % {"n": n, "wave": wave}
                for n, wave in zip(answered, waves.names, strict=True)
            ],
            translator(words.language()),
        ),
        "panel": waves.panel,
    }


def _adopting(editions: Sequence[Edition], waves: Waves, choice: ChangeChoice) -> Adopting | None:
    """Those that adopted a policy from the first wave to the last."""
    if any(POLICY not in each.study.units.columns for each in waves.analyses):
        return None
    name = choice.indicator or _first(editions)
    if not waves.last.is_binary(name):
        return None
    try:
        found = adoption(
            waves, name, POLICY, before=waves.names[0], after=waves.names[-1],
            fields=waves.fields or None,
        )  # fmt: skip
    except SamspillError:
        return None
    secret = hidden(editions, POLICY)
    rows = [
        row
        for row in found.result.frame.to_dicts()
        if row["low"] is not None
        and not is_withheld(secret, row["indicator"], row["field"])
        and not (_real(editions) and _gives_away(row))
    ]
    if not rows:
        return None
    t = translator(words.language())
    largest = max(rows, key=lambda row: abs(row["estimate"]))
    stands = sum(row["p_bh"] < 0.05 for row in rows)
    label = waves.last.label
    lead = _(
        "%(adopted)s units adopted a volunteer policy from %(before)s to %(after)s and %(never)s "
        "that can be followed did not. Their change differs in %(n)s of %(k)s fields by more than "
        "chance would do; the largest difference is in %(field)s: %(points)s percentage points "
        "(95%% interval %(low)s to %(high)s)."
    ) % {
        "adopted": found.groups["adopted"],
        "never": found.groups["never"],
        "before": waves.names[0],
        "after": waves.names[-1],
        "n": stands,
        "k": len(rows),
        "field": _quoted(label(largest["field"] or name, words.language())),
        "points": _points(largest["estimate"]),
        "low": _points(largest["low"]),
        "high": _points(largest["high"]),
    }
    lines = tuple(
        (
            label(row["field"] or name, words.language()),
            str(row["n_adopting"]),
            _points(row["change_adopting"]),
            str(row["n_others"]),
            _points(row["change_others"]),
            _points(row["estimate"]),
            words.interval(_points(row["low"]), _points(row["high"])),
        )
        for row in rows
    )
    headings = (
        _("Field"),
        _("n, adopted"),
        _("Their change, points"),
        _("n, did not"),
        _("Their change, points"),
        _("Difference, points"),
        _("Interval at 95 per cent"),
    )
    rest = found.groups
    groups = _(
        "Left out: %(always)s that had a policy all along, %(left)s that gave it up, %(unknown)s "
        "of which it is not known in both waves. Only units that answered both times count."
    ) % {"always": rest["always"], "left": rest["left"], "unknown": rest["unknown"]}
    return Adopting(lead, headings, lines, groups, found.design.caution(t))


def _gives_away(row: Row) -> bool:
    """Whether a group's counts of yes or no in a wave are one to four."""
    for group in ("adopting", "others"):
        n = row[f"n_{group}"]
        for wave in ("before", "after"):
            yes = round(n * row[f"{group}_{wave}"])
            if too_few(yes) or too_few(n - yes):
                return True
    return False


def _points(value: float) -> str:
    return format_number(100 * value, 1, words.language(), sign=True)


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}
