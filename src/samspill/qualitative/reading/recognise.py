"""Which format a file has, by what it holds; its name decides only among kinds of plain text."""

from __future__ import annotations

import re
from pathlib import PurePath

from samspill.errors import Message, SamspillError
from samspill.qualitative.reading.archive import open_archive

TEXT, MARKDOWN, DOCX, ODT, RTF, PDF, HTML, VTT, SRT = (
    "txt",
    "md",
    "docx",
    "odt",
    "rtf",
    "pdf",
    "html",
    "vtt",
    "srt",
)
LARGEST = 64_000_000
NAMED = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".docx": DOCX,
    ".docm": DOCX,
    ".dotx": DOCX,
    ".odt": ODT,
    ".ott": ODT,
    ".rtf": RTF,
    ".pdf": PDF,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".vtt": VTT,
    ".srt": SRT,
}
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SRT = re.compile(rb"\s*\d+[ \t]*\r?\n\d+:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")


def recognise(content: bytes, name: str) -> str:
    """The format of a file, one of the constants of this module.

    Raises:
        SamspillError: it is empty, too large, or nothing that text can be read from.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise SamspillError(
            Message("“{name}” is empty.", name=name),
            "Check that the file was saved and copied whole.",
        )
    if len(content) > LARGEST:
        raise SamspillError(
            Message("“{name}” is larger than {n} MB.", name=name, n=LARGEST // 1_000_000),
            "Save its text alone, without pictures, and read that.",
        )
    begins = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK"):
        return _of_archive(content, name)
    if begins.startswith(b"{\\rtf"):
        return RTF
    if content.startswith(_OLD_WORD):
        raise SamspillError(
            Message("“{name}” is an old Word document, or one with a password.", name=name),
            "Open it in a word processor and save it as docx, without a password.",
        )
    return _of_text(content, name)


def _of_archive(content: bytes, name: str) -> str:
    members = set(open_archive(content, name).namelist())
    if "word/document.xml" in members:
        return DOCX
    if "content.xml" in members and "META-INF/manifest.xml" in members:
        return ODT
    raise SamspillError(
        Message("“{name}” is an archive that holds no text document.", name=name),
        "Unpack it and read the files in it one by one.",
    )


def _of_text(content: bytes, name: str) -> str:
    named = NAMED.get(PurePath(name).suffix.lower(), TEXT)
    if content.startswith(_TWO_BYTES):
        readable = content[:4096].decode("utf-16", errors="ignore").encode()
    else:
        readable = content.removeprefix(_MARKS[0])
        if b"\0" in content or _share_of_control(content) > 0.02:
            raise SamspillError(
                Message("“{name}” is no text.", name=name),
                "Choose a transcript: txt, md, docx, odt, rtf, pdf, html, vtt or srt.",
            )
    if re.match(rb"WEBVTT(?:[ \t\r\n]|$)", readable):
        return VTT
    if _SRT.match(readable):
        return SRT
    if _HTML.match(readable[:4096]):
        return HTML
    return named if named in {TEXT, MARKDOWN, HTML} else TEXT


def _share_of_control(content: bytes) -> float:
    sample = content[:65536]
    ordinary = bytes([*range(0x20, 0x100), 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1E, 0x1F, 0x1C, 0x1D])
    return len(sample.translate(None, ordinary)) / len(sample)
