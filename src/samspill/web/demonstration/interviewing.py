"""The invented interviews in the made-up study: texts, codes, two coders' codings, names, memos."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from samspill.qualitative import Code, Coder, Coding, Memo, Project, Source
from samspill.qualitative.codebook import shipped_codebook, shipped_guid
from samspill.qualitative.pseudonyms import KnownName
from samspill.qualitative.pseudonyms.forms import forms
from samspill.studies.invented_interviews import (
    InventedInterview,
    InventedInterviewStudy,
    interview_study,
    interviews,
)
from samspill.web.accounts.models import User
from samspill.web.demonstration.inventing import made_up
from samspill.web.interviews.actions.pseudonyms import add_names
from samspill.web.interviews.project import take_in
from samspill.web.studies.models import Study

LANGUAGE = "nb"


def load_interviews(study: Study, owner: User) -> None:
    """Give the study the interviews, as if a project of another program were taken in."""
    common, found = interview_study(), interviews()
    take_in(actor=owner, study=study, project=invented_project(common, found))
    add_names(actor=owner, study=study, lines=[(*name, "") for name in _names(common)])


def invented_project(
    common: InventedInterviewStudy, found: tuple[InventedInterview, ...]
) -> Project:
    """The interviews as a project, with identities that are the same each time."""
    coders = {initials: _guid("coder", initials) for initials in common.coders}
    codes = shipped_codebook(LANGUAGE)
    codings = tuple(coding for one in found for coding in _codings(one, coders))
    return Project(
        name=common.titles[LANGUAGE],
        coders=tuple(Coder(coders[i], name, i) for i, name in common.coders.items()),
        codes=codes,
        sources=tuple(_source(one) for one in found),
        codings=codings,
        memos=tuple(_memos(codes, found, list(coders.values()))),
        guid=_guid("project", common.study),
    )


def _source(one: InventedInterview) -> Source:
    return Source(
        guid=_guid("source", one.identifier),
        name=one.name,
        text=one.text,
        unit=one.unit,
        side=one.side,
        fields=one.fields,
        role=one.role,
        date=one.date.isoformat(),
        language=one.language,
        consent=one.consent,
        speakers=one.speakers,
        invented=True,
    )


def _codings(one: InventedInterview, coders: dict[str, str]) -> Iterator[Coding]:
    for place, coding in enumerate(one.codings):
        for initials in coding.coders:
            yield Coding(
                guid=_guid("coding", f"{one.identifier}/{place}/{initials}"),
                source=_guid("source", one.identifier),
                start=coding.start,
                end=coding.end,
                code=shipped_guid(coding.code),
                coder=coders[initials],
                created=f"{one.date.isoformat()}T12:00:00Z",
            )


def _memos(
    codes: tuple[Code, ...], found: tuple[InventedInterview, ...], coders: list[str]
) -> Iterator[Memo]:
    """The memos of ``made_up.toml``: on the whole, on a code, or on an interview."""
    there = {code.guid for code in codes}
    sources = {one.identifier: _guid("source", one.identifier) for one in found}
    for place, memo in enumerate(made_up()["memo"]):
        about = [shipped_guid(memo["code"])] if "code" in memo else []
        about += [sources[memo["interview"]]] if "interview" in memo else []
        yield Memo(
            guid=_guid("memo", str(place)),
            text=memo["text"],
            title=memo["title"],
            about=tuple(guid for guid in about if guid in there or guid in sources.values()),
            coder=coders[place % len(coders)],
            created="2026-03-02T09:00:00Z",
        )


def _names(common: InventedInterviewStudy) -> Iterator[tuple[str, str]]:
    """The names to replace, with what else they are called unless it is a part of the name."""
    for known in common.known:
        yield known.text, known.kind
        found = set(forms(KnownName(known.text, known.kind)))
        yield from ((also, known.kind) for also in known.also if also not in found)


def _guid(kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"samspill:invented-interviews/{kind}/{name}"))
