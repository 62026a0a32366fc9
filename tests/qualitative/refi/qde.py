"""Files as other programs write them, made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

CODE = "00000000-0000-4000-8000-0000000000c0"
NAMESPACE = 'xmlns="urn:QDA-XML:project:1.0"'
CODES = f'<CodeBook><Codes><Code guid="{CODE}" name="Kode" isCodable="true"/></Codes></CodeBook>'


def guid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def selection(number: int, start: int, end: int, code: str = CODE) -> str:
    return (
        f'<PlainTextSelection guid="{guid(2 * number + 2)}" startPosition="{start}" '
        f'endPosition="{end}"><Coding guid="{guid(2 * number + 3)}">'
        f'<CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


def project(inside: str, attributes: str = NAMESPACE, codes: str = CODES) -> str:
    start = f'<Project {attributes} name="P" origin="Other">'
    return f'<?xml version="1.0"?>{start}{codes}{inside}</Project>'


def qde(
    inside: str,
    files: Mapping[str, bytes] | None = None,
    *,
    name: str = "project.qde",
    attributes: str = NAMESPACE,
    codes: str = CODES,
) -> bytes:
    return archive({name: project(inside, attributes, codes).encode(), **(files or {})})


def archive(files: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    return made.getvalue()
