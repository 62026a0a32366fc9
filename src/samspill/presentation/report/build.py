"""``build_report``: from an analysis to files, every figure drawn once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from samspill.errors import SamspillError
from samspill.language import language as conventions
from samspill.language import translator
from samspill.presentation.report.content import drawn, sections
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.content.opening import editions, opening, warning
from samspill.presentation.report.content.summary import headline
from samspill.presentation.report.document import Document, Wording
from samspill.presentation.report.drawings import Drawings

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis
    from samspill.analysis.change import Waves

Progress = Callable[[int, int, str], None]

FORMATS = ("html", "pdf", "docx")


def build_report(
    analysis: StudyAnalysis,
    language: str,
    formats: Sequence[str],
    folder: str | Path,
    progress: Progress | None = None,
    *,
    waves: Waves | None = None,
) -> list[Path]:
    """Write the report as ``<study>-<language>.<format>`` in ``folder``; the files' paths.

    ``formats`` are among ``html``, ``pdf`` and ``docx``. ``progress(step, of, label)`` is told of
    every figure drawn and file made. With ``waves``, whose last is ``analysis``, it tells what has
    changed. Nothing is written unless every format could be made.
    Raises SamspillError for an unknown language or format.
    """
    chosen = _chosen(formats)
    steps = _Steps(len(drawn()) + len(chosen), language, progress)
    document = build_document(analysis, language, steps.figure, waves=waves)
    made = {}
    for name in chosen:
        steps.file(name)
        made[name] = _writer(name)(document)
    steps.done()
    return _saved(made, Path(folder), f"{document.identifier}-{language}")


def build_document(
    analysis: StudyAnalysis,
    language: str,
    notice: Callable[[str], None] = lambda _: None,
    *,
    waves: Waves | None = None,
) -> Document:
    """The report in one language, before any format. ``notice`` is told what is being drawn."""
    t = translator(language)
    drawings = Drawings(analysis, language, t, notice)
    material = Material(analysis, language, drawings, waves)
    study = analysis.study
    document = Document(
        identifier=study.identifier,
        title=study.title.get(language) or study.identifier,
        subtitle=t("Recomputed from the printed numbers, with the counts behind each")
        if material.reconstructed
        else t("Computed from the answers, with the counts behind each number"),
        description=t(
            "Report on collaboration between municipalities and voluntary organisations, in which "
            "every number can be followed back to the counts behind it."
        ),
        author="Samspill",
        tag=conventions(language).tag,
        date=datetime.date(int(study.year), 12, 31),
        wording=Wording(
            contents=t("Contents"),
            language=editions(material),
            skip=t("Skip to the contents of the report"),
            data_behind=t("The numbers behind"),
            formula=t("What is done"),
            source=t("Source"),
            limits=t("When not to use it"),
        ),
        sections=sections(material),
        opening=opening(material),
        warning=warning(material),
    )
    problems = document.problems()
    if problems:
        raise SamspillError(
            f"The report does not hold together: {problems[0]}.", "Report this as a fault."
        )
    return document


def headline_findings(analysis: StudyAnalysis, language: str) -> list[str]:
    """The findings that the summary opens with, as plain sentences."""
    drawings = Drawings(analysis, language, translator(language), lambda _: None)
    found = headline(Material(analysis, language, drawings))
    return ["".join(run.text for run in runs) for runs in found]


class _Steps:
    """Counts steps for whoever shows progress; figures beyond those foreseen move nothing."""

    def __init__(self, of: int, language: str, progress: Progress | None) -> None:
        self._of = of
        self._t = translator(language)
        self._progress = progress
        self._step = 0

    def figure(self, number: str) -> None:
        self._move(self._t("Figure or table {number}", number=number))

    def file(self, name: str) -> None:
        self._move(self._t("Writing {format}", format=name.upper()))

    def done(self) -> None:
        if self._progress:
            self._progress(self._of, self._of, self._t("Done"))

    def _move(self, label: str) -> None:
        if self._progress:
            self._progress(min(self._step, self._of - 1), self._of, label)
        self._step += 1


def _chosen(formats: Sequence[str]) -> tuple[str, ...]:
    names = (formats,) if isinstance(formats, str) else tuple(dict.fromkeys(formats))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise SamspillError(
            f"A report is not written as '{unknown[0]}'." if unknown else "No format was given.",
            f"Choose among {', '.join(FORMATS)}.",
        )
    return names


def _writer(name: str) -> Callable[[Document], bytes]:
    if name == "html":
        from samspill.presentation.report.html import write_html

        return write_html
    if name == "pdf":
        from samspill.presentation.report.typst import write_pdf

        return write_pdf
    from samspill.presentation.report.docx import write_docx

    return write_docx


def _saved(made: dict[str, bytes], folder: Path, stem: str) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".report-") as name:
            beside = [Path(name) / f"{stem}.{ending}" for ending in made]
            for path, content in zip(beside, made.values(), strict=True):
                path.write_bytes(content)
            return [path.replace(folder / path.name) for path in beside]
    except OSError as error:
        raise SamspillError(
            f"The report could not be written in '{folder}': {error.strerror}.",
            "Choose a folder that can be written to.",
        ) from error
