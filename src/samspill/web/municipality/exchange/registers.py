"""What the national registers would change: read, kept, compared and chosen from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from samspill.register.national import (
    Change,
    Changes,
    National,
    Registers,
    Selection,
    changes,
    number_of,
    read_national,
    read_voluntary,
)
from samspill.register.national.opening import Progress
from samspill.register.values import text_of
from samspill.web.municipality.content import rows_of
from samspill.web.municipality.exchange.held import held_by_hand
from samspill.web.municipality.models import Municipality, Upload
from samspill.web.pages.faults import told

LARGEST = 400_000_000
"""Bytes of one file from the registers."""
MUNICIPALITY_DIGITS = 4


def organisations(municipality: Municipality) -> list[dict[str, str]]:
    """The register's organisations as text, as the national registers are compared with."""
    rows = rows_of(municipality, ["organisations"])["organisations"]
    return [{name: text_of(value) for name, value in row.items()} for row in rows]


def selection(municipality: Municipality) -> Selection:
    """Those of the municipality, and those that its register has. A city district has its city's,
    because the registers know no districts."""
    numbers = frozenset(filter(None, map(number_of, organisations(municipality))))
    return Selection(frozenset({municipality.code[:MUNICIPALITY_DIGITS]}), numbers=numbers)


def from_files(
    municipality: Municipality,
    entities: Sequence[Path],
    voluntary: Sequence[Path],
    progress: Progress,
) -> National:
    """What the downloads say. Raises SamspillError where a file is none of the registers."""
    read = read_voluntary(voluntary, progress)
    found = read_national(entities, selection(municipality), read, progress)
    return replace(found, problems=(*read.problems, *found.problems))


def from_interface(municipality: Municipality, progress: Progress) -> National:
    """What the registers' interfaces say. Raises SamspillError where they do not answer."""
    return Registers().organisations(selection(municipality), progress=progress)


def packed(found: National) -> bytes:
    """What was read, to be kept; problems in the language of the reader."""
    content: dict[str, Any] = {
        "rows": found.rows,
        "problems": [told(problem) for problem in found.problems],
        "looked_at": found.looked_at,
        "unread": sorted(found.unread),
        "complete": found.complete,
    }
    return json.dumps(content, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the registers would change now, and which of it is chosen.

    Each change has a key; new, changed and gone ones are chosen unless said otherwise, those held
    by hand only where they are.
    """

    found: Changes
    choices: Mapping[str, bool]
    problems: Sequence[str]
    looked_at: int

    def is_chosen(self, key: str) -> bool:
        return self.choices.get(key, not key.startswith("held:"))

    @property
    def keys(self) -> list[str]:
        """The keys of all that differs, in the order that it is shown."""
        found = self.found
        return [
            *(f"changed:{c.identifier}:{c.column}" for c in found.changed),
            *(f"gone:{g.identifier}" for g in found.gone),
            *(f"held:{c.identifier}:{c.column}" for c in found.held),
            *(f"new:{row['number']}" for row in found.new),
        ]

    @property
    def chosen(self) -> Changes:
        """What is chosen of it."""
        found = self.found
        return replace(
            found,
            new=tuple(r for r in found.new if self.is_chosen(f"new:{r['number']}")),
            changed=self._of("changed", found.changed),
            held=self._of("held", found.held),
            gone=tuple(g for g in found.gone if self.is_chosen(f"gone:{g.identifier}")),
        )

    @property
    def count(self) -> int:
        """How many new ones, cells and closures are chosen."""
        return sum(map(self.is_chosen, self.keys))

    @property
    def fingerprint(self) -> str:
        """The same for two proposals of the same changes, whatever is chosen."""
        return hashlib.sha256(repr(self.found).encode()).hexdigest()

    def _of(self, kind: str, cells: Iterable[Change]) -> tuple[Change, ...]:
        return tuple(c for c in cells if self.is_chosen(f"{kind}:{c.identifier}:{c.column}"))


def proposal(upload: Upload) -> Proposal:
    """What kept answers of the registers would change in the register as it is now."""
    content = json.loads(bytes(upload.content))
    arriving = National(
        rows=tuple(content["rows"]),
        unread=frozenset(content["unread"]),
        complete=content["complete"],
    )
    present = organisations(upload.municipality)
    found = changes(present, arriving, held_by_hand(upload.municipality, present))
    return Proposal(found, upload.choices, content["problems"], content["looked_at"])
