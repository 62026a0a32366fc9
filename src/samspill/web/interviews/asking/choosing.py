"""The material of a request's study, with its words, and codes to ask about.

``given=settled`` in an address asks of the material as coders have settled it.
"""

from __future__ import annotations

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from samspill.qualitative import Tables
from samspill.qualitative.agreement import as_settled
from samspill.web.access.request import StudyRequest
from samspill.web.interviews.asking.forms import SETTLED
from samspill.web.interviews.asking.settled import settlements_of
from samspill.web.interviews.asking.words import Words, words_of
from samspill.web.interviews.project import tables_of
from samspill.web.interviews.resting import resting_on


def asked_of(request: StudyRequest) -> tuple[Tables, Words, str]:
    """The material, its words, and the language of the page.

    The request is given what the answer rests on, which every page that asks shows.
    """
    study = request.study
    request.resting = SimpleLazyObject(lambda: resting_on(study))  # type: ignore[attr-defined]
    locale = get_language() or "nb"
    tables = tables_of(request.study)
    if request.GET.get("given") == SETTLED:
        tables = as_settled(tables, settlements_of(request.study))
    return tables, words_of(request.study, locale), locale


def codes_under(tables: Tables, code: str) -> list[str] | str:
    """A code and those below it, headings left out; all codes that can be coded without one."""
    chosen = tables.codes.filter("codable")["code"].to_list()
    if not code:
        return chosen
    rows = tables.ancestry.select("code", "ancestor").iter_rows()
    below = {each for each, above in rows if above == code}
    return [each for each in chosen if each in below]
