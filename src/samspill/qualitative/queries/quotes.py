"""Quotes for publication: what may be quoted, how it is shortened, and how the speaker is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.language import Translator, translator
from samspill.qualitative.model import NAMED_QUOTE, NOT_QUOTED, Source
from samspill.qualitative.queries.anonymity import Speaker, speakers
from samspill.qualitative.queries.conditions import Condition
from samspill.qualitative.queries.segments import Segments, segments
from samspill.qualitative.turns import paragraphs
from samspill.statistics.results import Result
from samspill.vocabulary import load

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

NamesLeft = Callable[[str, Sequence[str]], Iterable[object]]
SMALLEST = 3
LONGEST = 400
SHORTEST = 20
ENDS = ".!?…:"


def message(text: str) -> str:
    """Marks a message that is translated later."""
    return text


NO_CONSENT = message("The informant is not to be quoted.")
TOO_FEW = message("Too few informants share what would be told of this one.")
NAME_LEFT = message("A known name is left: {names}.")
NOTHING_SAID = message("The passage holds no words.")

IN_SIDE = {
    "municipality": message("{role} in a municipality"),
    "organisation": message("{role} in an organisation"),
}
INFORMANT = message("informant")
INVENTED = message("Invented: nobody has said this.")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Quotes(Result):
    """Quotes ready for print.

    ``frame``, in the order of the sources: ``codes`` (names), ``quote`` (shortened, with quotation
    marks), ``speaker`` (as told: role, side and field, as far as enough informants share them; the
    unit only with consent to be named), ``side`` and ``field`` (identifiers, as told), ``named``
    (whether the informant agreed to be named) and ``invented``. ``withheld``: ``source``,
    ``start``, ``end``, ``codes`` and ``reason`` of every passage that is not quoted; it is for the
    project's members, not for print.
    """

    withheld: pl.DataFrame
    smallest: int
    language: str

    @property
    def heading(self) -> str:
        return f"{self.frame.height} quotes, {self.withheld.height} withheld"

    def to_markdown(self) -> str:
        """The quotes under their codes; what is invented says so."""
        t = translator(self.language)
        lines: list[str] = []
        for codes, quote, speaker, invented in self.frame.select(
            "codes", "quote", "speaker", "invented"
        ).iter_rows():
            heading = f"## {', '.join(codes)}"
            if heading not in lines:
                lines += [heading, ""]
            warning = f" *{t(INVENTED)}*" if invented else ""
            words = _plain(quote).replace("\n", "\n> ")
            lines += [f"> {words}", ">", f"> – {_plain(speaker)}{warning}", ""]
        return "\n".join(lines)


def quotes(
    tables: Tables,
    passages: Segments | Condition | None = None,
    *,
    language: str = "nb",
    smallest: int = SMALLEST,
    longest: int = LONGEST,
    known_names: Sequence[str] = (),
    names_left: NamesLeft | None = None,
    unit_names: dict[str, str] | None = None,
) -> Quotes:
    """Make passages (found, or a condition; all codings without one) fit for print.

    Nobody who is not to be quoted is. The unit is told only of informants who agreed to be named;
    of the others role, side and field, as far as at least ``smallest`` informants share the
    description (``anonymity``). A passage in which ``names_left(text, known_names)`` finds anything
    is withheld. A quote longer than ``longest`` characters is cut after a sentence or a word, which
    ``[…]`` shows; one that begins or ends within a sentence has ``…`` there. Speakers' names are
    taken off.

    Raises SamspillError for numbers that make no sense, or an unknown language.
    """
    if smallest < 1 or longest < SHORTEST:
        raise SamspillError(
            Message(
                "Quotes cannot be made of {longest} characters shared by {smallest} informants.",
                longest=longest,
                smallest=smallest,
            ),
            Message("Give at least {shortest} characters and 1 informant.", shortest=SHORTEST),
        )
    t = translator(language)
    found = passages if isinstance(passages, Segments) else segments(tables, passages)
    writer = _Writer(tables, t, smallest, longest, unit_names or {})
    left = names_left or known_names_in
    shown, withheld = [], []
    for row in found.frame.iter_rows(named=True):
        reason, quote, speaker = writer.quoted(row)
        names = [] if reason else [str(name) for name in left(f"{quote} {speaker}", known_names)]
        if names and row["consent"] != NAMED_QUOTE:
            reason = t(NAME_LEFT, names=", ".join(names))
        elif names:
            inside = [str(name) for name in left(quote, known_names)]
            reason = t(NAME_LEFT, names=", ".join(inside)) if inside else ""
        if reason:
            withheld.append((row["source"], row["start"], row["end"], row["codes"], reason))
        else:
            shown.append(writer.row(row, quote, speaker))
    return Quotes(
        pl.DataFrame(shown, schema=SHOWN, orient="row"),
        pl.DataFrame(withheld, schema=WITHHELD, orient="row"),
        smallest,
        language,
    )


SHOWN: dict[str, pl.DataType | type[pl.DataType]] = {
    "codes": pl.List(pl.String),
    "quote": pl.String,
    "speaker": pl.String,
    "side": pl.String,
    "field": pl.String,
    "named": pl.Boolean,
    "invented": pl.Boolean,
}
WITHHELD: dict[str, pl.DataType | type[pl.DataType]] = {
    "source": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "codes": pl.List(pl.String),
    "reason": pl.String,
}


def _plain(text: str) -> str:
    """``text`` with nothing in it that Markdown would read as its own."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


