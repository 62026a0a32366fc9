"""What the chapters are written from: the analysis, its language, and how runs are composed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from samspill.language import format_number, format_p, format_percent, translator
from samspill.presentation.report.document import Inline, Number, Paragraph, Runs, Text
from samspill.presentation.report.drawings import Drawings
from samspill.presentation.tables.source import (
    FOUNDING,
    RECONSTRUCTED,
    LacksAnswers,
    policy_family,
)
from samspill.presentation.tables.weighted import headline

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis
    from samspill.analysis.change import Waves
    from samspill.reconstruction import Reconstruction

Values = dict[str, Any]
_TIED = re.compile(r"\b[np] [=<] |(?<=[0-9]) %")
_PLACE = re.compile("\x02([0-9]+)\x03")


class Material:
    """Asks the analysis each question once and writes the answers in one language."""

    def __init__(
        self,
        analysis: StudyAnalysis,
        language: str,
        drawings: Drawings,
        waves: Waves | None = None,
    ) -> None:
        self.analysis = analysis
        self.waves = waves
        self.study = analysis.study
        self.language = language
        self.drawings = drawings
        self._t = translator(language)
        self._tables = 0

    # Words

    def word(self, message: str, /, **fields: object) -> str:
        return unbroken(self._t(message, **fields))

    def say(self, message: str, /, **fields: Inline | str | int) -> Runs:
        """A translated message whose fields may be numbers that point at what they rest on."""
        return _composed(lambda plain: self._t(message, **plain), fields)

    def say_plural(self, one: str, many: str, n: int, /, **fields: Inline | str | int) -> Runs:
        """As ``say``, in the form for ``n`` things; ``{n}`` is ``n`` unless given as a field."""
        return _composed(
            lambda plain: self._t.plural(one, many, n, **plain), {"n": str(n), **fields}
        )

    def paragraph(self, message: str, /, **fields: Inline | str | int) -> Paragraph:
        return Paragraph(self.say(message, **fields))

    def joined(self, parts: Sequence[str]) -> str:
        """``a, b and c``."""
        if len(parts) < 2:
            return "".join(parts)
        between = "; " if any(", " in part for part in parts) else ", "
        return self.word("{first} and {last}", first=between.join(parts[:-1]), last=parts[-1])

    def label(self, identifier: str) -> str:
        return self.analysis.label(identifier, self.language)

    def mid(self, identifier: str) -> str:
        """A label inside a sentence."""
        text = self.label(identifier)
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    # Numbers

    def number(self, value: float, decimals: int = 0, *, sign: bool = False) -> str:
        return format_number(value, decimals, self.language, sign=sign)

    def percent(self, share: float, decimals: int = 0) -> str:
        return format_percent(share, decimals, self.language)

    def points(self, share: float) -> str:
        """A difference of shares in percentage points, with its sign."""
        return format_number(100 * share, 1, self.language, sign=True)

    def p(self, value: float | None) -> str:
        return "–" if value is None else format_p(value, self.language)

    def span(self, low: float | None, high: float | None, decimals: int = 0) -> str:
        """An interval of shares: ``70–81 %``; a dash where there is none."""
        if low is None or high is None:
            return "–"
        return f"{self.number(100 * low, decimals)}–{self.percent(high, decimals)}"

    def points_span(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return "–"
        return self.word("{low} to {high}", low=self.points(low), high=self.points(high))

    def n(self, value: int, target: str) -> Number:
        return Number(self.number(value), target)

    # What the analysis holds

    def has(self, *indicators: str) -> bool:
        return all(name in self.analysis.definitions for name in indicators)

    def shares(self, *indicators: str, **options: Any) -> list[Values]:
        """Rows of ``StudyAnalysis.shares`` that have answers, by indicator and field."""
        rows: list[Values] = []
        fields = options.get("fields")
        for name in indicators:
            if not self.has(name) or (fields is not None and not fields):
                continue
            if fields and all(fields) and not self.analysis.definitions[name].per_field:
                continue
            found = self.analysis.shares(name, **options).frame
            rows += [row for row in found.to_dicts() if row["n"]]
        return rows

    def share(self, row: Values) -> Number:
        """A share in running text, pointing at its row in a table; the weighted one where the
        study has chosen that."""
        return Number(self.percent(self.headline(row)["share"]), share_row(row))

    def headline(self, row: Values) -> Values:
        """A row with the numbers that stand in sentences."""
        return headline(self.study, row)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields studied in depth."""
        return self.analysis.fields

    @cached_property
    def named_fields(self) -> tuple[str, ...]:
        """Every field with answers that has a name of its own."""
        scheme = self.analysis.labels.vocabulary.fields
        unnamed = {concept.identifier for concept in scheme.having(named_in_report=False)}
        return tuple(field for field in self.analysis.all_fields if field not in unnamed)

    @cached_property
    def effects(self) -> list[Values]:
        """Rows of ``StudyAnalysis.policy_effects``; none without a policy attribute."""
        try:
            return policy_family(self.analysis).to_dicts()
        except LacksAnswers:
            return []

    @cached_property
    def checks(self) -> list[Values]:
        if self.study.printed.is_empty():
            return []
        return self.analysis.check().frame.to_dicts()

    @cached_property
    def founding(self) -> bool:
        """Whether this is the founding study, whose report says more than its numbers do."""
        return self.study.identifier == FOUNDING

    @cached_property
    def reconstructed(self) -> bool:
        """Whether counts are worked out from print rather than given as answers."""
        known = set(self.study.provenance["provenance"])
        return bool(self.checks) and not known.isdisjoint(RECONSTRUCTED)

    @cached_property
    def stars_printed(self) -> bool:
        """Whether the marks of the comparisons stand in print."""
        return any(row["printed_stars"] is not None for row in self.effects)

    @cached_property
    def reconstruction(self) -> Reconstruction | None:
        """The counts behind the printed statistics; None where nothing was printed."""
        if self.study.printed.is_empty():
            return None
        from samspill.reconstruction import reconstruct

        return reconstruct(self.study.printed)

    @cached_property
    def respondents(self) -> int:
        return self.analysis.respondents

    @cached_property
    def population(self) -> int:
        return self.study.population_size

    def table_label(self) -> str:
        """The next number of the report's own tables."""
        self._tables += 1
        return self.word("Table {number}", number=self._tables)

    def provenance(self, name: str) -> str:
        """A provenance in the language of the report."""
        words = {
            "observed": self.word("observed"),
            "reconstructed exactly": self.word("reconstructed exactly"),
            "consistent with what is printed": self.word("consistent with what is printed"),
            "invented": self.word("invented"),
        }
        return words.get(name, name)

    def provenances(self, rows: Sequence[Values]) -> str:
        """The provenance of most rows, and by name the rows where it is another."""
        kinds = [row["provenance"] for row in rows if row.get("provenance")]
        if not kinds:
            return ""
        main = max(dict.fromkeys(kinds), key=kinds.count)
        others = [row for row in rows if row.get("provenance") not in ("", None, main)]
        alone = len({row["indicator"] for row in rows}) == 1
        if not others:
            return self.provenance(main)
        return self.word(
            "{provenance}; {exceptions}",
            provenance=self.provenance(main),
            exceptions="; ".join(
                self.word(
                    "for {names}: {provenance}",
                    names=self.joined(
                        [
                            self.mid(r["field"]) if alone and r["field"] else self.place(r)
                            for r in others
                            if r["provenance"] == kind
                        ]
                    ),
                    provenance=self.provenance(kind),
                )
                for kind in dict.fromkeys(row["provenance"] for row in others)
            ),
        )

    def place(self, row: Values) -> str:
        """An indicator and its field inside a sentence."""
        if not row["field"]:
            return self.mid(row["indicator"])
        return self.word(
            "{indicator} in {field}",
            indicator=self.mid(row["indicator"]),
            field=self.mid(row["field"]),
        )

    def source(self, row: Values) -> str:
        """The row that a share rests on: its counts by policy, or else its printed number."""
        key = (row["indicator"], row["field"])
        if key in {(effect["indicator"], effect["field"]) for effect in self.effects}:
            return model_row(row)
        return self.printed_row(row)

    def printed_row(self, row: Values) -> str:
        """The row of the first printed number on an indicator in a field; empty without one."""
        found = self._printed.get((row["indicator"], row["field"]))
        return printed_id(found) if found else ""

    @cached_property
    def _printed(self) -> dict[tuple[str, str], str]:
        rows = reversed(self.checks)
        return {(row["indicator"], row["field"] or ""): row["id"] for row in rows}

    def basis(self, rows: Sequence[Values], key: str = "n") -> str:
        """n and provenance of rows, for the line under a table."""
        counts = sorted({int(row[key]) for row in rows})
        ends = f"{self.number(counts[0])}–{self.number(counts[-1])}" if counts else "–"
        written = self.number(counts[0]) if len(counts) == 1 else ends
        how = self.provenances(rows)
        if not how:
            return self.word("n = {n}.", n=written)
        return self.word("n = {n}. Counts: {provenance}.", n=written, provenance=how)


