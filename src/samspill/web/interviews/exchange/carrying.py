"""What another program's project held that has no place here: kept without anybody's words."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from django.db import models

from samspill import qualitative as q
from samspill.qualitative.refi import qdpx_bytes, read_qdpx
from samspill.qualitative.refi.carried import Carried, carried_by
from samspill.qualitative.refi.elements import ProjectElement
from samspill.web.interviews.models import CarriedProject
from samspill.web.studies.models import Study

_LETTER = re.compile(r"[^\n]")


def keep_carried(study: Study, project: q.Project) -> None:
    """Keep what a project carries, in place of what the same project carried before.

    It is kept as a project whose texts and memos have no words left: they are in the study, where
    names are replaced, and must not stand here too.
    """
    if project.carried is None:
        return
    blank = replace(
        project,
        sources=tuple(replace(s, text=_LETTER.sub("x", s.text)) for s in project.sources),
        memos=tuple(replace(memo, text="", title="") for memo in project.memos),
    )
    CarriedProject.objects.update_or_create(
        study=study,
        guid=project.guid,
        defaults={"name": project.name[:200], "content": qdpx_bytes(blank)},
    )


def carried_of(study: Study) -> object | None:
    """All that the study carries for other programs; None where it carries nothing."""
    kept = CarriedProject.objects.filter(study=study).order_by("created_at", "pk")
    found = [read_qdpx(bytes(one.content), name=one.name).project.carried for one in kept]
    parts = [carried_by(carried) for carried in found if carried is not None]
    return _together(parts) if parts else None


def carries(study: Study) -> models.QuerySet[CarriedProject]:
    """The projects that the study carries parts of."""
    return CarriedProject.objects.filter(study=study).defer("content").order_by("created_at", "pk")


def _together(parts: list[Carried]) -> Carried:
    first = parts[0]
    if len(parts) == 1:
        return first
    lists = [f.name for f in fields(ProjectElement) if _holds_several(first.project, f.name)]
    others = ("texts", "notes", "selections", "whole", "loose", "files")
    project: dict[str, Any] = {n: _all([getattr(p.project, n) for p in parts]) for n in lists}
    kept: dict[str, Any] = {n: _all([getattr(part, n) for part in parts]) for n in others}
    return Carried(replace(first.project, **project), **kept)


def _holds_several(project: ProjectElement, name: str) -> bool:
    return isinstance(getattr(project, name), tuple)


def _all(several: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for part in several for item in part))
