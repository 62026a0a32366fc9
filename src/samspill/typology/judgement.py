"""A person's judgement of where a field belongs, beside what the evidence says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from samspill.errors import SamspillError


@dataclass(frozen=True, slots=True)
class Judgement:
    """``by`` places ``field`` in ``unit`` (empty for the country) as ``ideal_type``, for a
    ``reason``.

    ``when`` is ISO 8601. It overrules what is computed, and both are shown.

    Raises SamspillError where nobody or no reason is named.
    """

    typology: str
    unit: str
    field: str
    ideal_type: str
    by: str
    reason: str
    when: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.reason.strip():
            raise SamspillError(
                "A judgement is somebody's, for a reason.", "Say who judged, and why."
            )
