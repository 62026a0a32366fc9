"""What takes time to compute or draw is kept, for as long as study and program stay the same."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TypeVar

from django.core.cache import cache as store
from django.utils import translation

import samspill
from samspill.web.results.published import Edition

T = TypeVar("T")
_computing: defaultdict[str, Lock] = defaultdict(Lock)


def remembered(edition: Edition, view: str, make: Callable[[], T], **parameters: object) -> T:
    """What ``make`` gives, computed once for this edition, view, parameters and language.

    The value must be one that can be pickled, and not None. Those who ask while it is being
    computed wait for it.
    """
    key = key_of(edition, view, parameters)
    found: T | None = store.get(key)
    if found is not None:
        return found
    with _computing[key]:
        found = store.get(key)
        if found is None:
            found = make()
            store.set(key, found)
    _computing.pop(key, None)
    return found


def key_of(edition: Edition, view: str, parameters: dict[str, object]) -> str:
    """Names what is shown: the same for the same edition, view, parameters and language."""
    asked = repr((edition.digest, view, sorted(parameters.items()), translation.get_language()))
    return f"results-{hashlib.sha256((program() + asked).encode()).hexdigest()}"


@cache
def program() -> str:
    """Names the program's files as they stand, so that an upgrade shows nothing of the old."""
    folder = Path(samspill.__file__).parent
    digest = hashlib.sha256()
    for kind in ("*.py", "*.html", "*.po", "*.toml"):
        for file in sorted(folder.rglob(kind)):
            facts = file.stat()
            name = file.relative_to(folder)
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
