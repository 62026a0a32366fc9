"""The report: a document written from an analysis, as HTML, PDF and DOCX.

``document`` is the model, ``content`` writes the chapters, ``html``, ``typst`` and ``docx`` give
the formats, and ``build`` brings them together.
"""

from samspill.presentation.report.build import build_document, build_report, headline_findings

__all__ = ["build_document", "build_report", "headline_findings"]
