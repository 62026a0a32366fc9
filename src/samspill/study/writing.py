"""Write a study to a folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.folders import copy_into, written_whole
from samspill.study.cells import as_text
from samspill.study.checks import Content
from samspill.study.delimited import write_csv
from samspill.study.model import Study
from samspill.study.package import DESCRIPTOR, Facts, check_facts, descriptor
from samspill.study.places import writing_to
from samspill.study.reading import check
from samspill.study.readme import README, readme
from samspill.study.schema import attribute_types
from samspill.study.seal import sealed, write_descriptor
from samspill.vocabulary import Vocabulary, load


def write_study(
    study: Study,
    folder: Path | str,
    *,
    overwrite: bool = False,
    vocabulary: Vocabulary | None = None,
) -> Path:
    """Write a study: its tables, ``datapackage.json`` and a README. Gives the folder.

    Everything is written beside the folder first and put in its place in one step, so that a
    fault leaves what was there. With ``overwrite`` an existing study is replaced; files in its
    folder that are not the study's stay.

    Raises:
        InvalidInput: the study is not sound; all faults are listed, nothing is written.
        SamspillError: the folder exists and may not be replaced, or cannot be written.
    """
    target = Path(folder).expanduser().resolve()
    with writing_to(target):
        _refuse_target(target, overwrite)
        content = study_content(study, vocabulary)
        kept = _foreign_files(target, content.files.values())
        with written_whole(target) as draft:
            _write(study, content, draft)
            copy_into(kept, draft)
    return target


def study_content(study: Study, vocabulary: Vocabulary | None = None) -> Content:
    """A study as it would be written.

    Raises:
        InvalidInput: the study is not sound.
    """
    facts = Facts(
        study.identifier,
        study.title,
        study.population_size,
        study.year,
        study.response_attribute,
    )
    problems: list[Problem] = check_facts(facts)
    files = {name: f"{name}.csv" for name in study.tables}
    tables = {}
    for name, frame in study.tables.items():
        tables[name], faults = as_text(frame, files[name])
        problems.extend(faults)
    content = Content(facts, tables, files, vocabulary or load())
    problems = problems or check(content)
    if problems:
        raise InvalidInput("The study", problems)
    return content


def _refuse_target(target: Path, overwrite: bool) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise SamspillError(
            Message("“{name}” is a file.", name=target.name), "Name a folder for the study."
        )
    if not any(target.iterdir()):
        return
    if not overwrite:
        raise SamspillError(
            Message("The folder “{name}” exists and is not empty.", name=target.name),
            "Choose another, or allow overwriting (overwrite).",
        )
    if not (target / DESCRIPTOR).is_file():
        raise SamspillError(
            Message("The folder “{name}” holds something other than a study.", name=target.name),
            "Choose another folder; only a study is overwritten.",
        )


def _foreign_files(target: Path, files: Iterable[str]) -> list[Path]:
    if not target.exists():
        return []
    own = {DESCRIPTOR, README, *files, "cases.csv", "triangulation.csv"}
    return [path for path in target.iterdir() if path.name not in own]


def _write(study: Study, content: Content, folder: Path) -> None:
    variables = content.tables["variables"]
    attributes = attribute_types(dict(variables.select("variable", "type").iter_rows()))
    columns = {name: frame.columns for name, frame in content.tables.items()}
    package = descriptor(content.facts, columns, attributes)
    for name, frame in content.tables.items():
        write_csv(frame, folder / content.files[name])
    write_descriptor(folder, sealed(package, folder))
    (folder / README).write_bytes(readme(study).encode("utf-8"))
