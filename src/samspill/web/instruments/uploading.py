"""Files with questionnaires, as they are sent in: TOML, XLSForm and LimeSurvey."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from samspill.errors import InvalidInput, Problem
from samspill.instrument import Instrument, read_instrument, read_limesurvey, read_xlsform

MAXIMUM_BYTES = 5_000_000
Reader = Callable[[Path, str], Instrument]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".toml": lambda path, _language: read_instrument(path),
        ".xlsx": read_xlsform,
        ".lss": lambda path, _language: read_limesurvey(path),
    }
)


def read_upload(file: UploadedFile[bytes], language: str) -> Instrument:
    """The instrument in a file that was sent in; texts without language are in ``language``.

    Raises:
        InvalidInput: the file is too large, of another kind, or holds faults; each has its place.
    """
    name = Path(file.name or "").name
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        raise _invalid(
            name,
            _("The file is no questionnaire that can be read."),
            _("Send XLSForm (.xlsx), LimeSurvey (.lss) or Samspill's format (.toml)."),
        )
    if (file.size or 0) > MAXIMUM_BYTES:
        raise _invalid(
            name, _("The file is larger than 5 MB."), _("Send a questionnaire, not data.")
        )
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "_", Path(name).stem)[:60].lstrip(".-") or "questionnaire"
    with tempfile.TemporaryDirectory(prefix="samspill-") as folder:
        path = Path(folder) / f"{stem}{suffix}"
        path.write_bytes(file.read())
        try:
            return READERS[suffix](path, language)
        except InvalidInput as error:
            problems = [replace(p, file=p.file.replace(path.name, name, 1)) for p in error.problems]
            raise InvalidInput(name, problems) from None


def _invalid(name: str, message: str, next_step: str) -> InvalidInput:
    return InvalidInput(name, [Problem(name, None, None, message, next_step)])
