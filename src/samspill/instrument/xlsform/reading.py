"""An instrument from an XLSForm workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from samspill.errors import InvalidInput, Message, SamspillError
from samspill.instrument.expressions import Expression
from samspill.instrument.model import (
    ONCE,
    Category,
    CodeList,
    Field,
    Instrument,
    Page,
    Question,
)
from samspill.instrument.parsing import parse_expression
from samspill.instrument.validation import validate_instrument
from samspill.instrument.xlsform.bounds import without_bound
from samspill.instrument.xlsform.columns import (
    CHOICE_COLUMNS,
    IGNORED_COLUMNS,
    SURVEY_COLUMNS,
    SURVEY_TEXTS,
    refuse_other_columns,
    text_columns,
)
from samspill.instrument.xlsform.restoring import Restoring
from samspill.instrument.xlsform.rows import Entry, Group, groups
from samspill.instrument.xlsform.sheets import (
    Faults,
    Row,
    Sheet,
    language_of,
    read_sheets,
    words_in,
)

_YES = frozenset(("yes", "true", "true()", "1"))
_NO = frozenset(("", "no", "false", "false()", "0"))


def read_xlsform(file: Path | str, language: str = "") -> Instrument:
    """The instrument in an XLSForm workbook (.xlsx).

    Each group becomes a page; questions outside groups form pages of their own. ``integer`` is
    read as ``count``; ``select_one`` as ``binary`` where its values are 0 and 1, else as
    ``nominal``, unless the column ``samspill_type`` says more. Rows of metadata (start, end,
    deviceid …) ask nothing and are passed over, as is the column ``appearance``. Texts without
    language are in the form's ``default_language``, or in ``language``.

    Raises:
        InvalidInput: something is unsupported or unsound; each fault has its sheet, row (from 1
            under the heading) and column.
    """
    path = Path(file)
    faults = Faults(path.name)
    sheets = read_sheets(path, faults)
    instrument = None
    if "survey" in sheets:
        instrument = _Reader(sheets, language, path.stem, faults).instrument()
    else:
        faults.report("survey", None, "", "There is no such sheet.", "Add the sheet.")
    if instrument is None or faults.problems:
        raise InvalidInput(Message("The form {name}", name=path.name), faults.problems)
    problems = validate_instrument(instrument, path.name)
    if problems:
        raise InvalidInput(Message("The form {name}", name=path.name), problems)
    return instrument


class _Reader:
    def __init__(
        self, sheets: Mapping[str, Sheet], language: str, stem: str, faults: Faults
    ) -> None:
        self.faults = faults
        self.stem = stem
        self.survey = sheets["survey"]
        self.choices = sheets.get("choices", Sheet("choices"))
        self.fields_sheet = sheets.get("samspill_fields", Sheet("samspill_fields"))
        self.settings_sheet = sheets.get("settings", Sheet("settings"))
        rows = self.settings_sheet.rows
        self.settings = rows[0] if rows else Row(1, {})
        self.default = language_of(self.settings["default_language"]) or language
        self.texts = text_columns(self.survey, SURVEY_TEXTS, self.default, faults)
        self.code_lists = self.read_choices()

    def instrument(self) -> Instrument:
        known = (*SURVEY_COLUMNS, *IGNORED_COLUMNS)
        refuse_other_columns(self.survey, known, self.texts, self.faults)
        found = groups(self.survey, self.faults)
        fields = self.fields()
        languages = self.languages()
        restoring = Restoring(fields, self.names(found), self.faults)
        pages: list[Page] = []
        for parts in restoring.gathered(found):
            pages.append(restoring.page([self.page(n, g) for n, g in parts]))
        identifier = self.settings["form_id"] or self.settings["id_string"] or self.stem
        titles = text_columns(self.settings_sheet, ("samspill_title",), self.default, self.faults)
        title = words_in(self.settings, titles["samspill_title"]) or dict.fromkeys(
            languages, self.settings["form_title"] or identifier
        )
        return Instrument(
            identifier=identifier,
            version=self.settings["version"] or "1",
            languages=languages,
            title=title,
            pages=tuple(pages),
            fields=fields,
        )

    def languages(self) -> tuple[str, ...]:
        found = dict.fromkeys(self.texts["label"])
        return tuple(found) or ((self.default,) if self.default else ())

    def fields(self) -> tuple[Field, ...]:
        columns = text_columns(self.fields_sheet, ("label",), self.default, self.faults)
        return tuple(
            Field(row["identifier"], words_in(row, columns["label"]))
            for row in self.fields_sheet.rows
        )

    def read_choices(self) -> dict[str, CodeList]:
        columns = text_columns(self.choices, ("label",), self.default, self.faults)
        refuse_other_columns(self.choices, CHOICE_COLUMNS, columns, self.faults)
        lists: dict[str, list[Category]] = {}
        for row in self.choices.rows:
            name = row["list_name"] or row["list name"]
            value = row["name"] or row["value"]
            missing = row["samspill_missing"].lower() in _YES
            category = Category(value, words_in(row, columns["label"]), missing)
            lists.setdefault(name, []).append(category)
        return {name: CodeList(name, tuple(found)) for name, found in lists.items()}

    def names(self, found: list[Group]) -> dict[str, tuple[str, str]]:
        """Name of a row → variable and field."""
        names: dict[str, tuple[str, str]] = {}
        waiting = list(found)
        while waiting:
            for member in waiting.pop().members:
                if isinstance(member, Group):
                    waiting.append(member)
                    continue
                row = member.row
                variable = row["samspill_variable"] or row["name"]
                names[row["name"]] = (variable, row["samspill_field"])
        return names

    def page(self, number: int, group: Group) -> tuple[Group, Page]:
        row = group.row
        if row is None:
            questions = self.questions(group)
            return group, Page(f"page_{number}", tuple(questions))
        if row["hint"] or row["required"].lower() not in _NO or row["constraint"]:
            step = "Empty the hint, required and constraint of the group."
            self.faults.report(self.survey.name, row, "", "A group has no such rule.", step)
        return group, Page(
            identifier=row["samspill_page"] or row["name"],
            questions=tuple(self.questions(group)),
            title=words_in(row, self.texts["label"]),
            repeat=row["samspill_repeat"] or ONCE,
            relevance=self.expression(row, "relevant"),
        )

    def questions(self, group: Group) -> list[Question]:
        found = []
        for member in group.members:
            if isinstance(member, Entry):
                member.question = self.question(member)
                found.append(member.question)
            elif member.row is not None and member.row["samspill_variable"]:
                member.text = words_in(member.row, self.texts["label"])
                found.extend(self.questions(member))
            else:
                step = "Keep groups on one level."
                message = "A group inside a group is not supported."
                self.faults.report(self.survey.name, member.row, "type", message, step)
        return found

    def question(self, entry: Entry) -> Question:
        row = entry.row
        code_list = self.code_lists.get(entry.choices)
        if entry.choices and code_list is None:
            step = "Add it to the sheet choices."
            fault = Message("There is no list “{choices}”.", choices=entry.choices)
            self.faults.report(self.survey.name, row, "type", fault, step)
        constraint = self.expression(row, "constraint")
        message = words_in(row, self.texts["constraint_message"])
        type_ = row["samspill_type"] or entry.type
        if not row["samspill_type"] and code_list and set(code_list.values()) == {"0", "1"}:
            type_ = "binary" if entry.type == "nominal" else entry.type
        return Question(
            variable=row["samspill_variable"] or row["name"],
            type=type_,
            text=words_in(row, self.texts["label"]),
            label=words_in(row, self.texts["samspill_label"]),
            hint=words_in(row, self.texts["hint"]),
            code_list=code_list,
            required=self.required(row),
            relevance=self.expression(row, "relevant"),
            constraint=self.stripped(type_, constraint, bool(message)),
            constraint_message=message,
            implied=row["samspill_implied"],
        )

    def stripped(self, type_: str, constraint: Expression | None, told: bool) -> Expression | None:
        without = without_bound(constraint) if type_ == "count" else constraint
        return constraint if without is None and told else without

    def required(self, row: Row) -> bool:
        written = row["required"].lower()
        if written not in _YES | _NO:
            message = Message("“{written}” is neither yes nor no.", written=row["required"])
            step = "A question is always required or never; write yes or leave it empty."
            self.faults.report(self.survey.name, row, "required", message, step)
        return written in _YES

    def expression(self, row: Row, column: str) -> Expression | None:
        if not row[column]:
            return None
        try:
            return parse_expression(row[column])
        except SamspillError as error:
            self.faults.report(self.survey.name, row, column, error.message, error.next_step)
            return None
