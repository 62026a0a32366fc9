"""The reviewed questionnaire as files of a study folder."""

from __future__ import annotations

import io
import zipfile

import polars as pl
from django.utils import formats
from django.utils.translation import gettext as _

from samspill.register.mirror.register_answers import POLICY
from samspill.web.mirror.questions import Answer, frame
from samspill.web.mirror.reading import Mirror


def folder(mirror: Mirror, answers: list[Answer]) -> bytes:
    """A ZIP with ``answers.csv`` and ``units.csv`` as a study folder has them, a list of what was
    reviewed, and a text that says where it comes from."""
    code = mirror.municipality.code
    policy = next((one.value for one in answers if one.variable == POLICY), "")
    units = pl.DataFrame({"unit": [code], POLICY: [policy]})
    reviewed = pl.DataFrame(
        [
            (one.field, one.variable, one.said, one.value, one.review.reason, one.review.at.date())
            for one in answers
            if one.review and one.is_reviewed
        ],
        schema={
            **dict.fromkeys(("field", "variable", "register", "value", "reason"), pl.String),
            "reviewed_on": pl.Date,
        },
        orient="row",
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.csv", frame(mirror, answers).write_csv())
        archive.writestr("units.csv", units.write_csv())
        archive.writestr("reviews.csv", reviewed.write_csv())
        archive.writestr("README.txt", _about(mirror, answers))
    return made.getvalue()


def _about(mirror: Mirror, answers: list[Answer]) -> str:
    lines = [
        _("The founding study's questionnaire for %(municipality)s (%(code)s), by its register.")
        % {"municipality": mirror.municipality, "code": mirror.municipality.code},
        _("As of %(day)s; %(k)s of %(n)s answers are reviewed by a person.")
        % {
            "day": formats.date_format(mirror.on, "DATE_FORMAT"),
            "k": sum(one.is_reviewed for one in answers),
            "n": len(answers),
        },
    ]
    if mirror.municipality.invented:
        lines.insert(0, _("INVENTED: this municipality does not exist."))
    return "\n".join(lines) + "\n"
