"""Pandoc as a program: bytes in, a file out, with the document's own date as its clock."""

from __future__ import annotations

import datetime
import os
import subprocess

from samspill.errors import SamspillError


def run_pandoc(arguments: list[str], given: bytes, date: datetime.date) -> bytes:
    """Run the bundled pandoc and return what it writes to standard output."""
    import pypandoc

    moment = datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        input=given,
        capture_output=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise SamspillError(
            f"Pandoc could not write the DOCX: {done.stderr.decode(errors='replace').strip()}",
            "Write the report as html or pdf, and report this as a fault.",
        )
    return done.stdout
