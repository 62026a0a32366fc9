"""Names in small letters without accents, for addresses and identifiers."""

from __future__ import annotations

import re
import unicodedata

NORWEGIAN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})


def plain_name(text: str, separator: str) -> str:
    """``Bømlo kommune`` as ``bomlo-kommune`` or ``bomlo_kommune``; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.translate(NORWEGIAN).lower())
    letters = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, letters).strip(separator)
