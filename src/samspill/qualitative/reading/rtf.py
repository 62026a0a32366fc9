"""RTF (Microsoft, *Rich Text Format Specification* 1.9.1): its words, and nothing else of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from samspill.errors import Message
from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.lines import Line

_PIECE = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|[\r\n]+|([^\\{}\r\n]+)"
)
_SIGNS = {
    "tab": "\t", "line": "\v", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "endash": "–", "emdash": "—", "emspace": " ", "enspace": " ", "qmspace": " ",
    "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_ESCAPED = {b"~": "\xa0", b"_": "-", b"-": "\xad", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
_OTHER_THAN_TEXT = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "annotation",
        "atnid",
        "atnauthor",
        "atndate",
        "atnref",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "themedata",
        "colorschememapping",
        "datastore",
        "latentstyles",
        "fldinst",
        "bkmkstart",
        "bkmkend",
        "xmlnstbl",
        "mmathPr",
        "filetbl",
        "revtbl",
        "nonshppict",
        "shppict",
    ]
)
_PAGES = {
    77: "mac_roman", 128: "cp932", 161: "cp1253", 162: "cp1254", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 238: "cp1250", 222: "cp874",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a pair of braces."""

    out: bool = False
    footnote: bool = False
    after_unicode: int = 1
    bold: bool = False
    deleted: bool = False
    in_table: bool = False
    font: int = -1


def read_rtf(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:  # noqa: ARG001
    reader = _Reader(cleaner)
    reader.read(content)
    if reader.footnotes:
        notes.append(
            Message(
                "Footnotes that were put last, each with its number: {n}.", n=len(reader.footnotes)
            )
        )
    if reader.heads:
        notes.append(Message("The heads and feet of its pages were left out."))
    if reader.comments:
        notes.append(Message("Its comments were left out."))
    return [*reader.lines, *reader.footnotes]


class _Reader:
    def __init__(self, cleaner: Cleaner) -> None:
        self.cleaner = cleaner
        self.lines: list[Line] = []
        self.footnotes: list[Line] = []
        self.heads = self.comments = False
        self.paragraph: list[tuple[str, bool]] = []
        self.note: list[str] = []
        self.group = _Group()
        self.outer: list[_Group] = []
        self.skip = 0
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.units: list[int] = []
        self.raw = b""

    def read(self, content: bytes) -> None:
        for piece in _PIECE.finditer(content):
            word, number, byte, sign, brace, text = piece.groups()
            if byte:
                self.add_bytes(bytes.fromhex(byte.decode()))
            elif text:
                self.add_bytes(text)
            elif word:
                self.word(word.decode(), int(number) if number else None)
            elif sign:
                self.sign(sign)
            elif brace == b"{":
                self.flush()
                self.outer.append(self.group)
            elif brace:
                self.close()
        self.end_paragraph()

    def close(self) -> None:
        self.flush()
        was = self.group
        self.group = self.outer.pop() if self.outer else _Group()
        self.skip = 0
        if was.footnote and not self.group.footnote:
            number = f"[{len(self.footnotes) + 1}]"
            self.footnotes.append(Line(f"{number} {self.cleaner.line(''.join(self.note))}"))
            self.note = []
            self.add(number)

    def word(self, word: str, number: int | None) -> None:  # noqa: PLR0912
        if word == "u" and number is not None:
            self.flush_bytes()
            self.units.append(number % 0x10000)
            self.skip = self.group.after_unicode
            return
        self.flush()
        on = number != 0
        if word in _OTHER_THAN_TEXT:
            self.heads = self.heads or word.startswith(("header", "footer"))
            self.comments = self.comments or word == "annotation"
            self.group = replace(self.group, out=True)
        elif word == "footnote":
            self.group = replace(self.group, footnote=True, out=False)
        elif word == "par" and (self.group.footnote or self.group.in_table):
            self.add(" ")
        elif word in {"par", "sect", "page", "row", "nestrow"}:
            self.end_paragraph()
        elif word == "intbl":
            self.group = replace(self.group, in_table=True)
        elif word in {"cell", "nestcell"}:
            self.add(" | ")
        elif word in _SIGNS:
            self.add(_SIGNS[word])
        elif word in {"plain", "pard"}:
            bold = self.group.bold and word == "pard"
            in_table = self.group.in_table and word == "plain"
            self.group = replace(self.group, bold=bold, in_table=in_table)
        elif word == "b":
            self.group = replace(self.group, bold=on)
        elif word == "deleted":
            self.group = replace(self.group, deleted=on)
        elif word == "uc":
            self.group = replace(self.group, after_unicode=min(number or 0, 8))
        elif word == "ansicpg" and number:
            self.page = f"cp{number}" if number != 10000 else "mac_roman"
        elif word == "mac":
            self.page = "mac_roman"
        elif word == "f" and number is not None:
            self.group = replace(self.group, font=number)
        elif word == "fcharset" and number in _PAGES:
            self.fonts[self.group.font] = _PAGES[number]

    def sign(self, sign: bytes) -> None:
        self.flush()
        if sign == b"*":
            self.group = replace(self.group, out=True)
        elif sign in b"\r\n":
            self.end_paragraph()
        else:
            self.add(_ESCAPED.get(sign, ""))

    def add_bytes(self, content: bytes) -> None:
        dropped = min(self.skip, len(content))
        self.skip -= dropped
        if content[dropped:]:
            self.flush_units()
            self.raw += content[dropped:]

    def flush(self) -> None:
        self.flush_units()
        self.flush_bytes()
        self.skip = 0

    def flush_units(self) -> None:
        units, self.units = self.units, []
        packed = b"".join(unit.to_bytes(2, "little") for unit in units)
        self.add(packed.decode("utf-16-le", errors="replace"))

    def flush_bytes(self) -> None:
        raw, self.raw = self.raw, b""
        page = self.fonts.get(self.group.font, self.page)
        try:
            self.add(raw.decode(page, errors="replace"))
        except LookupError:
            self.add(raw.decode("cp1252", errors="replace"))

    def add(self, text: str) -> None:
        if not text or self.group.out or self.group.deleted:
            return
        if self.group.footnote:
            self.note.append(text)
        else:
            self.paragraph.append((text, self.group.bold))

    def end_paragraph(self) -> None:
        self.flush()
        text = "".join(part for part, _ in self.paragraph).removesuffix(" | ")
        begins = []
        for part, is_bold in self.paragraph:
            if not is_bold:
                break
            begins.append(part)
        self.paragraph = []
        bold = len(Cleaner().line("".join(begins)))
        for place, line in enumerate(self.cleaner.lines(text)):
            self.lines.append(Line(line, bold=bold if not place and bold <= len(line) else 0))
