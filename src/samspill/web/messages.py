"""The messages of the pages, found where they are written: in templates and in Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Engine
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

WEB = Path(__file__).parent
SINGLE = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
PLURAL = frozenset({"ngettext", "ngettext_lazy"})


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A message in English; ``plural`` is empty where it has one form."""

    text: str
    plural: str = ""


def messages(app: str) -> list[Message]:
    """Every message that an app's templates and modules use, each once, in order."""
    folder = WEB / app
    found: set[Message] = set()
    for template in folder.rglob("*.html"):
        found.update(_in_template(template))
    modules = [folder.with_suffix(".py")] if folder.with_suffix(".py").exists() else []
    for module in [*modules, *folder.rglob("*.py")]:
        found.update(_in_module(module))
    return sorted(found)


def _in_template(path: Path) -> Iterator[Message]:
    from django.template import engines

    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
    nodes = engine.from_string(path.read_text(encoding="utf-8")).nodelist
    for node in nodes.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            literal = node.filter_expression.var
            text = literal if isinstance(literal, str) else getattr(literal, "literal", None)
            if isinstance(text, str):
                yield Message(text)
        elif isinstance(node, BlockTranslateNode):
            one, _ = node.render_token_list(node.singular)
            many = node.render_token_list(node.plural)[0] if node.plural else ""
            if node.trimmed:
                one, many = (" ".join(part.split()) for part in (one, many))
            yield Message(one, many)


def _in_module(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [
            argument.value
            for argument in node.args[:2]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if name in SINGLE and texts:
            yield Message(texts[0])
        elif name in PLURAL and len(texts) == 2:
            yield Message(*texts)
