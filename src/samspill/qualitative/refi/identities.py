"""Identities that the standard takes: GUIDs, each for one thing."""

from __future__ import annotations

from dataclasses import replace

from samspill.qualitative.model import Project
from samspill.qualitative.refi.values import is_guid, read_guid


def unsound(project: Project) -> int:
    """How many of a project's identities are no GUIDs in lower case without braces."""
    everything = (
        *project.coders,
        *project.codes,
        *project.sources,
        *project.codings,
        *project.memos,
        project,
    )
    return sum(not is_guid(one.guid) for one in everything)


def sound(project: Project) -> Project:
    """The project with GUIDs derived from the identities that are none, everywhere alike."""
    if not unsound(project) and all(not c.coder or is_guid(c.coder) for c in project.codings):
        return project
    return replace(
        project,
        guid=_guid(project.guid),
        coders=tuple(replace(one, guid=_guid(one.guid)) for one in project.coders),
        codes=tuple(
            replace(one, guid=_guid(one.guid), parent=_guid(one.parent) if one.parent else None)
            for one in project.codes
        ),
        sources=tuple(replace(one, guid=_guid(one.guid)) for one in project.sources),
        codings=tuple(
            replace(
                one,
                guid=_guid(one.guid),
                source=_guid(one.source),
                code=_guid(one.code),
                coder=_guid(one.coder) if one.coder else "",
            )
            for one in project.codings
        ),
        memos=tuple(
            replace(
                one,
                guid=_guid(one.guid),
                about=tuple(_guid(target) for target in one.about),
                coder=_guid(one.coder) if one.coder else "",
            )
            for one in project.memos
        ),
    )


def _guid(text: str) -> str:
    return text if is_guid(text) else read_guid(text)[0]
