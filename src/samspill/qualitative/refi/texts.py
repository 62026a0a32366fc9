"""The plain texts of a file: in the project file itself or beside it, in whatever encoding."""

from __future__ import annotations

import codecs

from samspill.qualitative.refi.container import Archive
from samspill.qualitative.refi.elements import TextSource
from samspill.qualitative.refi.remarks import Remarks

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Texts:
    """Finds texts; ``used`` are the files that they were read from."""

    def __init__(self, archive: Archive, remarks: Remarks) -> None:
        self.archive = archive
        self.remarks = remarks
        self.used: set[str] = set()

    def stored(self, source: TextSource) -> str | None:
        """The text as the file has it, or None where it is not there."""
        path = source.plain_text_path
        if path:
            found = self.archive.find(path)
            if found is not None:
                self.used.add(found)
                return self._decoded(self.archive.files[found], found)
            if source.plain_text_content is None:
                self.remarks.add(
                    "{n} texts are not in the file, such as “{path}”.",
                    "They are carried along with their codings, and not shown; "
                    "export the project with its sources to have them.",
                    path=path[:80],
                )
                return None
        if source.plain_text_content is not None:
            return source.plain_text_content
        if source.rich_text_path:
            self.remarks.add(
                "{n} texts are there as documents alone, such as “{path}”.",
                "They are carried along and not shown; export them with their plain text.",
                path=source.rich_text_path[:80],
            )
            return None
        return ""

    def _decoded(self, content: bytes, path: str) -> str:
        if content.startswith(_UTF16):
            try:
                return "\ufeff" + content.decode("utf-16")
            except UnicodeDecodeError:
                pass
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            self.remarks.add(
                "{n} texts are not UTF-8, such as “{path}”.",
                "They are read as Windows-1252; look at their letters.",
                path=path[:80],
            )
            return content.decode("cp1252", errors="replace")
