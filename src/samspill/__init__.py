"""Samspill: how municipalities and voluntary organisations work together, mapped and measured.

import samspill as sp

study = sp.open_study("norway-2018")
study.shares("meeting_point", by="has_policy")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis, open_study
    from samspill.errors import InvalidInput, Problem, SamspillError
    from samspill.presentation import build_report, figure, table
    from samspill.reconstruction import (
        disclosure_check,
        grim,
        read_printed,
        reconstruct,
        reconstruct_microdata,
    )
    from samspill.statistics import cells
    from samspill.study import (
        Study,
        export_study,
        import_table,
        read_study,
        seal_study,
        validate_study,
        write_study,
    )
    from samspill.vocabulary import load as load_vocabulary

__version__ = "0.1.0"

_HOMES = {
    "StudyAnalysis": "analysis",
    "open_study": "analysis",
    "InvalidInput": "errors",
    "Problem": "errors",
    "SamspillError": "errors",
    "build_report": "presentation",
    "figure": "presentation",
    "table": "presentation",
    "disclosure_check": "reconstruction",
    "grim": "reconstruction",
    "reconstruct_microdata": "reconstruction",
    "read_printed": "reconstruction",
    "reconstruct": "reconstruction",
    "cells": "statistics",
    "Study": "study",
    "export_study": "study",
    "import_table": "study",
    "seal_study": "study",
    "read_study": "study",
    "validate_study": "study",
    "write_study": "study",
}

__all__ = [
    "InvalidInput",
    "Problem",
    "SamspillError",
    "Study",
    "StudyAnalysis",
    "build_report",
    "cells",
    "disclosure_check",
    "export_study",
    "figure",
    "grim",
    "import_table",
    "load_vocabulary",
    "open_study",
    "read_printed",
    "read_study",
    "reconstruct",
    "reconstruct_microdata",
    "seal_study",
    "table",
    "validate_study",
    "write_study",
]


def __getattr__(name: str) -> Any:
    if name == "load_vocabulary":
        return import_module("samspill.vocabulary").load
    if name in _HOMES:
        return getattr(import_module(f"samspill.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'samspill' has no attribute '{name}'")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
