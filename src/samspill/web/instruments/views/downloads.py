"""A version as a file: TOML, XLSForm, DDI-Codebook."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from django.http import Http404, HttpResponse

from samspill.instrument import Instrument, ddi_codebook, instrument_text, write_xlsform
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.views.finding import version_of


def _xlsform(instrument: Instrument) -> bytes:
    with tempfile.TemporaryDirectory(prefix="samspill-") as folder:
        return write_xlsform(instrument, Path(folder) / "questionnaire.xlsx").read_bytes()


Writer = Callable[[Instrument], bytes]
FORMATS: Mapping[str, tuple[Writer, str, str]] = MappingProxyType(
    {
        "toml": (lambda i: instrument_text(i).encode(), "application/toml", "toml"),
        "xlsform": (
            _xlsform,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        "ddi": (ddi_codebook, "application/xml", "xml"),
    }
)


@requires(Permission.READ_STUDY)
def download(
    request: StudyRequest, study: str, instrument: str, number: int, kind: str
) -> HttpResponse:
    """The version's questionnaire in one of the formats."""
    if kind not in FORMATS:
        raise Http404
    write, content_type, suffix = FORMATS[kind]
    content = write(definition(version_of(request, instrument, number)))
    name = f"{instrument}-{number}.{suffix}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
