"""What is on a text that is being edited, moved with its words by the library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from samspill import qualitative as q
from samspill.web.interviews.models import Coding, Settlement, Source, Suggestion
from samspill.web.interviews.project import library_source

if TYPE_CHECKING:
    from samspill.qualitative.editing import Edited

ON_A_TEXT = (Coding, Suggestion, Settlement)
"""What has a place in a text."""


def edited(source: Source, text: str) -> Edited:
    """What an edit of a source does to it and to what is on it; nothing is written.

    ``codings`` have the spans of suggestions and settlements among them, ``lost`` codings alone.
    """
    from samspill.qualitative.editing import edit

    result = edit(library_source(source), text, list(spans(source)))
    codings = {str(guid) for guid in source.codings.values_list("guid", flat=True)}
    return replace(result, lost=tuple(x for x in result.lost if x.coding.guid in codings))


def spans(source: Source) -> Iterator[q.Coding]:
    """What has a place in a source, as codings; their identities tell them apart."""
    for model in ON_A_TEXT:
        rows = model._default_manager.filter(source=source)
        for guid, start, end, code in rows.values_list("guid", "start", "end", "code__guid"):
            yield q.Coding(str(guid), str(source.guid), start, end, str(code))
