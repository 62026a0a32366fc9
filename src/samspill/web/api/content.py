"""The kinds of values that operations take, with their bounds."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints, model_validator

Language = Literal["nb", "nn", "en"]

NO_ZERO = r"^[^\x00]*$"
Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_ZERO)]
Answer = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_ZERO)]
Whole = Annotated[int, Field(ge=-(10**15), le=10**15)]
Real = Annotated[float, Field(allow_inf_nan=False)]

EARLIEST, LATEST = datetime.date(1500, 1, 1), datetime.date(2200, 12, 31)


def _within_time(day: datetime.date) -> datetime.date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"the day must be from {EARLIEST} to {LATEST}")
    return day


Day = Annotated[datetime.date, AfterValidator(_within_time)]


class InLanguages(Schema):
    """A text in at least one language."""

    nb: Line = ""
    nn: Line = ""
    en: Line = ""

    @model_validator(mode="after")
    def _is_written(self) -> InLanguages:
        if not self.words:
            raise ValueError("write it in at least one language")
        return self

    @property
    def words(self) -> dict[str, str]:
        """The text by language, without the languages left empty."""
        written = {"nb": self.nb, "nn": self.nn, "en": self.en}
        return {code: text for code, text in written.items() if text.strip()}
