"""Read the TOML files of advice; say everything that is wrong with them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from samspill.advice.model import Advice, Citation, Measure, RegisterColumn, Source, Term
from samspill.advice.validation import SCALES, check
from samspill.errors import InvalidInput, Problem
from samspill.vocabulary import Vocabulary
from samspill.vocabulary import load as load_vocabulary

DATA = Path(__file__).parent / "data"


def load(folder: Path | str | None = None) -> Advice:
    """The advice in ``folder`` (``scales.toml``, ``sources.toml``, ``measures/*.toml``), or
    Samspill's own.

    Raises:
        InvalidInput: files are missing or their content does not hold together; every fault is
            named with its file, the entry's number, and the key.
    """
    return _shipped() if folder is None else _load(Path(folder))


@cache
def _shipped() -> Advice:
    return _load(DATA)


def _load(folder: Path) -> Advice:
    vocabulary = load_vocabulary()
    files = [Path("scales.toml"), Path("sources.toml")]
    files += sorted(path.relative_to(folder) for path in (folder / "measures").glob("*.toml"))
    problems: list[Problem] = []
    raw = {file.as_posix(): _read(folder / file, file.as_posix(), problems) for file in files}
    if not problems:
        problems.extend(check(raw, vocabulary))
    if problems:
        raise InvalidInput("The advice", problems)
    return _advice(raw, vocabulary)


def _read(path: Path, name: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fault, step = "The file is missing.", "Put it beside the other files of advice."
    except UnicodeDecodeError:
        fault, step = "The file is not UTF-8 text.", "Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        fault, step = f"The file is not TOML: {error}.", "Correct the line it names."
    problems.append(Problem(name, None, None, fault, step))
    return {}


def _advice(raw: Mapping[str, Mapping[str, Any]], vocabulary: Vocabulary) -> Advice:
    sources = _by_identifier(_source(entry) for entry in raw["sources.toml"]["source"])
    return Advice(
        vocabulary=vocabulary,
        scales=MappingProxyType(
            {
                scale: _by_identifier(_term(entry) for entry in raw["scales.toml"][scale])
                for scale in SCALES
            }
        ),
        sources=sources,
        measures=tuple(
            _measure(entry, sources)
            for name, file in raw.items()
            if name.startswith("measures/")
            for entry in file["measure"]
        ),
    )


def _by_identifier(entries: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({entry.identifier: entry for entry in entries})


def _term(raw: Mapping[str, Any]) -> Term:
    return Term(
        identifier=raw["identifier"],
        labels=MappingProxyType(raw["label"]),
        definitions=MappingProxyType(raw["definition"]),
    )


def _source(raw: Mapping[str, Any]) -> Source:
    return Source(
        identifier=raw["identifier"],
        author=raw["author"],
        year=raw.get("year"),
        title=raw["title"],
        publisher=raw["publisher"],
        address=raw["address"],
        grade=raw["grade"],
        checked=raw["checked"],
        found=raw.get("found", ""),
    )


def _measure(raw: Mapping[str, Any], sources: Mapping[str, Source]) -> Measure:
    return Measure(
        identifier=raw["identifier"],
        barriers=tuple(raw["barriers"]),
        fields=tuple(raw.get("fields", ())),
        cost=raw["cost"],
        effort=raw["effort"],
        owner=raw["owner"],
        seen_in=tuple(RegisterColumn(place["table"], place["column"]) for place in raw["seen_in"]),
        citations=tuple(
            Citation(sources[cited["source"]], cited["grade"], tuple(cited.get("chapters", ())))
            for cited in raw["sources"]
        ),
        titles=MappingProxyType(raw["title"]),
        actions=MappingProxyType(raw["action"]),
        signs=MappingProxyType(raw["sign"]),
        known=MappingProxyType(raw["known"]),
    )
