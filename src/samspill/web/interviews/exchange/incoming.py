"""What came from another program, and how it fits what the study has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from samspill import qualitative as q
from samspill.errors import Message, Problem, SamspillError
from samspill.qualitative.editing import edit
from samspill.qualitative.refi import (
    Bounds,
    OffsetEvidence,
    OffsetPolicy,
    read_qdc,
    read_qdpx,
)
from samspill.web.accounts.models import User
from samspill.web.interviews.arriving import KEPT
from samspill.web.interviews.models import Code, Coder, Coding, Memo, Source, WaitingProject
from samspill.web.studies.models import Study

LARGEST = 100_000_000
BOUNDS = Bounds(files=5_000, file_bytes=400_000_000, all_bytes=800_000_000)
KINDS = ("sources", "codes", "codings", "memos", "coders")
CODEBOOK, PROJECT = "codebook", "project"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds: a project, or codes alone (``kind``). ``offsets`` says how its passages
    were placed; a codebook has none."""

    kind: str
    project: q.Project
    origin: str
    problems: Sequence[Problem] = ()
    offsets: OffsetEvidence | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Of one kind of thing: how many are new to the study, and how many are here already."""

    kind: str
    new: int
    here: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A project as it can be taken in. ``moved`` codings are on texts that are worded otherwise
    here, and go with their words; ``lost`` ones have no words left here, and are left out."""

    project: q.Project
    shares: tuple[Share, ...]
    edited: tuple[str, ...] = ()
    moved: int = 0
    lost: int = 0
    unknown_units: tuple[str, ...] = ()

    @property
    def has_news(self) -> bool:
        return any(share.new for share in self.shares)


def read_incoming(content: bytes, name: str, policy: OffsetPolicy | None = None) -> Incoming:
    """Read a ``.qdpx``, ``.qde`` or ``.qdc``.

    Raises SamspillError where the file is too large, or cannot be read.
    """
    if len(content) > LARGEST:
        raise SamspillError(
            Message("“{name}” is larger than {n} MB.", name=name, n=LARGEST // 1_000_000),
            "Export it without pictures, audio and video.",
        )
    if name.lower().endswith(".qdc"):
        codebook = read_qdc(content, name=name)
        project = q.Project(name, codes=codebook.codes)
        return Incoming(CODEBOOK, project, codebook.origin, codebook.problems)
    reading = read_qdpx(content, name=name, policy=policy, bounds=BOUNDS)
    return Incoming(PROJECT, reading.project, reading.origin, reading.problems, reading.offsets)


def read_waiting(waiting: WaitingProject) -> Incoming:
    """Read a file that waits, by the policy that a person has chosen, if any."""
    policy = OffsetPolicy(**waiting.policy) if waiting.policy else None
    return read_incoming(bytes(waiting.content), waiting.filename, policy)


def fit(study: Study, project: q.Project) -> Fit:
    """What would be new in the study, with codings on the words that they have here."""
    held = {str(s.guid): s for s in study.sources.all()}
    present = {str(guid) for guid in _guids(study, "codings")}
    coming = [coding for coding in project.codings if coding.guid not in present]
    edited, moved, lost = [], 0, 0
    placed = {coding.guid: coding for coding in coming}
    for source in project.sources:
        here = held.get(source.guid)
        if here is None or here.text == source.text:
            continue
        edited.append(here.name)
        own = [coding for coding in coming if coding.source == source.guid]
        done = edit(source, here.text, own)
        lost += len(done.lost)
        moved += len(done.codings)
        for gone in done.lost:
            del placed[gone.coding.guid]
        placed.update({coding.guid: coding for coding in done.codings})
    fitted = replace(project, codings=tuple(placed.values()))
    units = set(study.units.values_list("identifier", flat=True))
    strange = {s.unit for s in project.sources if s.unit and s.guid not in held} - units
    return Fit(
        fitted,
        tuple(_share(study, project, kind) for kind in KINDS),
        tuple(edited),
        moved,
        lost,
        tuple(sorted(strange)),
    )


def _share(study: Study, project: q.Project, kind: str) -> Share:
    here = {str(guid) for guid in _guids(study, kind)}
    guids = {item.guid for item in getattr(project, kind)}
    return Share(kind, len(guids - here), len(guids & here))


def _guids(study: Study, kind: str) -> Sequence[object]:
    models: dict[str, type[Model]] = {
        "sources": Source,
        "codes": Code,
        "memos": Memo,
        "coders": Coder,
    }
    if kind == "codings":
        return list(Coding.objects.filter(source__study=study).values_list("guid", flat=True))
    return list(models[kind]._default_manager.filter(study=study).values_list("guid", flat=True))


@transaction.atomic
def keep_waiting(study: Study, user: User, name: str, content: bytes) -> WaitingProject:
    """Let a project wait, in place of the user's earlier one; those of yesterday are removed."""
    WaitingProject.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    WaitingProject.objects.filter(study=study, user=user).delete()
    return WaitingProject.objects.create(
        study=study, user=user, filename=name[:200], content=content
    )
