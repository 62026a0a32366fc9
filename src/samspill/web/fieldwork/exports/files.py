"""The files that a collection is given out as, in one archive; and a study folder out of one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from collections.abc import Collection as Several
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import write_ddi, write_instrument
from samspill.study import export_study, write_study
from samspill.web.fieldwork.exports.study import collection_study
from samspill.web.fieldwork.models import Collection
from samspill.web.instruments.definitions import definition

FOLDER, DDI = "folder", "ddi"
DATA_FILES = ("sav", "dta", "parquet", "csv")
FORMATS = (FOLDER, *DATA_FILES, DDI)

MOST_FILES = 40
MOST_BYTES = 100_000_000


def write_archive(
    collection: Collection,
    target: Path,
    formats: Several[str],
    *,
    language: str,
    break_offs: bool = False,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Path:
    """Write an archive of the collection in some of ``FORMATS``; gives its path.

    ``told`` is called with how many formats are done, of how many.

    Raises SamspillError where a format cannot hold the study.
    """
    study = collection_study(collection, break_offs=break_offs)
    instrument = definition(collection.version)
    named = language if language in study.languages else study.languages[0]
    inside = target / study.identifier
    inside.mkdir(parents=True)
    wanted = [name for name in FORMATS if name in formats]
    for done, name in enumerate(wanted):
        told(done, len(wanted))
        if name == FOLDER:
            write_study(study, inside / "study")
            write_instrument(instrument, inside / f"{instrument.identifier}.toml")
        elif name == DDI:
            write_ddi(instrument, inside / f"{instrument.identifier}-ddi.xml")
        else:
            export_study(study, inside, name, language=named)
    archive = target / f"{study.identifier}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(inside.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(target))
    told(len(wanted), len(wanted))
    return archive


def unpack_study(upload: IO[bytes], folder: Path) -> Path:
    """Unpack the study folder that an archive holds; gives the folder of its tables.

    Only files that stand beside ``datapackage.json`` are unpacked, by their bare names.

    Raises SamspillError for what is no archive, holds no study, or is too large.
    """
    try:
        with zipfile.ZipFile(upload) as packed:
            return _unpack(packed, folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise SamspillError(
            _("The file is no archive that can be read."), _("Choose a .zip of a study folder.")
        ) from error


def _unpack(packed: zipfile.ZipFile, folder: Path) -> Path:
    names = [PurePosixPath(entry.filename) for entry in packed.infolist() if not entry.is_dir()]
    found = [name for name in names if name.name == "datapackage.json"]
    if len(found) != 1:
        raise SamspillError(
            _("The archive holds no study folder, or several."),
            _("Pack one folder with its datapackage.json."),
        )
    own = [
        entry
        for entry in packed.infolist()
        if not entry.is_dir() and PurePosixPath(entry.filename).parent == found[0].parent
    ]
    if len(own) > MOST_FILES or sum(entry.file_size for entry in own) > MOST_BYTES:
        raise SamspillError(
            _("The study folder is larger than can be taken in here."),
            _("Leave out what is not the study's."),
        )
    left = MOST_BYTES
    for entry in own:
        with packed.open(entry) as source:
            content = source.read(left + 1)
        left -= len(content)
        if left < 0:
            raise SamspillError(
                _("The study folder is larger than can be taken in here."),
                _("Leave out what is not the study's."),
            )
        (folder / PurePosixPath(entry.filename).name).write_bytes(content)
    return folder
