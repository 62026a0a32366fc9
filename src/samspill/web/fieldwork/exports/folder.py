"""A collection's study folder on disk."""

from __future__ import annotations

from pathlib import Path

from samspill.study import write_study
from samspill.web.fieldwork.exports.study import collection_study
from samspill.web.fieldwork.models import Collection


def write_collection_folder(
    collection: Collection, folder: Path, *, break_offs: bool = False, texts: bool = False
) -> Path:
    """Write a collection as a study folder, whole or not at all; an earlier one is replaced.

    Without ``texts`` no answer in the respondents' own words is written. Gives the folder.

    Raises SamspillError where the study is not sound or the folder cannot be written.
    """
    study = collection_study(collection, break_offs=break_offs, texts=texts)
    return write_study(study, folder, overwrite=True)
