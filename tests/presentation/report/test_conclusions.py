"""What is concluded stands only where nothing that was tried takes it away."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from samspill.analysis import StudyAnalysis, open_study
from samspill.presentation.report.content import conclusions
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import Document, TableBlock, blocks
from samspill.presentation.report.drawings import Drawings

STANDING = ("Stands", "On a condition", "Open")


def rows_of(document: Document) -> dict[str, tuple[str, ...]]:
    (table,) = (b for b in blocks(document) if b.kind == "table" and b.id == conclusions.TABLE)
    assert isinstance(table, TableBlock)
    return {f"{row.group}: {row.cells[0]}": row.cells for row in table.rows}


def test_each_difference_below_the_level_has_its_standing(
    study: StudyAnalysis, report_in: Callable[[str], Document]
) -> None:
    rows = [cells for name, cells in rows_of(report_in("en")).items() if "policy (" in name]
    effects = study.policy_effects(by="has_policy").frame.filter(pl.col("p") < 0.05)
    assert len(rows) == effects.height
    assert {cells[-1] for cells in rows} <= set(STANDING)
    remaining = effects.filter(pl.col("p_bh") < 0.05).height
    assert sum(cells[-1] != "Open" for cells in rows) == remaining
    assert sum(cells[3] == "Does not remain" for cells in rows) == effects.height - remaining


def test_a_share_holds_without_condition_only_where_the_silent_cannot_halve_it(
    study: StudyAnalysis, report_in: Callable[[str], Document]
) -> None:
    shares = study.sensitivity("has_relation", fields=study.fields).frame
    by_field = {
        study.label(row["field"], "en"): row for row in shares.to_dicts() if row["low"] > 0.5
    }
    rows = {n: c for n, c in rows_of(report_in("en")).items() if n.startswith("At least half")}
    assert {cells[0] for cells in rows.values()} == set(by_field)
    for cells in rows.values():
        row = by_field[cells[0]]
        least = row["count"] / (row["n"] + row["silent"])
        assert (cells[-1] == "Stands") == (least >= 0.5)


@pytest.fixture(scope="module")
def founding() -> Material:
    from samspill.language import translator

    analysis = open_study("norway-2018")
    words = translator("en")
    return Material(analysis, "en", Drawings(analysis, "en", words, lambda name: None))


def test_what_the_interviews_deny_is_open_until_somebody_settles_it(founding: Material) -> None:
    section = conclusions.chapter(founding)
    assert section is not None
    (beside,) = (
        block
        for block in section.blocks
        if isinstance(block, TableBlock) and block.id == conclusions.BESIDE
    )
    for row in beside.rows:
        assert (row.cells[2] == "Contradictory") == (row.cells[-1] == "Open")
    phases = [row for row in beside.rows if row.group == "Extent by phase"]
    assert len(phases) == 4
    assert {row.cells[-1] for row in phases} == {"Open"}


def test_the_founding_study_has_one_difference_that_nothing_tried_takes_away(
    founding: Material,
) -> None:
    section = conclusions.chapter(founding)
    assert section is not None
    (table,) = (
        block
        for block in section.blocks
        if isinstance(block, TableBlock) and block.id == conclusions.TABLE
    )
    stands = [row.cells[0] for row in table.rows if row.cells[-1] == "Stands"]
    assert stands == ["Culture and leisure", "Activity grant in integration"]
