"""The interview guide: questions by side and field, each with the codes that it is to feed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from samspill.errors import InvalidInput, Message, Problem
from samspill.statistics.results import Result
from samspill.vocabulary import Concept, Vocabulary
from samspill.vocabulary import load as load_vocabulary

DATA = Path(__file__).parent / "data" / "guide.toml"
SCHEMES = ("barriers", "enablers", "placement_evidence")
REQUIRED = ("identifier", "part", "sides", "feeds", "text")
LISTS = ("sides", "fields", "feeds")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the guide.

    ``sides`` and ``fields`` say whom it is for; ``fields`` empty for every field. ``feeds`` are
    paths of concepts whose codes its answers are to feed, such as
    ``barriers/coordination/poor_overview``. ``part`` is the part of the guide it stands in.
    """

    identifier: str
    part: str
    sides: tuple[str, ...]
    fields: tuple[str, ...]
    feeds: tuple[str, ...]
    texts: Mapping[str, str]
    probes: Mapping[str, str]

    def text(self, language: str) -> str:
        """The question in a language, or in the first that it is written in."""
        return in_language(self.texts, language)

    def probe(self, language: str) -> str:
        """What to ask further, or an empty text."""
        return in_language(self.probes, language)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class GuideCheck(Result):
    """Codes and the questions that feed them. ``frame`` has a row a code:

    ``code`` (its path), ``label``, ``side`` (for whom), ``questions`` (how many feed it, or a code
    below it) and ``identifiers`` (those, with ``; `` between).

    ``unfed`` are codes that no question feeds on any side, ``feeding_nothing`` questions that feed
    no code, ``unknown`` pairs of question and path that is no code.
    """

    unfed: tuple[str, ...]
    feeding_nothing: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def heading(self) -> str:
        return "Codes and the questions that feed them"


@dataclass(frozen=True, slots=True)
class Guide:
    """An interview guide. ``parts`` are its headings by identifier and language, in order."""

    questions: tuple[Question, ...]
    parts: Mapping[str, Mapping[str, str]]

    def asked(self, side: str = "", field: str = "") -> tuple[Question, ...]:
        """The questions for a side and a field, in order; all where none is named."""
        return tuple(
            q
            for q in self.questions
            if (not side or side in q.sides) and (not field or not q.fields or field in q.fields)
        )

    def heading(self, part: str, language: str) -> str:
        """The heading of a part in a language, or in the first that it is written in."""
        return in_language(self.parts[part], language)

    def content(self) -> dict[str, Any]:
        """The guide as its file says it: ``part`` and ``question``, as ``guide_of`` reads it."""
        return {
            "part": {name: dict(texts) for name, texts in self.parts.items()},
            "question": [_told(question) for question in self.questions],
        }

    def check(self, codes: Iterable[tuple[str, str]] | None = None) -> GuideCheck:
        """Which codes no question feeds, and which questions feed no code.

        ``codes`` are the paths and names of a codebook's codes, by default those that come with
        Samspill. A code counts as fed by a question that feeds it or a code below it.
        """
        known = dict(codes) if codes is not None else dict(shipped_codes())
        rows = []
        for path, label in known.items():
            for side in load_vocabulary().sides:
                feeding = [
                    q.identifier
                    for q in self.questions
                    if side in q.sides and any(_at_or_below(f, path) for f in q.feeds)
                ]
                rows.append((path, label, side, len(feeding), "; ".join(feeding)))
        schema = {
            "code": pl.String, "label": pl.String, "side": pl.String, "questions": pl.Int64,
            "identifiers": pl.String,
        }  # fmt: skip
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        fed = frame.group_by("code", maintain_order=True).agg(pl.col("questions").sum())
        return GuideCheck(
            frame=frame,
            unfed=tuple(fed.filter(pl.col("questions") == 0)["code"]),
            feeding_nothing=tuple(
                q.identifier for q in self.questions if not any(f in known for f in q.feeds)
            ),
            unknown=tuple(
                (q.identifier, f) for q in self.questions for f in q.feeds if f not in known
            ),
        )


