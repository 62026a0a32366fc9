"""A guide changed: each change gives another, its parts in order and none without questions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from samspill.errors import SamspillError
from samspill.selection.guide import Guide, Question

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def with_question(
    guide: Guide, question: Question, heading: Mapping[str, str] | None = None
) -> Guide:
    """The guide with a question in it: in the place of the one with the same identifier where that
    stands in the same part, and else last of its part. ``heading`` is that of a new part, which
    comes last.
    """
    parts = {**guide.parts, **({question.part: heading} if heading else {})}
    if question.part not in parts:
        raise SamspillError("There is no such part.", "Choose another, or write a new heading.")
    held = next((q for q in guide.questions if q.identifier == question.identifier), None)
    if held is not None and held.part == question.part:
        changed = tuple(question if q is held else q for q in guide.questions)
    else:
        changed = (*(q for q in guide.questions if q is not held), question)
    return _arranged(changed, parts)


def without_question(guide: Guide, identifier: str) -> Guide:
    """The guide without a question. Raises SamspillError for its only one."""
    left = tuple(q for q in guide.questions if q.identifier != identifier)
    if not left:
        raise SamspillError("A guide has at least one question.", "Write another first.")
    return _arranged(left, guide.parts)


def moved(guide: Guide, identifier: str, step: int) -> Guide:
    """The guide with a question ``step`` places later among those of its part (earlier where it is
    negative), or as far as the part goes."""
    found = next(q for q in guide.questions if q.identifier == identifier)
    beside = [q for q in guide.questions if q.part == found.part]
    place = beside.index(found)
    beside.insert(max(0, min(len(beside) - 1, place + step)), beside.pop(place))
    others = [q for q in guide.questions if q.part != found.part]
    return _arranged((*others, *beside), guide.parts)


def _arranged(questions: Sequence[Question], parts: Mapping[str, Mapping[str, str]]) -> Guide:
    order = list(parts)
    used = {question.part for question in questions}
    return Guide(
        tuple(sorted(questions, key=lambda question: order.index(question.part))),
        {name: texts for name, texts in parts.items() if name in used},
    )


def to_toml(guide: Guide) -> str:
    """The guide as the TOML file that ``load_guide`` reads."""
    content = guide.content()
    lines: list[str] = []
    for name, texts in content["part"].items():
        lines += [f"[part.{_key(name)}]", *_texts(texts), ""]
    for question in content["question"]:
        lines.append("[[question]]")
        for key, value in question.items():
            if isinstance(value, Mapping):
                lines += [f"{key}.{line}" for line in _texts(value)]
            else:
                lines.append(f"{key} = {_quoted(value)}")
        lines.append("")
    return "\n".join(lines)


def _texts(texts: Mapping[str, str]) -> list[str]:
    return [f"{_key(language)} = {_quoted(text)}" for language, text in texts.items()]


def _key(name: str) -> str:
    return name if _BARE.match(name) else _quoted(name)


def _quoted(value: str | Sequence[str]) -> str:
    """A basic string of TOML, or a list of them; JSON writes both alike but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
