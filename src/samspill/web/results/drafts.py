"""Study folders that can be published, and what each would make public."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis, open_study
from samspill.analysis.publishing import (
    THRESHOLD,
    disclosure,
    holds_real_answers,
    published_splits,
)
from samspill.errors import SamspillError
from samspill.study import seal_study, shipped_studies, write_study
from samspill.web.fieldwork.exports import write_collection_folder
from samspill.web.fieldwork.models import Collection
from samspill.web.results import words
from samspill.web.results.published import Edition, seal
from samspill.web.results.rendering import remembered
from samspill.web.studies.models import Study

FOLDER = "publications"
_CONCERNED = {"variable": pl.String, "field": pl.String}
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")


@dataclass(frozen=True, slots=True)
class Draft:
    """A study folder that can be published. ``reference`` is what a publication keeps of it."""

    name: str
    folder: Path
    reference: str


@dataclass(frozen=True, slots=True)
class SmallCell:
    """A cell that would be given away, as written; ``span`` is what can be told of its count."""

    indicator: str
    field: str
    group: str
    span: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What publishing a folder would make public, in the page's language.

    ``small`` are cells of real answers below ``threshold`` that could be told from it, and
    ``undecided`` tables that could not be examined; with either, it must not be published.
    """

    units: int
    answered: int
    indicators: tuple[str, ...]
    fields: tuple[str, ...]
    splits: tuple[str, ...]
    provenance: str
    real: bool
    small: tuple[SmallCell, ...]
    undecided: int
    threshold: int = THRESHOLD

    @property
    def safe(self) -> bool:
        return not self.small and not self.undecided


def drafts(study: Study) -> list[Draft]:
    """The folders of a study that can be published, newest first."""
    shipped = shipped_studies()
    found = [Draft(study.slug, shipped[study.slug], study.slug)] if study.slug in shipped else []
    folder = _folder(study)
    names = sorted((p.name for p in folder.iterdir()), reverse=True) if folder.is_dir() else []
    own = (_own(study, name) for name in names if NAME.match(name))
    return [*(draft for draft in own if (draft.folder / "datapackage.json").is_file()), *found]


def find_draft(study: Study, name: str) -> Draft | None:
    """The draft of this name, or None."""
    return next((draft for draft in drafts(study) if draft.name == name), None)


def prepare(collection: Collection) -> Draft:
    """Write a collection as a draft of its study, without answers in the respondents' own words.

    Raises SamspillError where the collection makes no sound study.
    """
    draft = new_draft(collection.study, collection.identifier)
    write_collection_folder(collection, draft.folder)
    seal_study(draft.folder)
    return draft


def leave_out(study: Study, draft: Draft) -> Draft:
    """A new draft without the answers that would be given away, in all variables behind them."""
    analysis = open_study(draft.folder)
    found = disclosure(analysis, published_splits(analysis))
    concerned = sorted(
        {
            (variable, field or "")
            for name, field in found.cells.select("indicator", "field").iter_rows()
            for variable in _variables(analysis, name)
        }
    )
    answers = analysis.study.answers
    kept = answers.with_columns(pl.col("field").fill_null("")).join(
        pl.DataFrame(concerned, schema=_CONCERNED, orient="row"),
        on=list(_CONCERNED),
        how="anti",
        maintain_order="left",
    )
    new = new_draft(study, draft.name.rsplit("-", 2)[0])
    write_study(analysis.study.with_tables(answers=kept.select(answers.columns)), new.folder)
    seal_study(new.folder)
    return new


def examined(draft: Draft) -> Examination:
    """What publishing a draft would make public. Raises SamspillError where it cannot be read."""
    edition = Edition(open_study(draft.folder), seal(draft.folder))
    return remembered(edition, "examination", lambda: _examine(edition.analysis))


def require_publishable(draft: Draft) -> None:
    """Refuse a draft that gives real answers away, or that was changed after it was written."""
    if open_study(draft.folder).changed_files:
        raise SamspillError(
            _("The files of this draft were changed after it was made."), _("Make it anew.")
        )
    if not examined(draft).safe:
        raise SamspillError(
            _("This would tell what fewer than five units answered."),
            _("Leave those answers out, and publish what is left."),
        )


def _folder(study: Study) -> Path:
    return Path(settings.DATA) / FOLDER / study.slug


def _own(study: Study, name: str) -> Draft:
    return Draft(name, _folder(study) / name, f"{FOLDER}/{study.slug}/{name}")


def new_draft(study: Study, stem: str) -> Draft:
    """Where a draft is to be written, under a name that no other has."""
    when = timezone.now().strftime("%Y%m%d%H%M%S")
    draft = _own(study, f"{stem}-{when}-{secrets.token_hex(2)}")
    draft.folder.parent.mkdir(parents=True, exist_ok=True)
    return draft


def _variables(analysis: StudyAnalysis, indicator: str) -> Iterable[str]:
    """The questions behind an indicator."""
    for name in analysis.definition(indicator).variables:
        if name != indicator and name in analysis.definitions:
            yield from _variables(analysis, name)
        else:
            yield name


def _examine(analysis: StudyAnalysis) -> Examination:
    real = holds_real_answers(analysis)
    splits = published_splits(analysis)
    found = disclosure(analysis, splits) if real else None
    language = words.language()
    names = [name for name in analysis.definitions if analysis.asked([name], None)]
    cells = found.cells.to_dicts() if found else []
    return Examination(
        units=analysis.study.units.height,
        answered=analysis.respondents,
        indicators=tuple(analysis.label(name, language) for name in names),
        fields=tuple(analysis.label(name, language) for name in analysis.all_fields),
        splits=tuple(analysis.label(name, language) for name in splits),
        provenance=words.provenance(analysis.provenance.weakest()),
        real=real,
        small=tuple(
            SmallCell(
                analysis.label(cell["indicator"], language),
                analysis.label(cell["field"], language) if cell["field"] else "",
                analysis.labels.category(cell["split"], cell["group"], language)
                if cell["group"]
                else "",
                str(cell["highest"])
                if cell["determined"]
                else f"{cell['lowest']}–{cell['highest']}",
            )
            for cell in cells
        ),
        undecided=len(found.undecided) if found else 0,
    )
