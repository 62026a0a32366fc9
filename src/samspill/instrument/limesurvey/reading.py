"""An instrument from a LimeSurvey survey structure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from samspill.errors import InvalidInput, Message, SamspillError
from samspill.instrument.expressions import Expression
from samspill.instrument.limesurvey.document import Document, Faults, Record, read_document
from samspill.instrument.limesurvey.kinds import (
    ARRAYS,
    FREE,
    LISTS,
    NAMES,
    SCALES,
    YES_NO_CODES,
    constraint_of,
)
from samspill.instrument.limesurvey.relevance import Meaning, parse_relevance
from samspill.instrument.limesurvey.texts import UnsupportedText, plain_text
from samspill.instrument.model import (
    NO_WORDS,
    Category,
    CodeList,
    Instrument,
    Page,
    Question,
    Words,
)
from samspill.instrument.naming import column_name
from samspill.instrument.tables import YES_NO
from samspill.instrument.validation import validate_instrument

_WHOLE_SURVEY = {
    "conditions": "conditions of the old kind",
    "defaultvalues": "default answers",
    "quota": "quotas",
    "assessments": "assessments",
}


def read_limesurvey(file: Path | str) -> Instrument:
    """The instrument in a LimeSurvey survey structure (.lss, LimeSurvey 4 and later).

    Groups become pages, a group's description and the welcome text notes. An array becomes one
    question for each row. HTML is reduced to its words. The survey's first language comes first.

    Raises:
        InvalidInput: something is unsupported or unsound; each fault names its place.
    """
    path = Path(file)
    document = read_document(path)
    faults = Faults(path.name)
    instrument = _Reader(document, faults, path.stem).instrument()
    problems = faults.problems or validate_instrument(instrument, path.name)
    if problems:
        raise InvalidInput(Message("The survey {name}", name=path.name), problems)
    return instrument


@dataclass(slots=True)
class _Reader:
    document: Document
    faults: Faults
    stem: str
    languages: tuple[str, ...] = field(init=False)
    names: dict[str, Meaning] = field(init=False)

    def __post_init__(self) -> None:
        survey = next(iter(self.document.rows("surveys")), {})
        base = survey.get("language", "")
        rest = [code for code in self.document.languages if code != base]
        self.languages = (base, *rest) if base else tuple(rest)
        self.names = self._names()

    def instrument(self) -> Instrument:
        for section, what in _WHOLE_SURVEY.items():
            if self.document.rows(section):
                step = "Remove them in LimeSurvey."
                self.faults.report(
                    section,
                    Message("The survey has {what}, not supported.", what=Message(what)),
                    step,
                )
        settings = self.document.rows("surveys_languagesettings")
        title = self.by_language("survey title", settings, "surveyls_title", "surveyls_language")
        welcome = self.by_language(
            "survey welcome", settings, "surveyls_welcometext", "surveyls_language"
        )
        pages = [
            self.page(group) for group in _ordered(self.document.rows("groups"), "group_order")
        ]
        if welcome:
            pages.insert(0, Page("welcome", (Question("welcome_text", "note", welcome),)))
        survey = next(iter(self.document.rows("surveys")), {})
        return Instrument(
            identifier=f"limesurvey-{survey.get('sid') or self.stem}",
            version="1",
            languages=self.languages,
            title=title,
            pages=tuple(page for page in pages if page.questions),
        )

    def by_language(
        self, place: str, rows: list[Record], key: str, language: str = "language"
    ) -> Words:
        """The texts of rows by language; nothing where all are empty."""
        found: dict[str, str] = {}
        for code in self.languages:
            for row in rows:
                if row.get(language) != code:
                    continue
                try:
                    found[code] = plain_text(row.get(key, ""))
                except UnsupportedText as error:
                    step = "Take it out in LimeSurvey."
                    self.faults.report(f"{place} ({code})", error.message, step)
        return found if any(found.values()) else NO_WORDS

    def page(self, group: Record) -> Page:
        gid = group["gid"]
        texts = [row for row in self.document.rows("group_l10ns") if row.get("gid") == gid]
        place = f"group {gid}"
        description = self.by_language(f"{place} description", texts, "description")
        questions = [
            question
            for row in _ordered(self.document.rows("questions"), "question_order")
            if row.get("gid") == gid and row.get("parent_qid", "0") in {"", "0"}
            for question in self.question(row)
        ]
        if description:
            questions.insert(0, Question(f"group_{gid}_text", "note", description))
        return Page(
            identifier=f"group_{gid}",
            questions=tuple(questions),
            title=self.by_language(f"{place} name", texts, "group_name"),
            relevance=self.rule(f"{place} relevance", group.get("grelevance", "")),
        )

    def rule(self, place: str, text: str) -> Expression | None:
        return self.guarded(place, lambda: parse_relevance(text, self.names))

    def guarded(self, place: str, read: Callable[[], Expression | None]) -> Expression | None:
        try:
            return read()
        except SamspillError as error:
            self.faults.report(place, error.message, error.next_step)
            return None

    def question(self, row: Record) -> Iterator[Question]:
        kind, title = row["type"], row["title"]
        place = f"question {title}"
        if kind not in {*LISTS, *SCALES, *FREE, *ARRAYS, "Y", "M"}:
            what = Message(NAMES.get(kind, "not known"))
            message = Message("The type {kind} ({what}) is not supported.", kind=kind, what=what)
            self.faults.report(f"{place} type", message, "Ask it in another way.")
            return
        if row.get("other") == "Y":
            step = "Add a category and a text question instead."
            self.faults.report(f"{place} other", "An answer “other” is not supported.", step)
        made = Question(
            variable=title,
            type={**FREE, **LISTS, **SCALES, **ARRAYS, "Y": "binary", "M": "multiple"}[kind],
            text=self.text(f"{place} text", row["qid"], "question"),
            hint=self.text(f"{place} help", row["qid"], "help"),
            code_list=self.code_list(row),
            required=row.get("mandatory") == "Y",
            relevance=self.rule(f"{place} relevance", row.get("relevance", "")),
            constraint=self.guarded(
                f"{place} attributes", lambda: constraint_of(kind, self.attributes(row["qid"]))
            ),
        )
        if kind in ARRAYS:
            yield from self.array(row, made)
        else:
            yield made

    def array(self, row: Record, whole: Question) -> Iterator[Question]:
        for sub in self.subquestions(row["qid"]):
            name = column_name(row["title"], sub["title"])
            item = self.text(f"question {name} text", sub["qid"], "question")
            yield Question(
                variable=name,
                type=whole.type,
                text={c: "\n".join(filter(None, (whole.text.get(c), t))) for c, t in item.items()},
                label=item,
                hint=whole.hint,
                code_list=whole.code_list,
                required=whole.required,
                relevance=whole.relevance,
                constraint=whole.constraint,
            )

    def text(self, place: str, qid: str, key: str) -> Words:
        rows = [row for row in self.document.rows("question_l10ns") if row.get("qid") == qid]
        return self.by_language(place, rows, key)

    def subquestions(self, qid: str) -> list[Record]:
        rows = [r for r in self.document.rows("subquestions") if r.get("parent_qid") == qid]
        for row in rows:
            if row.get("relevance", "") not in {"", "1"}:
                place = f"question {row['title']} relevance"
                step = "Let it follow the whole question."
                self.faults.report(place, "A row with its own relevance is not supported.", step)
        return _ordered(rows, "question_order")

    def attributes(self, qid: str) -> dict[str, str]:
        rows = [r for r in self.document.rows("question_attributes") if r.get("qid") == qid]
        return {row["attribute"]: row.get("value", "").strip() for row in rows}

    def code_list(self, row: Record) -> CodeList | None:
        kind, title = row["type"], row["title"]
        if kind in SCALES:
            labels = {str(n): dict.fromkeys(self.languages, str(n)) for n in range(1, 6)}
            return CodeList("points", tuple(Category(v, label) for v, label in labels.items()))
        if kind == "Y":
            return self.yes_no(title)
        if kind == "M":
            subs = self.subquestions(row["qid"])
            found = [
                Category(
                    s["title"], self.text(f"question {title}_{s['title']}", s["qid"], "question")
                )
                for s in subs
            ]
            return CodeList(title, tuple(found))
        if kind in LISTS or kind == "F":
            return CodeList(title, tuple(self.answers(row)))
        return None

    def yes_no(self, title: str) -> CodeList:
        unknown = [code for code in self.languages if code not in YES_NO["1"]]
        if unknown:
            step = "Make it a list with the answers written out."
            message = Message(
                "LimeSurvey's own words for yes and no in {languages} are not known.",
                languages=", ".join(unknown),
            )
            self.faults.report(f"question {title} type", message, step)
        labels = {v: {c: YES_NO[v].get(c, "") for c in self.languages} for v in ("1", "0")}
        return CodeList("yes_no", tuple(Category(v, label) for v, label in labels.items()))

    def answers(self, row: Record) -> Iterator[Category]:
        rows = [a for a in self.document.rows("answers") if a.get("qid") == row["qid"]]
        texts = self.document.rows("answer_l10ns")
        for answer in _ordered(rows, "sortorder"):
            own = [text for text in texts if text.get("aid") == answer["aid"]]
            place = f"question {row['title']} answer {answer['code']}"
            yield Category(answer["code"], self.by_language(place, own, "answer"))

    def _names(self) -> dict[str, Meaning]:
        open_groups = {
            g["gid"] for g in self.document.rows("groups") if g.get("grelevance", "") in {"", "1"}
        }
        found: dict[str, Meaning] = {}
        for row in self.document.rows("questions"):
            title, kind = row["title"], row["type"]
            always = row.get("gid") in open_groups and row.get("relevance", "") in {"", "1"}
            codes = YES_NO_CODES if kind == "Y" else None
            if kind not in ARRAYS and kind != "M":
                found[title] = Meaning(title, "", codes, always)
                continue
            for sub in self.document.rows("subquestions"):
                if sub.get("parent_qid") == row["qid"]:
                    name = column_name(title, sub["title"])
                    variable, category = (title, sub["title"]) if kind == "M" else (name, "")
                    found[name] = Meaning(variable, category, None, always)
        return found


def _ordered(rows: list[Record], key: str) -> list[Record]:
    def place(row: Record) -> int:
        written = row.get(key, "").strip()
        return int(written) if written.isdigit() else 0

    return sorted(rows, key=place)
