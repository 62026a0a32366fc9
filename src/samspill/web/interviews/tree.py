"""The codes of a study as a tree to show: each with its depth, its path and how much it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from samspill.web.interviews.models import Code, Coding
from samspill.web.studies.models import Study


@dataclass(slots=True)
class Branch:
    """A code where it stands.

    ``codings`` are its own passages, ``below`` those of the whole branch, itself included;
    ``sources`` how many texts have it.
    """

    code: Code
    depth: int
    path: str
    codings: int
    sources: int
    below: int = 0
    children: list[Branch] = field(default_factory=list)


def branches(study: Study) -> list[Branch]:
    """All codes, read from top to bottom."""
    codes = list(study.codes.order_by("order", "pk"))
    counted = {
        row["code"]: row
        for row in Coding.objects.filter(source__study=study)
        .order_by()
        .values("code")
        .annotate(codings=Count("pk"), sources=Count("source", distinct=True))
    }
    by_parent: dict[int | None, list[Code]] = {}
    for code in codes:
        by_parent.setdefault(code.parent_id, []).append(code)

    def grow(parent: int | None, depth: int, path: str) -> Iterable[Branch]:
        for code in by_parent.get(parent, ()):
            counts = counted.get(code.pk, {"codings": 0, "sources": 0})
            named = f"{path} › {code.name}" if path else code.name
            branch = Branch(code, depth, named, counts["codings"], counts["sources"])
            branch.children = list(grow(code.pk, depth + 1, named))
            branch.below = branch.codings + sum(child.below for child in branch.children)
            yield branch

    return list(_flat(grow(None, 0, "")))


def _flat(level: Iterable[Branch]) -> Iterable[Branch]:
    for branch in level:
        yield branch
        yield from _flat(branch.children)
