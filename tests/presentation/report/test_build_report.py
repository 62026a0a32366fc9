from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from presentation.report.test_pdf_writer import elements

from samspill.analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.presentation import build_report
from samspill.presentation.report import build_document
from samspill.presentation.report.document import FigureBlock, blocks


def test_all_formats_come_with_progress_and_nothing_else(
    study: StudyAnalysis, tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    written = build_report(
        study, "nn", ("html", "pdf", "docx"), tmp_path / "out", lambda *step: told.append(step)
    )
    assert [path.name for path in written] == [f"invented-nn.{x}" for x in ("html", "pdf", "docx")]
    assert sorted((tmp_path / "out").iterdir()) == sorted(written)
    steps = [step for step, _, _ in told]
    assert steps == sorted(steps)
    assert told[-1][0] == told[-1][1] == len(told) - 1
    drawn = [b for b in blocks(build_document(study, "nn")) if isinstance(b, FigureBlock)]
    _has_alt_text_throughout(written[1].read_bytes(), len(drawn))


def _has_alt_text_throughout(pdf: bytes, drawn: int) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        figures = [e for e in elements(opened.Root.StructTreeRoot.K) if e.S == "/Figure"]
        assert len(figures) == drawn
        assert all(str(figure.Alt) for figure in figures)
        assert str(opened.Root.Lang) == "nn-NO"


@pytest.mark.parametrize("formats", [(), ("odt",), ("html", "doc")])
def test_an_unknown_format_is_refused_before_anything_is_made(
    study: StudyAnalysis, tmp_path: Path, formats: tuple[str, ...]
) -> None:
    with pytest.raises(SamspillError) as caught:
        build_report(study, "nb", formats, tmp_path / "out")
    assert "html, pdf, docx" in caught.value.next_step
    assert not (tmp_path / "out").exists()


def test_an_unknown_language_is_refused(study: StudyAnalysis, tmp_path: Path) -> None:
    with pytest.raises(SamspillError, match="no language 'xx'"):
        build_report(study, "xx", ("html",), tmp_path)


def test_a_folder_that_is_a_file_is_refused(study: StudyAnalysis, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("")
    with pytest.raises(SamspillError, match="could not be written"):
        build_report(study, "en", ("html",), occupied)
