"""The files of a project's folder, and their columns."""

from __future__ import annotations

import re
import unicodedata

DESCRIPTOR = "project.json"
FORMAT, VERSION = "samspill-text", 1
SOURCES = "sources"
CARRIED = "carried"
TABLES = {
    "codes.csv": (
        "guid",
        "name",
        "parent",
        "colour",
        "codable",
        "definition",
        "inclusion",
        "exclusion",
        "example",
        "concept",
    ),
    "codings.csv": ("guid", "source", "start", "end", "code", "coder", "created", "words"),
    "memos.csv": ("guid", "title", "text", "about", "coder", "created"),
}


def file_name(name: str, number: int) -> str:
    """A source's file: its place among the sources, and its name in plain letters."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("æ", "ae").lower())
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    return f"{number:04d}-{slug[:40].strip('-')}.txt" if slug else f"{number:04d}.txt"
