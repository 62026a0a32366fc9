"""What ``samspill text`` says, it says in bokmål and nynorsk too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import samspill.cli
from samspill.language import translator

FOLDER = Path(samspill.cli.__path__[0])
TABLES = {"FACTS", "VALUES", "TOGETHER"}


def _messages():
    """The words given to ``say``, directly or as a variable ``told``, and the tables of words."""
    for module in sorted(FOLDER.glob("text*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                yield from _constants(node.args[:1])
            elif isinstance(node, ast.Assign):
                name = getattr(node.targets[0], "id", "")
                if name == "told" or name in TABLES:
                    values = node.value.values if name in TABLES else [node.value]
                    yield from _constants(values)


def _constants(nodes):
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


MESSAGES = sorted(set(_messages()))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_is_translated(language):
    catalogue = translator(language).catalogue
    known = catalogue._catalog
    assert len(MESSAGES) > 40
    assert [message for message in MESSAGES if message not in known] == []
