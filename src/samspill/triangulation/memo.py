"""The memo of a comparison: statements, possible reasons with evidence, and what people decided.

Kept as one open table, the optional resource ``triangulation`` of a study folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as given
from pathlib import Path
from typing import Any

import polars as pl

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.triangulation.position import DIVIDED, NO, YES, Pair
from samspill.triangulation.themes import COLUMNS, INTERVIEWS, Theme, find_theme, themes

MEMO = ("id", "entry", "theme", "field", "column", "about", "kind", "value", "source", "by",
        "date", "fingerprint")  # fmt: skip
ENTRIES = ("statement", "reason", "evidence", "decision")
REASONS = ("who", "what", "meaning", "when", "level", "other")
FOR, AGAINST = "for", "against"
CLOSE, REOPEN, OVERRULE, WITHDRAW = "close", "reopen", "overrule", "withdraw"
DECISIONS = (CLOSE, REOPEN, OVERRULE, WITHDRAW)
OVERRULED = ("convergent", "complementary", "contradictory", "silent")
FILE = "triangulation.csv"
TEXT = "text_"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says where it is written down and not counted, such as a printed sentence.

    ``order`` are pairs (more, less) of items, ``verdicts`` whether an item is there. ``source`` is
    where it stands. Without ``field`` it is about all fields together. ``column`` may be
    ``interviews``, where the two sides are not told apart.
    """

    theme: str
    field: str
    column: str
    order: frozenset[Pair] = frozenset()
    verdicts: Mapping[str, str] = given(default_factory=dict)
    texts: Mapping[str, str] = given(default_factory=dict)
    source: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks ``for`` or ``against`` a reason; ``source`` is where it can be seen."""

    direction: str
    texts: Mapping[str, str]
    source: str = ""
    by: str = ""
    date: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A possible reason why sources differ: ``who`` was asked, ``what`` was asked, what the word
    meant (``meaning``), ``when``, at what ``level``, or ``other``."""

    kind: str
    texts: Mapping[str, str]
    evidence: tuple[Evidence, ...] = ()
    by: str = ""
    date: str = ""
    source: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a comparison, why, and what was said at the time (``fingerprint``).

    ``close`` a contradiction, ``reopen`` it, ``overrule`` the assessment with the state ``value``,
    or ``withdraw`` an overruling.
    """

    kind: str
    texts: Mapping[str, str]
    by: str
    fingerprint: str
    value: str = ""
    date: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if self.kind not in DECISIONS or (self.kind == OVERRULE and self.value not in OVERRULED):
            raise SamspillError(
                Message("“{kind}” is not a decision.", kind=self.value or self.kind),
                Message("Choose one of: {known}.", known=", ".join((*DECISIONS, *OVERRULED))),
            )
        if not self.by.strip() or not any(text.strip() for text in self.texts.values()):
            raise SamspillError(
                "A decision has a reason and a person.", "Say why, and who decides."
            )


@dataclass(frozen=True, slots=True)
class Memo:
    """Reasons and decisions about a theme in a field, the latest decision last."""

    reasons: tuple[Reason, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def latest(self, *kinds: str) -> Decision | None:
        """The last decision of any of these kinds."""
        return next((d for d in reversed(self.decisions) if d.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Memos:
    """Everything written about the comparisons of a study.

    What is written of a theme without a field is about each of its fields; decisions are of one.
    """

    statements: tuple[Statement, ...] = ()
    reasons: Mapping[tuple[str, str], tuple[Reason, ...]] = given(default_factory=dict)
    decisions: Mapping[tuple[str, str], tuple[Decision, ...]] = given(default_factory=dict)

    def of(self, theme: str, place: str) -> Memo:
        """The memo of a theme in a field."""
        general = self.reasons.get((theme, ""), ()) if place else ()
        own = self.reasons.get((theme, place), ())
        return Memo((*general, *own), self.decisions.get((theme, place), ()))


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A text in a language, or in the first that has it."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def parse_statement(theme: Theme, says: str) -> tuple[frozenset[Pair], dict[str, str]]:
    """``activity > transition; activity > policy_development``, or ``meeting_point: yes``.

    Raises SamspillError for an item the theme lacks, and for a text of neither form.
    """
    order: set[Pair] = set()
    verdicts: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in says.split(";"))):
        if ">" in part and theme.kind == "order":
            names = [name.strip() for name in part.split(">")]
            known = [theme.item(name).identifier for name in names]
            order |= {(a, b) for i, a in enumerate(known) for b in known[i + 1 :]}
        elif ":" in part and theme.kind == "presence":
            name, _, found = (piece.strip() for piece in part.partition(":"))
            if found not in (YES, NO, DIVIDED):
                raise _unread(part)
            verdicts[theme.item(name).identifier] = found
        else:
            raise _unread(part)
    if any(pair[::-1] in order for pair in order):
        raise SamspillError("The statement contradicts itself.", "Give one order of the items.")
    return frozenset(order), verdicts


def _unread(part: str) -> SamspillError:
    return SamspillError(
        Message("“{text}” is not a statement of this theme.", text=part),
        "Write one > other for an ordering, or item: yes, no or divided for presence.",
    )


def read_memo(source: pl.DataFrame | Path | str, known: tuple[Theme, ...] | None = None) -> Memos:
    """What is written in a table ``triangulation``: a frame, or a CSV file.

    Raises:
        InvalidInput: with every fault and its row.
    """
    if isinstance(source, pl.DataFrame):
        frame = source
    else:
        try:
            frame = pl.read_csv(source, infer_schema=False)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise SamspillError(
                Message("The memo in “{path}” cannot be read: {error}.", path=source, error=error),
                "Give a CSV file in UTF-8.",
            ) from error
    missing = [name for name in ("id", "entry", "theme") if name not in frame.columns]
    if missing:
        raise SamspillError(
            Message("The memo has no column “{name}”.", name=missing[0]),
            Message("Give the columns {names}.", names=", ".join(MEMO)),
        )
    reader = _Reader(known or themes())
    for number, row in enumerate(frame.fill_null("").iter_rows(named=True), start=1):
        reader.take(number, {name: str(value) for name, value in row.items()})
    if reader.problems:
        raise InvalidInput(FILE, reader.problems)
    return reader.memos()


class _Reader:
    def __init__(self, known: tuple[Theme, ...]) -> None:
        self.known = known
        self.problems: list[Problem] = []
        self.statements: list[Statement] = []
        self.reasons: dict[str, tuple[tuple[str, str], Reason]] = {}
        self.evidence: dict[str, list[Evidence]] = {}
        self.decisions: dict[tuple[str, str], list[Decision]] = {}

    def take(self, number: int, row: Mapping[str, str]) -> None:
        try:
            theme = find_theme(row["theme"], self.known)
            getattr(self, f"_{row['entry']}", self._unknown)(row, theme)
        except SamspillError as error:
            self.problems.append(Problem(FILE, number, None, error.message, error.next_step))

    def memos(self) -> Memos:
        reasons: dict[tuple[str, str], tuple[Reason, ...]] = {}
        for identity, (place, reason) in self.reasons.items():
            whole = Reason(
                reason.kind, reason.texts, tuple(self.evidence.get(identity, ())), reason.by,
                reason.date, reason.source, reason.id,
            )  # fmt: skip
            reasons[place] = (*reasons.get(place, ()), whole)
        return Memos(
            tuple(self.statements), reasons, {k: tuple(v) for k, v in self.decisions.items()}
        )

    def _unknown(self, row: Mapping[str, str], _theme: Theme) -> None:
        raise SamspillError(
            Message("“{entry}” is not an entry of a memo.", entry=row["entry"]),
            Message("Choose one of: {known}.", known=", ".join(ENTRIES)),
        )

    def _statement(self, row: Mapping[str, str], theme: Theme) -> None:
        column = row.get("column", "")
        if column not in (*COLUMNS, INTERVIEWS):
            raise SamspillError(
                Message("“{name}” is not a source.", name=column),
                Message("Choose one of: {known}.", known=", ".join((*COLUMNS, INTERVIEWS))),
            )
        order, verdicts = parse_statement(theme, row.get("value", ""))
        self.statements.append(
            Statement(
                theme.identifier, row.get("field", ""), column, order, verdicts, _texts(row),
                row.get("source", ""), row["id"],
            )
        )  # fmt: skip

    def _reason(self, row: Mapping[str, str], theme: Theme) -> None:
        kind = row.get("kind", "")
        if kind not in REASONS:
            raise SamspillError(
                Message("“{kind}” is not a kind of reason.", kind=kind),
                Message("Choose one of: {known}.", known=", ".join(REASONS)),
            )
        made = Reason(
            kind, _texts(row), (), row.get("by", ""), row.get("date", ""), row.get("source", ""),
            row["id"],
        )  # fmt: skip
        self.reasons[row["id"]] = ((theme.identifier, row.get("field", "")), made)

    def _evidence(self, row: Mapping[str, str], _theme: Theme) -> None:
        if row.get("about", "") not in self.reasons or row.get("kind", "") not in (FOR, AGAINST):
            raise SamspillError(
                "The evidence does not say which reason it is for or against.",
                "Give the id of a reason above it in about, and for or against in kind.",
            )
        made = Evidence(
            row["kind"], _texts(row), row.get("source", ""), row.get("by", ""),
            row.get("date", ""), row["id"],
        )  # fmt: skip
        self.evidence.setdefault(row["about"], []).append(made)

    def _decision(self, row: Mapping[str, str], theme: Theme) -> None:
        made = Decision(
            row.get("kind", ""), _texts(row), row.get("by", ""), row.get("fingerprint", ""),
            row.get("value", ""), row.get("date", ""), row["id"],
        )  # fmt: skip
        self.decisions.setdefault((theme.identifier, row.get("field", "")), []).append(made)


def _texts(row: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(TEXT): text
        for name, text in row.items()
        if name.startswith(TEXT) and text
    }


def memo_frame(memos: Memos) -> pl.DataFrame:
    """Everything written, as the table that ``read_memo`` reads: the columns of ``MEMO`` and one
    ``text_<language>`` for each language that any text is in."""
    rows = list(_rows(memos))
    languages = sorted({language for row in rows for language in row["texts"]})
    schema = dict.fromkeys((*MEMO, *(TEXT + name for name in languages)), pl.String)
    flat = [
        {**dict.fromkeys(schema, ""), **{k: v for k, v in row.items() if k != "texts"},
         **{TEXT + name: text for name, text in row["texts"].items()}}
        for row in rows
    ]  # fmt: skip
    return pl.DataFrame(flat, schema=schema)


def _rows(memos: Memos) -> Iterator[dict[str, Any]]:
    for number, said in enumerate(memos.statements, start=1):
        yield {
            "id": said.id or f"s{number}", "entry": "statement", "theme": said.theme,
            "field": said.field, "column": said.column, "value": written(said),
            "source": said.source, "texts": said.texts,
        }  # fmt: skip
    number = 0
    for (theme, place), reasons in memos.reasons.items():
        for reason in reasons:
            number += 1
            identity = reason.id or f"r{number}"
            about = {"theme": theme, "field": place}
            yield {
                "id": identity, "entry": "reason", **about, "kind": reason.kind,
                "source": reason.source, "by": reason.by, "date": reason.date,
                "texts": reason.texts,
            }  # fmt: skip
            for nth, item in enumerate(reason.evidence, start=1):
                yield {
                    "id": item.id or f"{identity}.{nth}", "entry": "evidence", **about,
                    "about": identity, "kind": item.direction, "source": item.source,
                    "by": item.by, "date": item.date, "texts": item.texts,
                }  # fmt: skip
    number = 0
    for (theme, place), decisions in memos.decisions.items():
        for decision in decisions:
            number += 1
            yield {
                "id": decision.id or f"d{number}", "entry": "decision", "theme": theme,
                "field": place, "kind": decision.kind, "value": decision.value,
                "by": decision.by, "date": decision.date, "fingerprint": decision.fingerprint,
                "texts": decision.texts,
            }  # fmt: skip


def written(said: Statement) -> str:
    """A statement in the form that ``parse_statement`` reads."""
    pairs = [f"{more} > {less}" for more, less in sorted(said.order)]
    return "; ".join([*pairs, *(f"{item}: {found}" for item, found in said.verdicts.items())])


def with_entries(memos: Memos, other: Memos) -> Memos:
    """Both together; what ``other`` has comes last. Evidence of a reason that both have, by its
    ``id``, is put together."""
    reasons = _joined(memos.reasons, other.reasons)
    return Memos(
        (*memos.statements, *other.statements),
        {place: _merged(found) for place, found in reasons.items()},
        _joined(memos.decisions, other.decisions),
    )


def _merged(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    kept: dict[str, Reason] = {}
    for number, reason in enumerate(reasons):
        key = reason.id or f"#{number}"
        first = kept.get(key)
        more = (*first.evidence, *reason.evidence) if first else ()
        kept[key] = replace(first, evidence=more) if first else reason
    return tuple(kept.values())


def _joined(one: Mapping[Any, tuple[Any, ...]], other: Mapping[Any, tuple[Any, ...]]) -> Any:
    keys: Iterable[Any] = dict.fromkeys((*one, *other))
    return {key: (*one.get(key, ()), *other.get(key, ())) for key in keys}
