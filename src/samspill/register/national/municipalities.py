"""The codes that a municipality has now, whatever code it is asked for by."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from samspill.classification import History
from samspill.errors import Message, SamspillError

NO_CODE = "No municipality has or has had the code '{code}'."
NO_CODE_STEP = "Check the code; a municipality's code has four digits."


def current_codes(codes: Iterable[str], history: History, on: datetime.date) -> frozenset[str]:
    """What each code is on a day: itself where it holds, else all that it has become.

    A code that has been used more than once is followed from the last time. Raises SamspillError
    for a code that the history does not know.
    """
    return frozenset(found for code in codes for found in _current(code, history, on))


def _current(code: str, history: History, on: datetime.date) -> Iterable[str]:
    periods = [p for p in history.periods if p.code == code]
    if not periods:
        raise SamspillError(Message(NO_CODE, code=code), NO_CODE_STEP)
    if any(period.holds_on(on) for period in periods):
        return [code]
    ended = max(period.valid_to for period in periods if period.valid_to)
    last_day = ended - datetime.timedelta(days=1)
    return [period.code for period in history.successors(code, last_day, on)]
