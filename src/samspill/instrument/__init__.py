"""Instruments: pages of questions in several languages, and the rules by which they are answered.

Reads and writes them as TOML, XLSForm and LimeSurvey files and writes DDI-Codebook; says which
questions given answers open, what is wrong with an answer, and what is missing; turns answers
into the tables of a study; and says what stays comparable between two versions.
"""

from samspill.instrument.answering import (
    Fault,
    Progress,
    missing_items,
    normalise_answers,
    progress,
    validate_answers,
    validate_values,
    without_irrelevant,
)
from samspill.instrument.ddi import ddi_codebook, write_ddi
from samspill.instrument.expressions import format_expression
from samspill.instrument.files import (
    instrument_digest,
    parse_instrument,
    read_instrument,
    write_instrument,
)
from samspill.instrument.limesurvey import read_limesurvey
from samspill.instrument.model import Category, CodeList, Field, Instrument, Page, Question
from samspill.instrument.parsing import parse_expression
from samspill.instrument.shipping import shipped_instrument, shipped_instruments
from samspill.instrument.steps import (
    Asked,
    Item,
    Step,
    relevant_items,
    relevant_steps,
    steps,
    worded,
)
from samspill.instrument.tables import answers_table, categories_table, variables_table
from samspill.instrument.toml_writing import instrument_text
from samspill.instrument.validation import validate_instrument
from samspill.instrument.versions import InstrumentComparison, VariableChange, compare
from samspill.instrument.xlsform import read_xlsform, write_xlsform

__all__ = [
    "Asked",
    "Category",
    "CodeList",
    "Fault",
    "Field",
    "Instrument",
    "InstrumentComparison",
    "Item",
    "Page",
    "Progress",
    "Question",
    "Step",
    "VariableChange",
    "answers_table",
    "categories_table",
    "compare",
    "ddi_codebook",
    "format_expression",
    "instrument_digest",
    "instrument_text",
    "missing_items",
    "normalise_answers",
    "parse_expression",
    "parse_instrument",
    "progress",
    "read_instrument",
    "read_limesurvey",
    "read_xlsform",
    "relevant_items",
    "relevant_steps",
    "shipped_instrument",
    "shipped_instruments",
    "steps",
    "validate_answers",
    "validate_instrument",
    "validate_values",
    "variables_table",
    "without_irrelevant",
    "worded",
    "write_ddi",
    "write_instrument",
    "write_xlsform",
]
