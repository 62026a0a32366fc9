"""Read the vocabulary's TOML files; say everything that is wrong with them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from samspill.errors import InvalidInput, Problem
from samspill.vocabulary.concept import GUIDANCE, Attribute, Concept, Scheme
from samspill.vocabulary.validation import check
from samspill.vocabulary.vocabulary import SCHEMES, Vocabulary

DATA = Path(__file__).parent / "data"


def load(folder: Path | str | None = None) -> Vocabulary:
    """The vocabulary in ``folder``, or Samspill's own.

    Raises:
        InvalidInput: files are missing or their content does not hold together; every fault is
            named with its file, the concept's number, and the key.
    """
    return _shipped() if folder is None else _load(Path(folder))


@cache
def _shipped() -> Vocabulary:
    return _load(DATA)


def _load(folder: Path) -> Vocabulary:
    problems: list[Problem] = []
    raw = {name: _read(folder / f"{name}.toml", problems) for name in ("vocabulary", *SCHEMES)}
    if not problems:
        problems.extend(check(raw))
    if problems:
        raise InvalidInput("The vocabulary", problems)
    return Vocabulary(
        languages=tuple(raw["vocabulary"]["languages"]),
        schemes=MappingProxyType({name: _scheme(name, raw[name]) for name in SCHEMES}),
    )


def _read(path: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fault, step = "The file is missing.", "Put it beside the other files of the vocabulary."
    except UnicodeDecodeError:
        fault, step = "The file is not UTF-8 text.", "Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        fault, step = f"The file is not TOML: {error}.", "Correct the line it names."
    problems.append(Problem(path.name, None, None, fault, step))
    return {}


def _scheme(name: str, raw: Mapping[str, Any]) -> Scheme:
    return Scheme(
        identifier=name,
        labels=MappingProxyType(raw["label"]),
        concepts=tuple(_concepts(raw.get("concept", []))),
        axes=tuple(_concepts(raw.get("axis", []))),
        empty_cells=tuple(MappingProxyType(cell) for cell in raw.get("empty_cell", [])),
        qualified=raw.get("qualified", False),
    )


def _concepts(raw: list[dict[str, Any]]) -> Iterator[Concept]:
    for entry in raw:
        yield Concept(
            identifier=entry["identifier"],
            chapter=entry["chapter"],
            labels=MappingProxyType(entry["label"]),
            definitions=MappingProxyType(entry["definition"]),
            short_labels=MappingProxyType(entry.get("short_label", {})),
            attributes=_attributes(entry.get("attributes", {})),
            narrower=tuple(_concepts(entry.get("narrower", []))),
            guidance=MappingProxyType(
                {kind: MappingProxyType(entry[kind]) for kind in GUIDANCE if kind in entry}
            ),
        )


def _attributes(raw: Mapping[str, Any]) -> Mapping[str, Attribute]:
    return MappingProxyType(
        {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    )