def shipped_codes(language: str = "en") -> Iterator[tuple[str, str]]:
    """Path and label of every code that comes with Samspill, in the codebook's order."""
    vocabulary = load_vocabulary()
    for name in SCHEMES:
        for concept in vocabulary.schemes[name].concepts:
            yield from _paths(concept, name, language)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A text in a language, or in the first that has it; empty where none has."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def load_guide(path: Path | None = None) -> Guide:
    """The guide in a TOML file, or the one that comes with Samspill.

    Raises InvalidInput, which lists every fault with the question it stands in.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Guide:
    return _read(DATA)


def _read(path: Path) -> Guide:
    return read_guide(path.read_bytes(), path.name)


def read_guide(written: bytes, name: str) -> Guide:
    """The guide in the content of a TOML file called ``name``.

    Raises InvalidInput, which lists every fault with the question it stands in.
    """
    try:
        raw = tomllib.loads(written.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = Problem(
            name,
            None,
            None,
            Message("The file is not TOML: {error}.", error=error),
            "Correct it.",
        )
        raise InvalidInput("The guide", [fault]) from error
    return guide_of(raw, name)


def guide_of(content: Mapping[str, Any], name: str) -> Guide:
    """The guide that ``content`` says, as its file would: ``part`` has the headings by identifier
    and language, ``question`` a table for each question.

    Raises InvalidInput, which lists every fault with the question it stands in.
    """
    problems = list(_faults(content, name, load_vocabulary()))
    if problems:
        raise InvalidInput("The guide", problems)
    return Guide(
        tuple(
            Question(
                identifier=q["identifier"],
                part=q["part"],
                sides=tuple(q["sides"]),
                fields=tuple(q.get("fields", ())),
                feeds=tuple(q["feeds"]),
                texts=q["text"],
                probes=q.get("probe", {}),
            )
            for q in content["question"]
        ),
        content["part"],
    )


def _told(question: Question) -> dict[str, Any]:
    told = {
        "identifier": question.identifier,
        "part": question.part,
        "sides": list(question.sides),
        "fields": list(question.fields),
        "feeds": list(question.feeds),
        "text": dict(question.texts),
        "probe": dict(question.probes),
    }
    return {key: value for key, value in told.items() if value or key in REQUIRED}


def _faults(raw: Mapping[str, Any], name: str, words: Vocabulary) -> Iterator[Problem]:
    seen: set[str] = set()
    if not _are_tables(raw.get("question"), list) or not _are_tables(raw.get("part"), dict):
        yield Problem(name, None, None, "There are no questions.", "Give [part] and [[question]].")
        return
    for heading, texts in raw["part"].items():
        if not _is_written(texts, words):
            yield Problem(
                name, None, f"part.{heading}", "The text is missing.",
                "Write it in one language at least.",
            )  # fmt: skip
    for row, question in enumerate(raw["question"], start=1):
        lacking = next((key for key in REQUIRED if key not in question), None)
        if lacking is not None:
            yield Problem(name, row, lacking, "It is missing.", "Give it.")
            continue
        odd = next((key for key in LISTS if not _are_texts(question.get(key, []))), None)
        if odd is not None:
            yield Problem(name, row, odd, "It is no list of names.", "Give names in brackets.")
            continue
        if question["identifier"] in seen:
            yield Problem(name, row, "identifier", "It is used twice.", "Give each its own.")
        seen.add(question["identifier"])
        yield from _faults_of(question, raw["part"], name, row, words)


def _faults_of(
    question: Mapping[str, Any],
    parts: Mapping[str, Any],
    name: str,
    row: int,
    words: Vocabulary,
) -> Iterator[Problem]:
    if question["part"] not in parts:
        yield Problem(name, row, "part", "There is no such part.", "Name one under [part].")
    for key, scheme in (("sides", words.sides), ("fields", words.fields)):
        for value in question.get(key, ()):
            if value not in scheme:
                yield Problem(
                    name,
                    row,
                    key,
                    Message("“{value}” is not one.", value=value),
                    Message("Use {names}.", names=", ".join(scheme)),
                )
    if not question["sides"]:
        yield Problem(name, row, "sides", "It is asked of nobody.", "Name a side.")
    for key in ("text", "probe"):
        if key in question and not _is_written(question[key], words):
            yield Problem(
                name, row, key, "The text is missing.", "Write it in one language at least."
            )


def _are_tables(value: Any, kind: type) -> bool:
    """Whether something is a list, or a table, of tables, and not empty."""
    if not isinstance(value, kind) or not value:
        return False
    held: Any = value
    return all(isinstance(each, Mapping) for each in (held.values() if kind is dict else held))


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_written(texts: Any, words: Vocabulary) -> bool:
    """Whether something is texts by language, and at least one says something."""
    return (
        isinstance(texts, Mapping)
        and set(texts) <= set(words.languages)
        and all(isinstance(text, str) for text in texts.values())
        and any(text.strip() for text in texts.values())
    )


def _paths(concept: Concept, above: str, language: str) -> Iterator[tuple[str, str]]:
    path = f"{above}/{concept.identifier}"
    yield path, concept.label(language)
    for narrower in concept.narrower:
        yield from _paths(narrower, path, language)


def _at_or_below(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}/")
