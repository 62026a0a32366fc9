"""The interview guide: questions by side and field, each with the codes that it is to feed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from samspill.errors import InvalidInput, Problem
from samspill.statistics.results import Result
from samspill.vocabulary import Concept, Vocabulary
from samspill.vocabulary import load as load_vocabulary

DATA = Path(__file__).parent / "data" / "guide.toml"
SCHEMES = ("barriers", "enablers", "placement_evidence")
REQUIRED = ("identifier", "part", "sides", "feeds", "text")


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
        return self.texts[language]

    def probe(self, language: str) -> str:
        """What to ask further, or an empty text."""
        return self.probes.get(language, "")


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


def load_guide(path: Path | None = None) -> Guide:
    """The guide in a TOML file, or the one that comes with Samspill.

    Raises InvalidInput, which lists every fault with the question it stands in.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Guide:
    return _read(DATA)


def _read(path: Path) -> Guide:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = Problem(path.name, None, None, f"The file is not TOML: {error}.", "Correct it.")
        raise InvalidInput("The guide", [fault]) from error
    problems = list(_faults(raw, path.name, load_vocabulary()))
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
            for q in raw["question"]
        ),
        raw["part"],
    )


def _faults(raw: Mapping[str, Any], name: str, words: Vocabulary) -> Iterator[Problem]:
    seen: set[str] = set()
    if not raw.get("question") or not raw.get("part"):
        yield Problem(name, None, None, "There are no questions.", "Give [part] and [[question]].")
        return
    for row, question in enumerate(raw["question"], start=1):
        lacking = next((key for key in REQUIRED if key not in question), None)
        if lacking is not None:
            yield Problem(name, row, lacking, "It is missing.", "Give it.")
            continue
        if question["identifier"] in seen:
            yield Problem(name, row, "identifier", "It is used twice.", "Give each its own.")
        seen.add(question["identifier"])
        if question["part"] not in raw["part"]:
            yield Problem(name, row, "part", "There is no such part.", "Name one under [part].")
        for key, scheme in (("sides", words.sides), ("fields", words.fields)):
            for value in question.get(key, ()):
                if value not in scheme:
                    yield Problem(
                        name, row, key, f"“{value}” is not one.", f"Use {', '.join(scheme)}."
                    )
        for key in ("text", "probe"):
            for language in words.languages:
                if key in question and not question[key].get(language):
                    yield Problem(
                        name, row, f"{key}.{language}", "The text is missing.", "Translate it."
                    )


def _paths(concept: Concept, above: str, language: str) -> Iterator[tuple[str, str]]:
    path = f"{above}/{concept.identifier}"
    yield path, concept.label(language)
    for narrower in concept.narrower:
        yield from _paths(narrower, path, language)


def _at_or_below(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}/")
