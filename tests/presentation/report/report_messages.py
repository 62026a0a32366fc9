"""The messages that the report's modules ask to have translated, read from their source."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path

ONE = {"word", "say", "paragraph", "t", "_t", "_words"}
TWO = {"say_plural", "plural"}


def messages() -> dict[str, str]:
    """Each message with its plural form; an empty text where it has none."""
    found: dict[str, str] = {}
    folder = Path(str(files("samspill.presentation.report")))
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found.update(_of(node))
    return found


def _of(call: ast.Call) -> dict[str, str]:
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    texts = [a.value if isinstance(a, ast.Constant) else None for a in call.args[:2]]
    if name in ONE and texts and isinstance(texts[0], str):
        return {texts[0]: ""}
    if name in TWO and len(texts) == 2 and all(isinstance(text, str) for text in texts):
        return {str(texts[0]): str(texts[1])}
    return {}
