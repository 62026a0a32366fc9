"""Every message of figures and tables is translated."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path

import polib
import pytest

import samspill.presentation.figures
import samspill.presentation.tables
from samspill.language import language, languages

ROOMS = [
    Path(room.__file__).parent
    for room in (samspill.presentation.figures, samspill.presentation.tables)
]


def _messages() -> set[str]:
    calls = (
        node
        for room in ROOMS
        for path in room.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"t", "message"}
    )
    return {
        call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("name", [n for n in languages() if not language(n).source])
def test_the_catalogue_has_exactly_the_messages_in_use(name):
    catalogue = files("samspill.language").joinpath("catalogues", name, "figures.po")
    known = {entry.msgid for entry in polib.pofile(catalogue.read_text(encoding="utf-8"))}
    assert known == _messages()
