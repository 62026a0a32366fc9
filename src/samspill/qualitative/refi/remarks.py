"""What the reader found that is not as the standard says: one remark a kind, with how often."""

from __future__ import annotations

from dataclasses import dataclass, field

from samspill.errors import Message, Problem


@dataclass(slots=True)
class _Remark:
    message: str
    next_step: str
    row: int | None
    column: str | None
    fields: dict[str, object]
    number: int = 0


@dataclass(slots=True)
class Remarks:
    """Gathers remarks about a file. The message of a kind has ``{n}`` for how often it was met."""

    file: str
    kinds: dict[tuple[str, str | None], _Remark] = field(default_factory=dict)

    def add(
        self,
        message: str,
        next_step: str,
        *,
        row: int | None = None,
        column: str | None = None,
        n: int = 1,
        **fields: object,
    ) -> None:
        """``row`` and ``fields`` are those of the first time."""
        remark = self.kinds.get((message, column))
        if remark is None:
            remark = self.kinds[message, column] = _Remark(message, next_step, row, column, fields)
        remark.number += n

    def problems(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(
                self.file,
                remark.row,
                remark.column,
                Message(remark.message, **{"n": remark.number, **remark.fields}),
                remark.next_step,
            )
            for remark in self.kinds.values()
        )
