"""Frivillighetsregisteret: which organisations are voluntary, and their ICNPO categories.

Pages: Brønnøysund Register Centre, *Åpne data – Frivillighetsregisteret*,
``/frivillige-organisasjoner`` (HAL JSON).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samspill.errors import Message, Problem, SamspillError
from samspill.register.national.opening import Progress, silent, whole
from samspill.register.numbers import is_organisation_number

LARGEST = 256_000_000
"""Bytes of one file of pages, decompressed; the whole register has some 40 million."""

NOT_PAGES = "“{file}” holds no pages of Frivillighetsregisteret."
NOT_PAGES_STEP = (
    "Save the answers of /frivillige-organisasjoner as they are, one or several a file."
)
NO_NUMBER = "The organisation has no valid organisation number, and is left out."
NO_NUMBER_STEP = "Fetch the page again."

_REGISTERED = "innfoert"


@dataclass(frozen=True, slots=True)
class VoluntaryOrganisation:
    """An organisation of the register; its categories are ICNPO numbers, the first one first."""

    number: str
    categories: tuple[str, ...]
    registered: bool = True


@dataclass(frozen=True, slots=True)
class VoluntaryRegister(Mapping[str, VoluntaryOrganisation]):
    """Organisations by number, and what could not be read."""

    organisations: Mapping[str, VoluntaryOrganisation] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def __getitem__(self, number: str) -> VoluntaryOrganisation:
        return self.organisations[number]

    def __iter__(self) -> Iterator[str]:
        return iter(self.organisations)

    def __len__(self) -> int:
        return len(self.organisations)


def read_voluntary(paths: Iterable[Path], progress: Progress = silent) -> VoluntaryRegister:
    """Read saved pages: files, plain or compressed, or folders of such files.

    A file holds a page, a list of pages, a list of organisations, or one organisation.

    Raises SamspillError for a file that is none of these.
    """
    files = [file for path in paths for file in _files(path)]
    found: dict[str, VoluntaryOrganisation] = {}
    problems: list[Problem] = []
    for n, file in enumerate(files):
        progress(n, len(files), file.name)
        read = voluntary_register(_decoded(file), file.name)
        found.update(read.organisations)
        problems.extend(read.problems)
    return VoluntaryRegister(found, tuple(problems))


def voluntary_register(content: Any, file: str) -> VoluntaryRegister:
    """The organisations in decoded JSON; ``file`` is the name that problems carry.

    Raises SamspillError where it is not of the register.
    """
    found: dict[str, VoluntaryOrganisation] = {}
    problems: list[Problem] = []
    for row, entry in enumerate(_entries(content, file), 1):
        number = entry.get("organisasjonsnummer")
        if isinstance(number, str) and is_organisation_number(number):
            found[number] = VoluntaryOrganisation(number, _categories(entry), _registered(entry))
        else:
            problems.append(Problem(file, row, None, NO_NUMBER, NO_NUMBER_STEP))
    return VoluntaryRegister(found, tuple(problems))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.name.endswith((".json", ".json.gz")))


def _decoded(path: Path) -> Any:
    try:
        return json.loads(whole(path, LARGEST))
    except (ValueError, RecursionError) as error:
        raise _refused(path.name) from error


def _entries(content: Any, file: str) -> Iterator[Mapping[str, Any]]:
    if isinstance(content, list):
        for item in content:
            yield from _entries(item, file)
    elif isinstance(content, dict) and "organisasjonsnummer" in content:
        yield content
    elif isinstance(content, dict) and _is_page(content):
        yield from _entries(content.get("_embedded", {}).get("frivilligeOrganisasjoner", []), file)
    else:
        raise _refused(file)


def _is_page(content: Mapping[str, Any]) -> bool:
    """A page has its list, or only links where nothing more follows."""
    embedded = content.get("_embedded")
    if embedded is None:
        return "_links" in content
    return isinstance(embedded, dict) and isinstance(embedded.get("frivilligeOrganisasjoner"), list)


def _categories(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """ICNPO numbers by ``rekkefoelge``; the order of the list says nothing."""
    given = [c for c in entry.get("icnpoKategorier") or () if isinstance(c, dict)]
    ranked = sorted(given, key=_rank)
    numbers = (str(category.get("icnpoNummer") or "").replace(" ", "") for category in ranked)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _rank(category: Mapping[str, Any]) -> float:
    rank = category.get("rekkefoelge")
    return rank if isinstance(rank, int) else float("inf")


def _registered(entry: Mapping[str, Any]) -> bool:
    status = str(entry.get("frivilligOrganisasjonsstatus") or _REGISTERED)
    return status.rsplit(".", 1)[-1] == _REGISTERED


def _refused(file: str) -> SamspillError:
    return SamspillError(Message(NOT_PAGES, file=file), NOT_PAGES_STEP)
