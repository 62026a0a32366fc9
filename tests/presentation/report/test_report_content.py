"""The report of an invented study: its sentences follow from the study's numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import polars as pl
import pytest
from presentation.report.report_study import invented_study

from samspill.analysis import StudyAnalysis
from samspill.language import languages
from samspill.presentation.report import build_document, headline_findings
from samspill.presentation.report.document import (
    Callout,
    Document,
    FigureBlock,
    MethodNote,
    Number,
    TableBlock,
    blocks,
    plain,
    runs,
)

ReportIn = Callable[[str], Document]


@pytest.fixture
def report(report_in: ReportIn) -> Document:
    return report_in("en")


def tables(document: Document) -> dict[str, TableBlock]:
    return {block.id: block for block in blocks(document) if isinstance(block, TableBlock)}


def test_every_pointer_leads_somewhere(report: Document) -> None:
    assert report.problems() == []
    assert sum(isinstance(run, Number) for run in runs(report)) > 100


def test_chapters_ask_and_are_numbered_in_order(report: Document) -> None:
    chapters = [section for section in report.sections if section.number.isdigit()]
    assert [section.number for section in chapters] == [str(i + 1) for i in range(len(chapters))]
    assert all(section.title.endswith("?") for section in chapters)
    assert [s.number for s in report.sections if not s.number.isdigit()] == ["A", "B"]


def test_summary_counts_what_the_comparisons_show(study: StudyAnalysis, report: Document) -> None:
    effects = study.policy_effects(by="has_policy").frame
    starred = effects.filter(pl.col("p") < 0.05).height
    holm = effects.filter(pl.col("p_holm") < 0.05).height
    bh = effects.filter(pl.col("p_bh") < 0.05).height
    said = "\n".join(headline_findings(study, "en"))
    assert f"{effects.height} comparisons" in said
    assert f"below the 5 per cent level in {starred} of them" in said
    assert f"{bh} remain by Benjamini and Hochberg's method and {holm} by Holm's" in said
    assert "241 of 440" in said


def test_every_comparison_and_model_has_its_row(study: StudyAnalysis, report: Document) -> None:
    found = tables(report)
    n = study.policy_effects(by="has_policy").frame.height
    assert len(found["table-effects"].rows) == n
    assert len(found["table-counts"].rows) == n
    assert len(found["table-models"].rows) == n


def test_shares_stand_with_n_count_and_two_intervals(
    study: StudyAnalysis, report: Document
) -> None:
    table = tables(report)["table-organising"]
    row = next(row for row in table.rows if row.id == "share-meeting_point-integration")
    (wide,) = study.shares("meeting_point", fields=["integration"]).frame.to_dicts()
    (narrow,) = study.shares(
        "meeting_point", fields=["integration"], finite_population=True
    ).frame.to_dicts()
    assert row.cells[1:3] == (str(wide["n"]), str(wide["count"]))
    assert row.cells[4] == f"{100 * wide['low']:.1f}–{100 * wide['high']:.1f}%"
    assert row.cells[5] == f"{100 * narrow['low']:.1f}–{100 * narrow['high']:.1f}%"


def test_the_appendix_holds_every_printed_number(study: StudyAnalysis, report: Document) -> None:
    listed = sum(
        len(table.rows)
        for name, table in tables(report).items()
        if re.fullmatch(r"recomputed-\d+-table", name)
    )
    assert listed == study.study.printed.height


def test_the_planted_slip_is_told(report: Document) -> None:
    table = tables(report)["contradictions-table"]
    (row,) = table.rows
    assert "Integration" in row.cells[0]
    assert "DISAGREES" in row.cells


def test_invented_data_is_announced(report: Document) -> None:
    tones = [block.tone for block in blocks(report) if isinstance(block, Callout)]
    assert "invented" in tones
    assert "exact" not in tones


def test_reconstructed_data_is_announced_as_exact() -> None:
    document = build_document(invented_study(provenance="reconstructed exactly"), "en")
    tones = [block.tone for block in blocks(document) if isinstance(block, Callout)]
    assert "exact" in tones
    assert "invented" not in tones


def test_a_study_with_nothing_printed_gets_a_shorter_report() -> None:
    document = build_document(invented_study(printed=False), "en")
    assert document.problems() == []
    assert "recomputed" not in {section.id for section in document.sections}


@pytest.mark.parametrize("language", languages())
def test_every_figure_has_alt_text_and_its_numbers(report_in: ReportIn, language: str) -> None:
    following = pairwise(blocks(report_in(language)))
    drawn = [(b, then) for b, then in following if isinstance(b, FigureBlock)]
    figures = [figure for figure, _ in drawn]
    numbers = [f.label.split()[-1] for f in figures]
    assert [number for number in numbers if number.startswith("4.")] == [
        f"4.{i}" for i in (1, 2, 3, 4, 5, 11, 6, 7, 8, 9, 10)
    ]
    assert all(len(figure.alt) > 40 for figure in figures)
    for figure, then in drawn:
        table = figure.data or then
        assert isinstance(table, TableBlock)
        assert table.rows


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_nothing_is_left_in_english(report_in: ReportIn, language: str) -> None:
    document = report_in(language)
    cited = {block.source for block in blocks(document) if isinstance(block, MethodNote)}
    text = "\n".join(line for line in plain(document).split("\n") if line not in cited)
    assert not re.search(r"\b(the|with|and|municipalities|share|difference)\b", text)


def test_no_word_claims_a_cause(report: Document) -> None:
    assert not re.search(r"\b(effects?|causes?|leads? to more|impact|because of)\b", plain(report))
