"""REFI-QDA 1.5: projects (``.qdpx``) and codebooks (``.qdc``) in and out, without loss.

``container`` knows archives and no XML; ``elements`` are the schemas as data, which ``parsing``
and ``writing`` follow; ``incoming`` and ``outgoing`` go between elements and ``Project``;
``offsets`` decides what another program's positions count; ``losses`` says what an export loses.
"""

from samspill.qualitative.refi.container import Bounds
from samspill.qualitative.refi.exchange import (
    CodebookReading,
    Reading,
    qdc_bytes,
    qdpx_bytes,
    read_qdc,
    read_qdpx,
    write_qdc,
    write_qdpx,
)
from samspill.qualitative.refi.offsets import OffsetEvidence, OffsetPolicy, PolicyEvidence
from samspill.qualitative.refi.report import losses

__all__ = [
    "Bounds",
    "CodebookReading",
    "OffsetEvidence",
    "OffsetPolicy",
    "PolicyEvidence",
    "Reading",
    "losses",
    "qdc_bytes",
    "qdpx_bytes",
    "read_qdc",
    "read_qdpx",
    "write_qdc",
    "write_qdpx",
]
