"""What is done with a study's material; each change can be undone."""

from samspill.web.interviews.actions.codes import add_code
from samspill.web.interviews.actions.codings import (
    add_coding,
    recode,
    remove_coding,
    require_revision,
    resize,
)
from samspill.web.interviews.actions.editing import TextChangedSince, edit_text
from samspill.web.interviews.actions.sources import add_sources, edit_source, remove_source

__all__ = [
    "TextChangedSince",
    "add_code",
    "add_coding",
    "add_sources",
    "edit_source",
    "edit_text",
    "recode",
    "remove_coding",
    "remove_source",
    "require_revision",
    "resize",
]