def unbroken(text: str) -> str:
    """``text`` with spaces that no line is broken at around signs that belong to a number.

    What is below the smallest p-value told is written ``p < 0.0001``, without the sign of equality.
    """
    text = text.replace("p = <", "p <")
    return _TIED.sub(lambda found: found.group().replace(" ", "\u00a0"), text)


def share_row(row: Values) -> str:
    """The identifier of the table row where a share is accounted for."""
    return f"share-{row['indicator']}-{row['field'] or 'all'}"


def effect_row(row: Values) -> str:
    """The identifier of the table row where a difference is accounted for."""
    return f"effect-{row['indicator']}-{row['field'] or 'all'}"


def model_row(row: Values) -> str:
    """The identifier of the row of a model in the appendix."""
    return f"model-{row['indicator']}-{row['field'] or 'all'}"


def printed_id(name: str) -> str:
    """The identifier of the row of a printed number in the appendix."""
    return "printed-" + re.sub(r"[^A-Za-z0-9]+", "-", name)


def _composed(write: Any, fields: Values) -> Runs:
    places: list[Inline] = []
    plain: dict[str, object] = {}
    for name, value in fields.items():
        if isinstance(value, str | int):
            plain[name] = value
        else:
            plain[name] = f"\x02{len(places)}\x03"
            places.append(value)
    parts = _PLACE.split(unbroken(write(plain)))
    runs: list[Inline] = []
    for i, part in enumerate(parts):
        if i % 2:
            runs.append(places[int(part)])
        elif part:
            runs.append(Text(part))
    return tuple(runs)
