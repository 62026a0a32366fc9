"""The key: which pseudonym stands for whom. It is kept apart from the texts."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.qualitative.pseudonyms.forms import (
    NAME_KINDS,
    PERSON,
    PLACE,
    KnownName,
    find_forms,
    forms,
    forms_with_pseudonyms,
    parts,
)

FORMAT = "samspill-pseudonyms"
WHAT = Message("The key")


@dataclass(frozen=True, slots=True)
class Key:
    """Names with their pseudonyms. Whoever has it can put the names back (``restore``)."""

    names: tuple[KnownName, ...]

    def stand_ins(self) -> dict[str, tuple[str, str]]:
        """For each form of a name the form that stands for it, and the kind of name."""
        told: dict[str, tuple[str, str]] = {}
        for known in self.names:
            for form, stand_in in forms_with_pseudonyms(known):
                told.setdefault(form, (stand_in, known.kind))
        return told

    def names_behind(self) -> dict[str, tuple[str, str]]:
        """For each form of a pseudonym the form of the name that it stands for, and its kind."""
        told: dict[str, tuple[str, str]] = {}
        for form, (stand_in, kind) in self.stand_ins().items():
            told.setdefault(stand_in, (form, kind))
        return told


def check_key(key: Key, texts: Iterable[str]) -> None:
    """Raises:
    InvalidInput: a name has no pseudonym; a pseudonym is used twice, is itself a known name, or
        occurs in a text already; a form such as a given name would stand for two people.
    """
    problems = [*_of_rows(key), *_of_forms(key), *_in_texts(key, texts)]
    if problems:
        raise InvalidInput(WHAT, problems)


def _problem(row: int, column: str, message: Message, step: str) -> Problem:
    return Problem(WHAT, row, column, message, step)


def _of_rows(key: Key) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for row, known in enumerate(key.names, 1):
        if not known.name.strip() or not known.pseudonym.strip():
            yield _problem(
                row, "pseudonym", Message("A name or its pseudonym is missing."), "Give both."
            )
        elif taken.setdefault(known.pseudonym, known.name) != known.name:
            yield _problem(
                row,
                "pseudonym",
                Message("“{pseudonym}” stands for two names.", pseudonym=known.pseudonym),
                "Give each name a pseudonym of its own.",
            )
        if known.kind not in NAME_KINDS:
            yield _problem(
                row,
                "kind",
                Message("“{kind}” is no kind of name.", kind=known.kind),
                "Write person, place or organisation.",
            )


def _of_forms(key: Key) -> Iterator[Problem]:
    own = {form.casefold() for known in key.names for form in forms(known)}
    seen: dict[str, str] = {}
    whole = {forms(known)[0] for known in key.names}
    for row, known in enumerate(key.names, 1):
        for form, stand_in in forms_with_pseudonyms(known):
            if stand_in.casefold() in own:
                yield _problem(
                    row,
                    "pseudonym",
                    Message("“{pseudonym}” is itself a known name.", pseudonym=stand_in),
                    "Choose another pseudonym.",
                )
            if form in whole and form != forms(known)[0]:
                continue
            if seen.setdefault(form, stand_in) != stand_in:
                yield _problem(
                    row,
                    "name",
                    Message("“{form}” may be more than one of those named.", form=form),
                    "Give their pseudonyms that part in common, or the part a row of its own.",
                )


def _in_texts(key: Key, texts: Iterable[str]) -> Iterator[Problem]:
    behind = {stand_in: kind for stand_in, (_, kind) in key.names_behind().items() if stand_in}
    there = {form for text in texts for _, _, form in find_forms(text, behind)}
    for row, known in enumerate(key.names, 1):
        for stand_in in dict.fromkeys(stand_in for _, stand_in in forms_with_pseudonyms(known)):
            if stand_in in there:
                yield _problem(
                    row,
                    "pseudonym",
                    Message("“{pseudonym}” occurs in a text already.", pseudonym=stand_in),
                    "Choose another pseudonym.",
                )


def propose_key(known: Iterable[KnownName], texts: Iterable[str]) -> Key:
    """A key in which every name without a pseudonym is given one that no text has.

    People who share a given or a family name share that part of their pseudonyms.

    Raises:
        SamspillError: there are more names than proposals.
    """
    names = list(known)
    texts = tuple(texts)
    taken = {part for item in names for part in (*parts(item.name), *parts(item.pseudonym))}
    taken |= _there(texts)
    stock = {
        sort: iter([word for word in words if not taken & {word, *parts(word)}])
        for sort, words in _stock().items()
    }
    given: dict[str, str] = {}
    family: dict[str, str] = {}
    proposed = []
    for item in names:
        if item.pseudonym:
            proposed.append(item)
            continue
        words = parts(item.name)
        if item.kind != PERSON:
            stand_in = _next(stock["places" if item.kind == PLACE else "organisations"])
        else:
            stand_in = given.get(words[0]) or given.setdefault(words[0], _next(stock["given"]))
            if len(words) > 1:
                last = family.get(words[-1]) or family.setdefault(words[-1], _next(stock["family"]))
                stand_in = f"{stand_in} {last}"
        proposed.append(replace(item, pseudonym=stand_in))
    return Key(tuple(proposed))


def _there(texts: Iterable[str]) -> set[str]:
    """The words of the stock that stand in a text."""
    words = {form for names in _stock().values() for name in names for form in (name, *parts(name))}
    kinds = dict.fromkeys(words, PLACE)
    return {form for text in texts for _, _, form in find_forms(text, kinds)}


def _next(words: Iterator[str]) -> str:
    word = next(words, None)
    if word is None:
        raise SamspillError(
            Message("There are more names than pseudonyms to propose."),
            "Write pseudonyms of your own for the rest.",
        )
    return word


@cache
def _stock() -> dict[str, list[str]]:
    data = tomllib.loads(
        files("samspill.qualitative").joinpath("data", "names.toml").read_text(encoding="utf-8")
    )
    return {sort: data[sort] for sort in ("given", "family", "places", "organisations")}


def write_key(key: Key, path: Path | str) -> None:
    """Write the key as JSON that its owner alone can read (mode 0600 where there are modes)."""
    content = {"format": FORMAT, "version": 1, "names": [asdict(known) for known in key.names]}
    written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(written)


def read_key(path: Path | str) -> Key:
    """The key of a file.

    Raises:
        SamspillError: the file holds no key.
    """
    try:
        content: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(FORMAT)
        return Key(tuple(_known(row) for row in content["names"]))
    except (ValueError, KeyError, TypeError) as error:
        raise SamspillError(
            Message("“{name}” holds no key to pseudonyms.", name=Path(path).name),
            "Give the file that was written when the texts were pseudonymised.",
        ) from error


def _known(row: dict[str, Any]) -> KnownName:
    name, kind, pseudonym = row["name"], row["kind"], row["pseudonym"]
    if not all(isinstance(value, str) for value in (name, kind, pseudonym)):
        raise TypeError
    return KnownName(name, kind, pseudonym)
