"""Pages that are the same for everybody but for a few words: rendered once, then filled in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.template.base import render_value_in_context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samspill.web.pages.context import site

MARK = f"slot{secrets.token_hex(16)}n"
CSRF = "csrf_token"
_MARKS = re.compile(rf"{MARK}(\d{{3}})")
_PLAIN = Context()


class Slot:
    """Stands for a value while a template is rendered: it can be written out, never tested."""

    __slots__ = ("_mark",)

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def __str__(self) -> str:
        return self._mark

    def __bool__(self) -> bool:
        raise TypeError("A slot is filled in afterwards, so that a template cannot decide by it.")


def filled(
    template: str,
    fixed: Mapping[str, Hashable],
    slots: Mapping[str, Any],
    request: HttpRequest | None = None,
) -> SafeString:
    """What the template gives with the values of both, rendered once for each set of ``fixed``.

    ``fixed`` is all that the template decides by, and all that is the same for many. ``slots`` it
    writes out as they are, ``{{ name }}`` without filters; they are escaped, and numbers written as
    the language does, when they are filled in. What is no slot tells two pages apart, so that
    nothing of one reader's page comes out on another's. The template sees what ``site()`` gives,
    but neither request nor user; ``request`` is for the ``{% csrf_token %}`` of its forms.
    """
    texts, places = _pieces(template, get_language(), tuple(fixed.items()), tuple(slots))
    written = [
        value if type(value) is SafeString else render_value_in_context(value, _PLAIN)
        for value in slots.values()
    ]
    if len(slots) in places:
        if request is None:
            raise TypeError(f"{template} has a form, and so needs the request.")
        written.append(get_token(request))
    parts = [texts[0]]
    for place, text in zip(places, texts[1:], strict=True):
        parts += (written[place], text)
    return SafeString("".join(parts))


@lru_cache(maxsize=2000)
def _pieces(
    template: str,
    language: str | None,
    fixed: tuple[tuple[str, Hashable], ...],
    slots: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The texts between the slots, and which slot stands at each place between them; the number
    after the last slot is the token of the forms."""
    marks: dict[str, Any] = {name: Slot(f"{MARK}{n:03}") for n, name in enumerate(slots)}
    marks[CSRF] = f"{MARK}{len(slots):03}"
    whole = get_template(template).render({**site(), **dict(fixed), **marks})
    split = _MARKS.split(whole)
    return tuple(split[::2]), tuple(int(number) for number in split[1::2])
