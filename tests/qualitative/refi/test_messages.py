"""What the exchange says, it says in all languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from samspill.cli import text_exchange
from samspill.language import translator
from samspill.qualitative import code_changes, refi

SENTENCE = re.compile(r"[A-Z“{].*[a-z}”0-9d].*\.", re.DOTALL)
MODULES = [
    *sorted(Path(str(refi.__file__)).parent.glob("*.py")),
    Path(code_changes.__file__),
    Path(text_exchange.__file__),
]


def messages(path: Path) -> set[str]:
    """Sentences that are arguments of a call."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {
        argument.value
        for call in calls
        if not (isinstance(call.func, ast.Attribute) and call.func.attr in ("option", "compile"))
        for argument in call.args
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and " " in argument.value
        and SENTENCE.fullmatch(argument.value)
    }


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_message_is_translated(language: str) -> None:
    said = {message for path in MODULES for message in messages(path)}
    t = translator(language)
    assert len(said) > 60
    assert {message for message in said if t.catalogue.gettext(message) == message} == set()
