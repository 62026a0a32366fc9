"""Everything on the page that asks whether it has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.change import Design, Waves
from samspill.language import format_number, format_percent, translator
from samspill.presentation.figures.change import is_mean, written_change
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.next_wave import NextWave
from samspill.presentation.figures.svg import size
from samspill.presentation.tables.words import listed
from samspill.web.results import words
from samspill.web.results.change.adopting import Adopting, adopting
from samspill.web.results.change.choosing import ChangeChoice, choices, year_of
from samspill.web.results.change.drawing import figure_of
from samspill.web.results.change.withheld import hidden
from samspill.web.results.published import Edition
from samspill.web.results.written import Written, written

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
    if waves is None:
        lead = _("There is one wave, of %(year)s, so nothing can be said of change yet.") % {
            "year": last.study.year
        }
        caution = Design.CROSS_SECTION.caution(t)
        return ChangePage(
            lead,
            indicators=indicators,
            next_wave=_drawn(planned),
            next_lead=_next_lead(planned),
            caution=caution,
        )
    drawn = figure_of(editions, waves, choice, "waves")
    return ChangePage(
        _lead(drawn, waves) if drawn else _nothing(editions, choice),
        indicators=indicators,
        waves=tuple(year_of(each) for each in editions),
        compared=waves.names,
        series=_drawn(figure_of(editions, every or waves, choice, "series")),
        weighting=_weighting(editions),
        means=drawn is not None and is_mean(drawn.data),
        change=_drawn(drawn),
        fates=_fates(waves, names),
        rule=t(waves.linking.consequence) if waves.linking.consequence else "",
        panel=_panel(waves),
        adopting=adopting(editions, waves, choice) if drawn else None,
        next_wave=_drawn(planned),
        next_lead=_next_lead(planned),
        caution=waves.design.caution(t),
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
        "names": listed([words.quoted(row["row"]) for row in stands], t),
        "field": words.quoted(largest["row"]),
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


def _next_lead(figure: Figure | None) -> str:
    if figure is None:
        return ""
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
