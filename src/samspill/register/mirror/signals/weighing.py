"""Signals: what in a register or the pulse may show a barrier, by rules that are data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from samspill.register.frames import Tables
from samspill.register.mirror.both_sides import ALL_FIELDS, ORGANISATION
from samspill.register.mirror.signals.counting import COUNTS, Counted, Day

FULL_COUNT = "a full count of what is in the register: no interval"
NOTHING = "nothing to count"


@dataclass(frozen=True, slots=True)
class SignalRule:
    """``share`` of at least ``n`` of what ``count`` or the item ``variable`` names, for a barrier.

    ``barrier`` is a path of the vocabulary; ``sentence`` has {k} and {n} in each language.
    """

    identifier: str
    barrier: str
    share: float
    n: int
    sentence: Mapping[str, str]
    count: str = ""
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """``k`` of ``n`` are so. ``shows`` says that the rule's limits are reached.

    ``share`` is None where n is 0; ``low`` and ``high`` its limits where it is of answers, not of
    a full count (``note`` says which). ``entries`` are the k, as ``table/identifier``; ``fields``
    those they are of. An answer of the pulse has none: it is nobody's.
    """

    rule: SignalRule
    k: int
    n: int
    share: float | None
    low: float | None
    high: float | None
    shows: bool
    entries: tuple[str, ...]
    fields: tuple[str, ...]
    note: str

    @property
    def identifier(self) -> str:
        return self.rule.identifier

    @property
    def barrier(self) -> str:
        """The path of the barrier or its sub-theme in the vocabulary."""
        return self.rule.barrier

    def sentence(self, language: str) -> str:
        """What is seen, in a language: KeyError where there is none of it."""
        return self.rule.sentence[language].format(k=self.k, n=self.n)


@cache
def signal_rules() -> tuple[SignalRule, ...]:
    """The rules, of the register and then of the pulse."""
    text = files("samspill.register.mirror.signals").joinpath("signals.toml")
    data = tomllib.loads(text.read_text(encoding="utf-8"))
    return tuple(SignalRule(**row) for row in (*data["register"], *data["pulse"]))


def signals(tables: Tables, on: date, pulse: pl.DataFrame | None = None) -> list[Signal]:
    """The signals that show on a day, in the order of the rules.

    ``pulse`` is what ``gaps`` gives, if the pulse has been taken. A signal is a reason to ask,
    linked to a barrier; it does not prove one.
    """
    return [signal for signal in weighed(tables, on, pulse) if signal.shows]


def weighed(tables: Tables, on: date, pulse: pl.DataFrame | None = None) -> list[Signal]:
    """Every rule with its numbers, whether it shows or not; arguments as in ``signals``."""
    day = Day.of(tables, on)
    found = [_of_register(rule, COUNTS[rule.count](day)) for rule in signal_rules() if rule.count]
    return found if pulse is None else [*found, *_of_pulse(pulse)]


def _of_register(rule: SignalRule, counted: Counted) -> Signal:
    so = counted.rows.filter("so").sort("identifier")
    n, k = counted.rows.height, so.height
    return Signal(
        rule=rule,
        k=k,
        n=n,
        share=k / n if n else None,
        low=None,
        high=None,
        shows=n >= rule.n and k / n >= rule.share,
        entries=tuple(f"{counted.table}/{identifier}" for identifier in so["identifier"]),
        fields=tuple(so["field"].drop_nulls().unique().sort()),
        note=FULL_COUNT if n else NOTHING,
    )


def _of_pulse(pulse: pl.DataFrame) -> Iterator[Signal]:
    """Organisations that do not agree, in all fields together; what is suppressed gives nothing."""
    whole = pulse.filter(pl.col("field") == ALL_FIELDS).to_dicts()
    rows: dict[str, dict[str, Any]] = {row["variable"]: row for row in whole}
    for rule in signal_rules():
        row = rows.get(rule.variable)
        if row is None or row[f"{ORGANISATION}_share"] is None:
            continue
        n, share = row[f"{ORGANISATION}_n"], 1 - row[f"{ORGANISATION}_share"]
        yield Signal(
            rule=rule,
            k=round(n * share),
            n=n,
            share=share,
            low=1 - row[f"{ORGANISATION}_share_high"],
            high=1 - row[f"{ORGANISATION}_share_low"],
            shows=n >= rule.n and share >= rule.share,
            entries=(),
            fields=(),
            note="",
        )
