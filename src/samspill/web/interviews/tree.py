"""The codes of a study with how much each has."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from samspill.web.interviews.models import Code, Coding
from samspill.web.interviews.reading import branches
from samspill.web.studies.models import Study


@dataclass(slots=True)
class CountedCode:
    """A code where it stands in the tree.

    ``codings`` are its own passages, ``below`` those of the whole branch, itself included;
    ``sources`` how many texts have it.
    """

    code: Code
    depth: int
    codings: int
    sources: int
    below: int


def counted_codes(study: Study) -> list[CountedCode]:
    """All codes, read from top to bottom."""
    counted = {
        row["code"]: row
        for row in Coding.objects.filter(source__study=study)
        .order_by()
        .values("code")
        .annotate(codings=Count("pk"), sources=Count("source", distinct=True))
    }
    none = {"codings": 0, "sources": 0}
    found = []
    for branch in branches(list(study.codes.order_by("order", "pk"))):
        row = counted.get(branch.code.pk, none)
        own = row["codings"]
        found.append(CountedCode(branch.code, branch.depth, own, row["sources"], own))
    by_key = {each.code.pk: each for each in found}
    for each in reversed(found):
        above = by_key.get(each.code.parent_id or 0)
        if above is not None:
            above.below += each.below
    return found
