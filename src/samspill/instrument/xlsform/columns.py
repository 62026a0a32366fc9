"""Which column holds which text in which language."""

from __future__ import annotations

from collections.abc import Iterable

from samspill.errors import Message
from samspill.instrument.xlsform.sheets import Faults, Sheet, language_of

SURVEY_TEXTS = ("label", "hint", "constraint_message", "samspill_label")
SURVEY_COLUMNS = (
    "type",
    "name",
    "required",
    "relevant",
    "constraint",
    "samspill_variable",
    "samspill_field",
    "samspill_type",
    "samspill_implied",
    "samspill_page",
    "samspill_repeat",
)
IGNORED_COLUMNS = ("appearance", "rows")
CHOICE_COLUMNS = ("list_name", "list name", "name", "value", "samspill_missing")

TextColumns = dict[str, dict[str, str]]


def text_columns(sheet: Sheet, kinds: Iterable[str], default: str, faults: Faults) -> TextColumns:
    """Kind of text → language → heading. A heading without language is in the default one."""
    found: TextColumns = {kind: {} for kind in kinds}
    for heading in sheet.columns:
        kind, _, language = (part.strip() for part in heading.partition("::"))
        if kind not in found or not _used(sheet, heading):
            continue
        code = language_of(language) if language else default
        if not code:
            step = "Write it as for example “label::English (en)”, or give a default_language."
            faults.report(sheet.name, None, heading, "The column's language has no code.", step)
        elif code in found[kind]:
            step = "Keep one of the columns."
            faults.report(
                sheet.name,
                None,
                heading,
                Message("“{code}” has two such columns.", code=code),
                step,
            )
        else:
            found[kind][code] = heading
    return found


def refuse_other_columns(
    sheet: Sheet, known: Iterable[str], texts: TextColumns, faults: Faults
) -> None:
    """Report every filled cell in a column that is not supported."""
    allowed = set(known)
    for heading in sheet.columns:
        if heading in allowed or heading.partition("::")[0].strip() in texts:
            continue
        for row in sheet.rows:
            if row[heading] and row[heading].lower() not in {"false", "no", "false()"}:
                step = "Empty the cell, or express it another way."
                message = Message("“{heading}” is not supported.", heading=heading)
                faults.report(sheet.name, row, heading, message, step)


def _used(sheet: Sheet, heading: str) -> bool:
    return any(row[heading] for row in sheet.rows)
