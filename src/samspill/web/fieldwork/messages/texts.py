"""What e-mails say: a collection's own texts or the shipped ones, and their placeholders."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from samspill.language import languages
from samspill.web.fieldwork.models import Collection

PLACEHOLDERS = ("name", "unit", "title", "link", "closes", "contact")
NEEDED = "link"
WITH_LINK = frozenset({"invitation", "reminder"})
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body by language."""

    subject: Mapping[str, str]
    body: Mapping[str, str]


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("texts.toml").read_text(encoding="utf-8"))


def shipped_text(purpose: str) -> Text:
    """What is said where the collection says nothing of its own."""
    found = _shipped()[purpose]
    return Text(found["subject"], {code: text.strip() for code, text in found["body"].items()})


def unsubscribe_sentence(language: str) -> str:
    """The sentence above the link by which one gets no more e-mail."""
    return str(_shipped()["unsubscribe"][language])


def text_of(collection: Collection, purpose: str) -> Text:
    """A collection's text of one purpose, in every language: its own or the shipped one."""
    shipped = shipped_text(purpose)
    own = collection.texts.filter(purpose=purpose).first()
    if own is None:
        return shipped
    return Text({**shipped.subject, **own.subject}, {**shipped.body, **own.body})


def fill(template: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled. A line with one that has no value is left out, and of
    empty lines after each other one is kept."""
    lines: list[str] = []
    for line in template.splitlines():
        names = _PLACEHOLDER.findall(line)
        if any(not values[name] for name in names):
            continue
        lines.append(_PLACEHOLDER.sub(lambda match: values[match[1]], line).rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def text_faults(purpose: str, subject: str, body: str) -> dict[str, str]:
    """What is wrong with a text in one language, by ``subject`` and ``body``; empty if nothing."""
    faults = {}
    for part, text in (("subject", subject), ("body", body)):
        if not text.strip():
            faults[part] = _("Write a text.")
        elif unknown := [n for n in _PLACEHOLDER.findall(text) if n not in PLACEHOLDERS]:
            faults[part] = _("“%(name)s” is no placeholder. Use %(all)s.") % {
                "name": f"{{{unknown[0]}}}",
                "all": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
            }
        elif "{" in (rest := _PLACEHOLDER.sub("", text)) or "}" in rest:
            faults[part] = _("A brace stands alone. Braces are for placeholders only.")
    if "subject" not in faults and len(subject.splitlines()) > 1:
        faults["subject"] = _("The subject must be one line.")
    if "body" not in faults and purpose in WITH_LINK and NEEDED not in _PLACEHOLDER.findall(body):
        faults["body"] = _("The text must hold {link}, or nobody can answer.")
    return faults


def language_for(given: str) -> str:
    """The language to write to a respondent in: its own, else the installation's first."""
    return given if given in languages() else languages()[0]
