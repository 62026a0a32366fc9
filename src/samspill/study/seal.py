"""The seal of a study: size and digest of each file, so that a changed digit does not go unseen.

Data Package standard, properties ``bytes`` and ``hash`` of a resource.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samspill.errors import InvalidInput, Problem
from samspill.study.completion import completed
from samspill.study.package import DESCRIPTOR, read_descriptor, resource_paths
from samspill.study.places import in_words, writing_to
from samspill.study.shipped import refuse_shipped


def seal_study(folder: Path | str, *, shipped: bool = False) -> Path:
    """Record the files of a study as they are now. Gives the path of ``datapackage.json``.

    To be done after a change by hand that is meant, and to complete a ``datapackage.json`` written
    by hand: tables without a Table Schema get Samspill's. ``shipped``: whether a study that comes
    with Samspill may be sealed, as its builder does. Raises InvalidInput where the folder's
    ``datapackage.json`` cannot be read or a file is missing, and SamspillError where the study
    comes with Samspill or cannot be written.
    """
    folder = Path(folder)
    if not shipped:
        refuse_shipped(folder)
    content, problems = read_descriptor(folder)
    paths: dict[str, str] = {}
    if not problems:
        paths, problems = resource_paths(content, folder)
    if problems:
        raise InvalidInput(in_words(folder), problems)
    problems = [
        Problem(path, None, None, "The file is missing.", "Put it back, or take it from the list.")
        for path in (resource["path"] for resource in content["resources"])
        if not (folder / path).is_file()
    ]
    if not problems:
        content, problems = completed(content, folder, paths)
    if problems:
        raise InvalidInput(in_words(folder), problems)
    with writing_to(folder / DESCRIPTOR):
        write_descriptor(folder, sealed(content, folder))
    return folder / DESCRIPTOR


def sealed(content: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """``content`` of ``datapackage.json`` with size and digest of every resource's file."""
    resources = [
        {**resource, **_facts(folder / resource["path"])} for resource in content["resources"]
    ]
    return {**content, "resources": resources}


def write_descriptor(folder: Path, content: Mapping[str, Any]) -> None:
    """Write ``datapackage.json``, whole or not at all."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    draft = folder / f".{DESCRIPTOR}.draft"
    try:
        draft.write_bytes(text.encode("utf-8"))
        os.replace(draft, folder / DESCRIPTOR)
    finally:
        draft.unlink(missing_ok=True)


def changed_files(folder: Path | str) -> tuple[str, ...]:
    """Paths of the files that differ from what the study was sealed with; none if unsealed."""
    folder = Path(folder)
    content, problems = read_descriptor(folder)
    if problems:
        return ()
    return tuple(
        resource["path"]
        for resource in content["resources"]
        if "hash" in resource
        and (folder / resource["path"]).is_file()
        and resource["hash"] != _facts(folder / resource["path"])["hash"]
    )


def _facts(file: Path) -> dict[str, Any]:
    data = file.read_bytes()
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
