"""What a joint display says, in words of a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samspill.language import Translator, format_percent, translator
from samspill.triangulation.counts import ENTRIES, INTERVIEWED, ORGANISATIONS, UNITS
from samspill.triangulation.display import CLOSED, OPEN, REOPENED, Row
from samspill.triangulation.memo import AGAINST, CLOSE, FOR, OVERRULE, REOPEN, WITHDRAW
from samspill.triangulation.position import (
    DIVIDED,
    NO,
    NOT_ASKED,
    NOT_BROUGHT,
    NOT_MEASURED,
    SILENT,
    SPEAKS,
    UNCLEAR,
    WITHHELD,
    YES,
    Measure,
    Pair,
    Position,
)
from samspill.triangulation.rules import FULL, Relation
from samspill.triangulation.themes import (
    INTERVIEWS,
    MUNICIPALITY,
    ORGANISATION,
    REGISTER,
    SURVEY,
    Item,
    Theme,
)
from samspill.vocabulary import load


def message(text: str) -> str:
    """Marks a message that is translated later."""
    return text


COLUMN_WORDS: Mapping[str, str] = {
    MUNICIPALITY: message("Interviews: municipalities"),
    ORGANISATION: message("Interviews: organisations"),
    INTERVIEWS: message("Interviews: both sides together"),
    SURVEY: message("Survey"),
    REGISTER: message("Register"),
}
IN_SENTENCE: Mapping[str, str] = {
    MUNICIPALITY: message("the municipalities interviewed"),
    ORGANISATION: message("the organisations interviewed"),
    INTERVIEWS: message("the interviews"),
    SURVEY: message("the survey"),
    REGISTER: message("the register"),
}
ASSESSMENT_WORDS: Mapping[str, str] = {
    "contradictory": message("Contradictory"),
    "convergent": message("Convergent"),
    "complementary": message("Complementary"),
    "silent": message("Silent"),
}
MARKS: Mapping[str, str] = {
    "contradictory": "≠",
    "convergent": "=",
    "complementary": "+",
    "silent": "–",
}
"""A sign for each assessment, so that none is told by colour alone."""
STATE_WORDS: Mapping[str, str] = {
    SPEAKS: message("Speaks"),
    UNCLEAR: message("Too little to tell"),
    SILENT: message("Silent"),
    NOT_ASKED: message("Nobody asked"),
    NOT_MEASURED: message("Not measured"),
    NOT_BROUGHT: message("Not brought in"),
    WITHHELD: message("Not shown"),
}
STANDING_WORDS: Mapping[str, str] = {
    OPEN: message("Open"),
    CLOSED: message("Closed"),
    REOPENED: message("Open again: what is said has changed"),
}
REASON_WORDS: Mapping[str, str] = {
    "who": message("Who was asked"),
    "what": message("What was asked"),
    "meaning": message("What the word meant"),
    "when": message("When"),
    "level": message("At what level"),
    "other": message("Something else"),
}
DIRECTION_WORDS: Mapping[str, str] = {
    FOR: message("Speaks for it"),
    AGAINST: message("Speaks against it"),
}
DECISION_WORDS: Mapping[str, str] = {
    CLOSE: message("Closed"),
    REOPEN: message("Opened again"),
    OVERRULE: message("Overruled"),
    WITHDRAW: message("Overruling withdrawn"),
}
BY_WORDS: Mapping[str, str] = {
    "report": message("the original report"),
    "samspill": message("Samspill"),
}


class Words:
    """Says the parts of a joint display in a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.t: Translator = translator(language)

    def column(self, name: str) -> str:
        return self.t(COLUMN_WORDS[name])

    def assessment(self, name: str) -> str:
        return self.t(ASSESSMENT_WORDS[name])

    def state(self, name: str) -> str:
        return self.t(STATE_WORDS[name])

    def standing(self, name: str) -> str:
        return self.t(STANDING_WORDS[name]) if name else ""

    def reason(self, kind: str) -> str:
        return self.t(REASON_WORDS[kind])

    def direction(self, name: str) -> str:
        return self.t(DIRECTION_WORDS[name])

    def decision(self, kind: str) -> str:
        return self.t(DECISION_WORDS[kind])

    def by(self, name: str) -> str:
        return self.t(BY_WORDS[name]) if name in BY_WORDS else name

    def field(self, name: str) -> str:
        """A field's label; for the unit as a whole, all fields together."""
        fields = load().fields
        if not name:
            return self.t(message("All fields together"))
        return fields[name].label(self.language) if name in fields else name

    def place(self, row: Row) -> str:
        """The theme and the field of a comparison."""
        return f"{row.theme.label(self.language)} · {self.field(row.field)}"

    def joined(self, parts: Sequence[str]) -> str:
        """``a, b and c``."""
        if len(parts) < 2:
            return "".join(parts)
        return self.t(message("{first} and {last}"), first=", ".join(parts[:-1]), last=parts[-1])

    def item(self, theme: Theme, name: str) -> str:
        label = theme.item(name).label(self.language)
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]

    def verdict(self, item: Item, found: str) -> str:
        """What is found of an item in the theme's own words: there is, lacking; formal."""
        if found == DIVIDED or not item.yes or not item.no:
            return self.t(message("divided"))
        words = item.yes if found == YES else item.no
        text = words[self.language]
        return text[:1].lower() + text[1:]

    def says(self, theme: Theme, position: Position) -> str:
        """What a source says, in a sentence."""
        if not position.speaks:
            return self._quiet(position)
        if theme.kind == "order":
            return self._ordering(theme, position.order)
        items = [item for item in theme.items if item.identifier in position.verdicts]
        told = [
            f"{item.label(self.language)}: {self.verdict(item, position.verdicts[item.identifier])}"
            for item in items
        ]
        return "; ".join(told) + "."

    def _ordering(self, theme: Theme, order: frozenset[Pair]) -> str:
        """Items with the same below them are told together: more a and b than c."""
        below: dict[frozenset[str], list[str]] = {}
        names = [item.identifier for item in theme.items]
        for name in names:
            less = frozenset(b for a, b in order if a == name)
            if less:
                below.setdefault(less, []).append(name)
        told = [
            self.t(
                message("More {more} than {less}."),
                more=self.joined([self.item(theme, n) for n in more]),
                less=self.joined([self.item(theme, n) for n in names if n in less]),
            )
            for less, more in sorted(below.items(), key=lambda pair: -len(pair[0]))
        ]
        return " ".join(told)

    def _quiet(self, position: Position) -> str:
        asked = self.base(position.base, position.asked)
        if position.state == UNCLEAR:
            return self.t(message("{asked}: too few to tell one from another."), asked=asked)
        if position.state == SILENT:
            return self.t(message("{asked}, and nothing is said of it."), asked=asked)
        if position.state == NOT_ASKED:
            return self.t(message("Nobody was asked."))
        if position.state == WITHHELD:
            return self.t(message("Not shown: it would tell what fewer than five units answered."))
        if position.state == NOT_MEASURED:
            return self.t(message("Has nothing that measures it."))
        return self.t(message("Not brought in."))

    def base(self, base: str, n: int) -> str:
        """``n`` of what is counted: 12 interviews, 241 units."""
        forms = {
            INTERVIEWED: (message("{n} interview"), message("{n} interviews")),
            UNITS: (message("{n} unit"), message("{n} units")),
            ORGANISATIONS: (message("{n} organisation"), message("{n} organisations")),
            ENTRIES: (message("{n} entry"), message("{n} entries")),
        }
        one, many = forms.get(base, (message("{n} asked"), message("{n} asked")))
        return self.t.plural(one, many, n)

    def number(self, theme: Theme, position: Position, measure: Measure) -> str:
        """A measure with its n and interval: ``80 % (193 of 241; 75–85 %)``."""
        if theme.kind == "presence" and position.base != UNITS:
            return self._voices(position, measure)
        if measure.share is None or measure.low is None or measure.high is None:
            return self.t(message("nobody asked"))
        low = format_percent(measure.low, 0, self.language)
        high = format_percent(measure.high, 0, self.language)
        return self.t(
            message("{share} ({count} of {n}; {low} to {high})"),
            share=format_percent(measure.share, 0, self.language),
            count=measure.count,
            n=measure.n,
            low=low,
            high=high,
        )

    def _voices(self, position: Position, measure: Measure) -> str:
        if position.base == ENTRIES:
            if not measure.count:
                return self.t(message("no entry, and the tables are in use"))
            return self.base(ENTRIES, measure.count)
        return self.t(
            message("{count} for, {contrary} against, of {n}"),
            count=measure.count,
            contrary=measure.contrary,
            n=measure.n,
        )

    def relation(self, theme: Theme, found: Relation) -> str:
        """How two sources stand to each other, and on what."""
        one, other = self.t(IN_SENTENCE[found.one]), self.t(IN_SENTENCE[found.other])
        about = self.joined([self._key(theme, key) for key in found.on])
        if found.state == "contradictory":
            told = message("{one} and {other} say the opposite of each other on {about}.")
        elif found.state == "complementary":
            told = message(
                "{one} and {other} say nothing opposite, and nothing that both are sure of."
            )
        elif found.degree == FULL:
            told = message("{one} and {other} say the same on {about}.")
        else:
            told = message(
                "{one} and {other} say the same on {about}, and differ in what else they tell."
            )
        text = self.t(told, one=one[:1].upper() + one[1:], other=other, about=about)
        if found.across:
            items = self.joined([self.item(theme, name) for name in found.across])
            text += " " + self.t(
                message("They differ on {about}, and one unit may differ from the many."),
                about=items,
            )
        return text

    def _key(self, theme: Theme, key: str | Pair) -> str:
        if isinstance(key, str):
            return self.item(theme, key)
        more, less = (self.item(theme, name) for name in sorted(key))
        return self.t(message("{one} against {other}"), one=more, other=less)

    def margin(self, row: Row) -> str:
        """How near the border an assessment is."""
        if row.margin is None:
            return ""
        return self.t.plural(
            message("It hangs on {n} answer: given otherwise, it would not hold."),
            message("It hangs on {n} answers: given otherwise, it would not hold."),
            row.margin,
        )


__all__ = ["MARKS", "NO", "Words"]
