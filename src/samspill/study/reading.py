"""Read a study from its folder, or say everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from samspill.errors import InvalidInput, Problem
from samspill.study.cells import check_cells, check_columns, typed
from samspill.study.checks import Content, check_content
from samspill.study.delimited import read_csv
from samspill.study.model import Study
from samspill.study.package import read_descriptor, read_facts, resource_paths
from samspill.study.places import in_words
from samspill.study.schema import TABLES, attribute_types
from samspill.study.seal import changed_files
from samspill.vocabulary import Vocabulary, load


def read_study(folder: Path | str, vocabulary: Vocabulary | None = None) -> Study:
    """The study in a folder.

    ``vocabulary`` says which fields there are; Samspill's own where it is left out.

    Raises:
        InvalidInput: with every fault and its place.
    """
    folder = Path(folder)
    content, problems = _read(folder, vocabulary or load())
    if problems or content is None:
        raise InvalidInput(in_words(folder), problems)
    return build(content)


def validate_study(folder: Path | str, vocabulary: Vocabulary | None = None) -> list[Problem]:
    """Everything that is wrong with the study in a folder; empty where it is sound.

    Beside what ``read_study`` demands, the tables are held against the Table Schemas that the
    folder's own ``datapackage.json`` declares, which may ask for more, and the files against the
    digests that it was sealed with.
    """
    folder = Path(folder)
    _, problems = _read(folder, vocabulary or load())
    if problems:
        return problems
    from samspill.study.declared import check_declared

    return check_declared(folder) + [_changed(path) for path in changed_files(folder)]


def _changed(path: str) -> Problem:
    step = "If the change is meant, seal the study anew (samspill study seal); else put it back."
    return Problem(path, None, None, "The file has been changed since the study was sealed.", step)


def build(content: Content) -> Study:
    """The typed study of a content that was checked."""
    facts = content.facts
    attributes = attribute_types(_types(content.tables["variables"]))
    frames = {
        name: typed(TABLES[name], frame, attributes) for name, frame in content.tables.items()
    }
    return Study(
        facts.identifier,
        dict(facts.title),
        facts.population_size,
        facts.year,
        facts.response_attribute,
        weighting=facts.weighting,
        **frames,
    )


def check(content: Content) -> list[Problem]:
    """Faults of columns and cells; where there are none, those between the tables."""
    problems = []
    for name, frame in content.tables.items():
        problems.extend(check_columns(TABLES[name], frame.columns, content.files[name]))
    if problems:
        return problems
    attributes = attribute_types(_types(content.tables["variables"]))
    for name, frame in content.tables.items():
        problems.extend(check_cells(TABLES[name], frame, attributes, content.files[name]))
    return problems + check_content(content)


def _types(variables: pl.DataFrame) -> dict[str, str]:
    return dict(variables.select("variable", "type").iter_rows())


def _read(folder: Path, vocabulary: Vocabulary) -> tuple[Content | None, list[Problem]]:
    raw, problems = read_descriptor(folder)
    if problems:
        return None, problems
    facts, problems = read_facts(raw)
    paths, path_problems = resource_paths(raw, folder)
    problems.extend(path_problems)
    tables: dict[str, pl.DataFrame] = {}
    for name in TABLES:
        if name in paths:
            frame, faults = read_csv(folder / paths[name], paths[name])
            problems.extend(faults)
            if frame is not None:
                tables[name] = frame
    if problems or facts is None:
        return None, problems
    content = Content(facts, tables, paths, vocabulary)
    return content, check(content)
