"""A study's material as files: for other programs, for statistics, and as an open folder."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from django.db import models
from django.db.models.functions import Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill import qualitative as q
from samspill.errors import Problem
from samspill.qualitative.folder import write_project
from samspill.qualitative.refi import losses, qdc_bytes, qdpx_bytes
from samspill.web.interviews.exchange.carrying import carried_of
from samspill.web.interviews.models import Coding, Source
from samspill.web.interviews.project import project_of
from samspill.web.studies.frame.writing import as_csv
from samspill.web.studies.models import Study

SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file; ``holds`` says what is in it, ``texts`` whether the texts' words are."""

    ending: str
    type: str
    label: str | Promise
    holds: str | Promise
    texts: bool
    write: Callable[[q.Project], bytes]


def export(study: Study, form: Format) -> bytes:
    """The file."""
    return form.write(whole_project(study))


def file_name(study: Study, key: str) -> str:
    """What the file is called; the name of one with invented texts says so."""
    invented = study.invented or Source.objects.filter(study=study, invented=True).exists()
    return f"{study.slug}{'-invented' if invented else ''}-{key}.{FORMATS[key].ending}"


def whole_project(study: Study) -> q.Project:
    """The study's material with all that it carries for other programs."""
    return replace(project_of(study), carried=carried_of(study))


def lost_in_exchange(study: Study) -> tuple[Problem, ...]:
    """What would not survive an export as ``.qdpx``."""
    return losses(whole_project(study))


def size(study: Study) -> dict[str, int]:
    """How much there is to write: ``characters`` of text and ``codings``."""
    characters = study.sources.aggregate(n=models.Sum(Length("text")))["n"] or 0
    return {
        "characters": characters,
        "codings": Coding.objects.filter(source__study=study).count(),
    }


def _folder(project: q.Project) -> bytes:
    """The open folder, zipped; what is carried for other programs is only in the ``.qdpx``."""
    written = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="samspill-export-") as place:
        folder = write_project(replace(project, carried=None), Path(place) / "project")
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, f"project/{path.relative_to(folder)}")
    return written.getvalue()


def _codings(project: q.Project) -> bytes:
    sources = {source.guid: source for source in project.sources}
    paths = code_paths(project.codes)
    coders = {coder.guid: coder.name for coder in project.coders}
    heading = ("source", "kind", "unit", "side", "fields", "role", "consent", "invented", "code",
               "concept", "coder", "start", "end", "words", "created")  # fmt: skip
    concepts = {code.guid: code.concept for code in project.codes}

    def rows() -> Iterable[tuple[str, ...]]:
        yield heading
        for coding in project.codings:
            source = sources[coding.source]
            yield (
                source.name,
                source.kind,
                source.unit,
                source.side,
                ";".join(source.fields),
                source.role,
                source.consent,
                "1" if source.invented else "0",
                paths[coding.code],
                concepts[coding.code],
                coders.get(coding.coder, ""),
                str(coding.start),
                str(coding.end),
                source.text[coding.start : coding.end],
                coding.created,
            )

    return as_csv(rows())


def _codes(project: q.Project) -> bytes:
    paths = code_paths(project.codes)
    given: dict[str, int] = {}
    for coding in project.codings:
        given[coding.code] = given.get(coding.code, 0) + 1
    names = ("definition", "inclusion", "exclusion", "example", "concept", "colour", "guid")
    rows = [("code", "codable", "codings", *names)]
    rows += [
        (
            paths[code.guid],
            "1" if code.codable else "0",
            str(given.get(code.guid, 0)),
            *(getattr(code, name) for name in names),
        )
        for code in project.codes
    ]
    return as_csv(rows)


def code_paths(codes: Iterable[q.Code]) -> dict[str, str]:
    """Each code with the names of those above it: "Barriers › Coordination"."""
    known = {code.guid: code for code in codes}
    paths: dict[str, str] = {}
    for code in known.values():
        names, seen = [code.name], {code.guid}
        above = known.get(code.parent or "")
        while above is not None and above.guid not in seen:
            names.append(above.name)
            seen.add(above.guid)
            above = known.get(above.parent or "")
        paths[code.guid] = SEPARATOR.join(reversed(names))
    return paths


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "project": Format(
            "qdpx",
            "application/zip",
            _("Project for other programs (.qdpx)"),
            _(
                "Texts, codes, codings, coders and memos by REFI-QDA 1.5, which ATLAS.ti, MAXQDA, "
                "NVivo, QualCoder, Quirkos and others read."
            ),
            True,
            qdpx_bytes,
        ),
        "codebook": Format(
            "qdc",
            "application/xml",
            _("Codebook (.qdc)"),
            _("The codes alone, by REFI-QDA 1.0: for another project, or to publish."),
            False,
            lambda project: qdc_bytes(project.codes),
        ),
        "folder": Format(
            "zip",
            "application/zip",
            _("Open folder (.zip)"),
            _("A text file for each text, and tables in CSV: readable without any program."),
            True,
            _folder,
        ),
        "codings": Format(
            "csv",
            "text/csv; charset=utf-8",
            _("Codings (.csv)"),
            _("A row for each coding, with its words and what is known of its text."),
            True,
            _codings,
        ),
        "codes": Format(
            "csv",
            "text/csv; charset=utf-8",
            _("Codes (.csv)"),
            _("A row for each code, with its rules and how often it is used."),
            False,
            _codes,
        ),
    }
)
"""The files that a study's material is given out as."""
