"""The official schemas and other programs' files, where they are at hand."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

SHARED = Path(__file__).parents[4] / "shared"
SCHEMAS = SHARED / "standards" / "refi-qda"
SAMPLES = SHARED / "samples" / "qda"
with_schemas = pytest.mark.skipif(
    not SCHEMAS.exists(), reason="the official schemas are not at hand"
)
with_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not at hand")


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def faults(xml: bytes, name: str) -> list[str]:
    """What an official schema says is wrong."""
    checked = schema(name)
    checked.validate(etree.fromstring(xml).getroottree())
    return [str(error) for error in checked.error_log]


def project_file(qdpx: bytes) -> bytes:
    with ZipFile(BytesIO(qdpx)) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".qde"))
        return archive.read(name)