def known_names_in(text: str, known: Sequence[str]) -> list[str]:
    """Which of the known names stand in a text as words, whatever their case, also with -s."""
    return [
        name
        for name in known
        if name.strip()
        and re.search(rf"(?<!\w){re.escape(name.strip())}(?:'?s)?(?!\w)", text, re.IGNORECASE)
    ]


class _Writer:
    def __init__(
        self, tables: Tables, t: Translator, smallest: int, longest: int, units: dict[str, str]
    ) -> None:
        self.t = t
        self.longest = longest
        self.units = units
        self.sources = {row["source"]: row for row in tables.sources.iter_rows(named=True)}
        told = zip(tables.sources["source"], speakers(tables, smallest), strict=True)
        self.told: dict[str, Speaker | None] = dict(told)
        self.vocabulary = load()

    def quoted(self, row: dict[str, object]) -> tuple[str, str, str]:
        """Why a passage is withheld (or nothing), the quote, and the speaker."""
        source = self.sources[str(row["source"])]
        if source["consent"] == NOT_QUOTED:
            return self.t(NO_CONSENT), "", ""
        told = self.told_of(source)
        if told is None:
            return self.t(TOO_FEW), "", ""
        words = _words(source, int(str(row["start"])), int(str(row["end"])))
        if not words.strip(" …\n–"):
            return self.t(NOTHING_SAID), "", ""
        quote = self.t(message("“{text}”"), text=_shortened(words, self.longest))
        return "", quote, self.speaker(told, source)

    def told_of(self, source: dict[str, Any]) -> Speaker | None:
        if source["consent"] == NAMED_QUOTE:
            fields: tuple[str, ...] = tuple(source["fields"] or ())
            return Speaker(str(source["role"] or ""), str(source["side"] or ""), fields)
        return self.told[str(source["source"])]

    def speaker(self, told: Speaker, source: dict[str, Any]) -> str:
        role = told.role or self.t(INFORMANT)
        if told.side in IN_SIDE:
            parts = [self.t(IN_SIDE[told.side], role=role)]
        else:
            parts = [role, *([told.side] if told.side else [])]
        parts += [self._field(field) for field in told.fields]
        if source["consent"] == NAMED_QUOTE and source["unit"]:
            unit = str(source["unit"])
            parts.append(self.units.get(unit, unit))
        return ", ".join(parts)

    def _field(self, field: str) -> str:
        if field not in self.vocabulary.fields:
            return field
        label = self.vocabulary.fields[field].label(self.t.language)
        return label[:1].lower() + label[1:]

    def row(self, row: dict[str, object], quote: str, speaker: str) -> tuple[object, ...]:
        source = self.sources[str(row["source"])]
        told = self.told_of(source) or Speaker()
        named = source["consent"] == NAMED_QUOTE
        side, field = told.side or None, ", ".join(told.fields) or None
        return row["codes"], quote, speaker, side, field, named, bool(source["invented"])


def _words(source: dict[str, Any], start: int, end: int) -> str:
    """What is said from ``start`` to ``end``, without the speakers' names; ``…`` where it begins or
    ends within a sentence, and a dash before each of several turns."""
    text = str(source["text"])
    names = tuple(source["speakers"] or ())
    parts = []
    for part in paragraphs(Source("", "", text, speakers=names)):
        low, high = max(part.words, start), min(part.end, end)
        if low >= high or not text[low:high].strip():
            continue
        words = text[low:high].strip()
        if not _begins(text[part.words : low]):
            words = "… " + words
        if not _ends(words, text[high : part.end]):
            words += " …"
        parts.append((words, bool(part.speaker)))
    several = sum(named for _, named in parts) > 1
    return "\n".join(f"– {words}" if several and named else words for words, named in parts)


def _begins(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ENDS


def _ends(words: str, after: str) -> bool:
    return not after.strip() or words[-1] in ENDS or after[0] in ENDS


def _shortened(text: str, longest: int) -> str:
    """The text, cut after a sentence or else a word where it is longer than ``longest``."""
    if len(text) <= longest:
        return text
    room = text[: longest - len(" […]")]
    sentences = [match.end() for match in re.finditer(r"[.!?…](?=\s)", room)]
    if sentences and sentences[-1] >= len(room) // 2:
        return room[: sentences[-1]] + " […]"
    words = room.rsplit(maxsplit=1)[0] if text[len(room)].strip() else room
    return words.rstrip(" ,;–") + " […]"
