"""The look of the DOCX: pandoc's own reference document with our styles, A4 and page numbers."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from samspill.presentation.report.document import Document, walk
from samspill.presentation.report.pandoc import run_pandoc

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROW = re.compile(r"(<w:tr(?: [^>]*)?>)\s*(<w:trPr>)?")
_STYLE = re.compile(r"<w:style\b.*?</w:style>", re.DOTALL)
_STYLE_ID = re.compile(r'w:styleId="([^"]+)"')
_FOOTER = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<w:ftr xmlns:w="{_WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
_SECTION = (
    f'<w:sectPr xmlns:r="{_OFFICE}"><w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1418" w:bottom="1304" '
    'w:left="1418" w:header="709" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
)
_HEADERS = (
    '<w:headerReference w:type="default" r:id="rIdHeader"/>'
    '<w:headerReference w:type="first" r:id="rIdHeader"/>'
)
_HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<w:hdr xmlns:w="{_WORD}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
    "<w:r><w:t>{warning}</w:t></w:r></w:p></w:hdr>"
)
_HEADER_RELATION = (
    f'<Relationship Id="rIdHeader" Type="{_OFFICE}/header" Target="header1.xml"/></Relationships>'
)
_HEADER_TYPE = (
    '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.header+xml"/></Types>'
)
_FOOTER_RELATION = (
    f'<Relationship Id="rIdFooter" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>'
)
_FOOTER_TYPE = (
    '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.footer+xml"/></Types>'
)


@cache
def reference_document(date: datetime.date, warning: str = "") -> bytes:
    """What pandoc is to take styles, paper and footer from; ``warning`` heads every page."""
    given = run_pandoc(["--print-default-data-file", "reference.docx"], b"", date)
    parts = _read(given)
    ours = files("samspill.presentation.report").joinpath("templates", "docx_styles.xml")
    styles = parts["word/styles.xml"].decode("utf-8")
    parts["word/styles.xml"] = _with_styles(styles, ours.read_text(encoding="utf-8")).encode()
    section = _SECTION.replace("<w:footerReference", _HEADERS + "<w:footerReference", 1)
    body = re.sub(
        r"<w:sectPr.*?</w:sectPr>",
        section if warning else _SECTION,
        parts["word/document.xml"].decode(),
        flags=re.DOTALL,
    )
    parts["word/document.xml"] = body.encode("utf-8")
    parts["word/footer1.xml"] = _FOOTER.encode("utf-8")
    _replace(parts, "word/_rels/document.xml.rels", "</Relationships>", _FOOTER_RELATION)
    _replace(parts, "[Content_Types].xml", "</Types>", _FOOTER_TYPE)
    if warning:
        parts["word/header1.xml"] = _HEADER.format(warning=escape(warning)).encode("utf-8")
        _replace(parts, "word/_rels/document.xml.rels", "</Relationships>", _HEADER_RELATION)
        _replace(parts, "[Content_Types].xml", "</Types>", _HEADER_TYPE)
    return _write(parts, date)


def contents(document: Document) -> str:
    """The table of contents as a field that is already filled in, so that nothing asks to update.

    ECMA-376 part 1, 17.16.5.68 (TOC); each entry is a link to its heading's bookmark.
    """
    entries = [(level, part) for level, part in walk(document.sections) if level <= 2]
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    title = escape(document.wording.contents)
    lines = [
        f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>'
    ]
    for i, (level, part) in enumerate(entries):
        lines.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{"" if i else start}'
            f"<w:hyperlink w:anchor={quoteattr(part.id)}><w:r>"
            f'<w:t xml:space="preserve">{escape(part.heading)}</w:t></w:r></w:hyperlink></w:p>'
        )
    return "".join(lines) + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def finish(written: bytes, document: Document) -> bytes:
    """Put the study's date and language where pandoc cannot, and let no row go over a page."""
    parts = _read(written)
    body = parts["word/document.xml"].decode("utf-8")
    parts["word/document.xml"] = _ROW.sub(_whole, body).encode("utf-8")
    for name in ("word/settings.xml", "word/styles.xml"):
        text = parts[name].decode("utf-8")
        text = re.sub(r'(<w:themeFontLang w:val=")[^"]*', rf"\g<1>{document.tag}", text)
        text = re.sub(r'(<w:lang w:val=")[^"]*', rf"\g<1>{document.tag}", text)
        parts[name] = text.encode("utf-8")
    return _write(parts, document.date)


def _whole(row: re.Match[str]) -> str:
    """The beginning of a table row that is kept on one page (ECMA-376 part 1, 17.4.6)."""
    start, properties = row.groups()
    return f"{start}<w:trPr><w:cantSplit/>{'' if properties else '</w:trPr>'}"


def _with_styles(given: str, ours: str) -> str:
    own = {_identifier(style): style for style in _STYLE.findall(ours)}
    kept = _STYLE.sub(lambda found: own.pop(_identifier(found.group()), found.group()), given)
    return kept.replace("</w:styles>", "".join(own.values()) + "</w:styles>")


def _identifier(style: str) -> str:
    found = _STYLE_ID.search(style)
    return found.group(1) if found else ""


def _replace(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    parts[name] = parts[name].decode("utf-8").replace(old, new).encode("utf-8")


def _read(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(parts: dict[str, bytes], date: datetime.date) -> bytes:
    stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
