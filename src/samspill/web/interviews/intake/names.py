"""A file of names: one a row, with its kind and its pseudonym."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.interviews.models import KnownName

LARGEST = 1_000_000
HEADINGS = {"name", "navn", "namn"}
KINDS = {
    "person": "person",
    "place": "place",
    "sted": "place",
    "stad": "place",
    "organisation": "organisation",
    "organisasjon": "organisation",
}


def read_names(content: bytes) -> list[tuple[str, str, str]]:
    """Name, kind and pseudonym of each row; a heading is left out, kind is person where it is open.

    Raises SamspillError where the file is too large, is no text, or a kind is none.
    """
    if len(content) > LARGEST:
        raise SamspillError(_("The file is larger than 1 MB."), _("Divide it."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise SamspillError(_("The file is no CSV."), _("Save the table as CSV in UTF-8."))
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    lines = []
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        cells = [cell.strip() for cell in row] + ["", "", ""]
        name, kind, pseudonym = cells[:3]
        if not name or (number == 1 and name.casefold() in HEADINGS):
            continue
        known = KINDS.get(kind.casefold() or "person")
        if known is None:
            raise SamspillError(
                _("Row %(n)s has the kind “%(kind)s”.") % {"n": number, "kind": kind},
                _("Write person, place or organisation."),
            )
        longest = KnownName._meta.get_field("text").max_length
        if max(len(name), len(pseudonym)) > (longest or 200):
            raise SamspillError(
                _("Row %(n)s has a name that is too long.") % {"n": number},
                _("Use at most 200 characters."),
            )
        lines.append((name, known, pseudonym))
    return lines
