"""What the library says is wrong, it says in every language."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import polib
import pytest

import samspill
from samspill.classification import read_changes
from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.instrument.files import parse_instrument
from samspill.instrument.limesurvey import kinds, reading
from samspill.language import said, said_with_problems, translate, translate_problem
from samspill.study import cells, delimited, validate_study, values
from samspill.study.limits import LIMITS

ROOMS = (
    "errors", "instrument", "classification", "study", "qualitative", "register", "selection",
)  # fmt: skip
PHRASES = {
    "instrument": {*kinds.NAMES.values(), *reading._WHOLE_SURVEY.values()},
    "study": {
        *delimited.SIGNS.values(),
        *values._TOLD.values(),
        *(told for told, _ in cells._TOLD.values()),
        *(limits.unit for limits in LIMITS.values()),
    },
}
SENTENCE = re.compile(r"[A-Z“{].* .*\.")
MISTAKES_OF_PROGRAMS = {"KeyError", "LookupError", "ValueError"}


def _modules(room: str) -> list[Path]:
    source = Path(samspill.__file__).parent
    folder = source / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [source / f"{room}.py"]


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module but docstrings, joined texts and faults for programmers alone."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
                continue
            case ast.Call(func=ast.Name(id=name)) if name in MISTAKES_OF_PROGRAMS:
                continue
        yield child
        yield from _nodes(child)


def _messages(room: str) -> set[str]:
    found = set(PHRASES.get(room, ()))
    for path in _modules(room):
        for node in _nodes(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Message" | "t"), args=[ast.Constant(str(text)), *_]
                ):
                    found.add(text)
                case ast.Call(
                    func=ast.Attribute(attr="_wrong"), args=[_, ast.Constant(str(text)), _]
                ):
                    found.add(text)
                case ast.Constant(value=str(text)) if SENTENCE.fullmatch(text):
                    found.add(text)
    return found


def _translated(language: str) -> set[str]:
    return {
        entry.msgid
        for path in files("samspill.language").joinpath("catalogues", language).iterdir()
        for entry in polib.pofile(path.read_text(encoding="utf-8"))
        if entry.translated()
    }


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("room", ROOMS)
def test_every_fault_of_a_room_is_translated(room: str, language: str) -> None:
    assert _messages(room) - _translated(language) == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_fault_is_put_together_beyond_translation(room: str) -> None:
    joined = [
        f"{path.name}:{node.lineno}"
        for path in _modules(room)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        and isinstance(last := node.values[-1], ast.Constant)
        and re.search(r"\w[)”]?\.$", last.value)
        and " " in last.value
    ]
    assert joined == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_message_that_rooms_share_says_the_same_in_all(language: str) -> None:
    """The catalogues are merged, so one message has one translation."""
    said_as: dict[str, set[str]] = {}
    for path in files("samspill.language").joinpath("catalogues", language).iterdir():
        for entry in polib.pofile(path.read_text(encoding="utf-8")):
            said_as.setdefault(entry.msgid, set()).add(entry.msgstr or str(entry.msgstr_plural))
    assert {message for message, forms in said_as.items() if len(forms) > 1} == set()


def test_a_message_is_its_english_text_and_comes_through_pickling() -> None:
    inner = Message("The form {name}", name="{a}")
    message = Message("{what} has {n} faults.", what=inner, n=2)
    assert message == "The form {a} has 2 faults."
    again = pickle.loads(pickle.dumps(message))
    assert (again, again.template, again.fields) == (message, message.template, message.fields)


def test_a_message_within_a_message_is_translated_too() -> None:
    error = InvalidInput(Message("The form {name}", name="f.xlsx"), [])
    assert str(error) == "The form f.xlsx has 0 faults. Each is listed with its place."
    assert said(error, "nb") == "Skjemaet f.xlsx har 0 feil. Hver står oppført med sitt sted."
    assert said(error, "en") == str(error)


def test_a_text_that_no_catalogue_has_is_left_as_it_is() -> None:
    assert translate("Allerede på norsk, {og} ferdig.", "nn") == "Allerede på norsk, {og} ferdig."
    assert translate("", "nb") == ""
    assert said(SamspillError("Whatever."), "nb") == "Whatever."


def test_a_problem_says_its_place_in_the_language() -> None:
    file = Message("{file}, sheet {sheet}", file="f.xlsx", sheet="survey")
    problem = Problem(file, 3, "type", Message("The type “{kind}” is not supported.", kind="x"), "")
    assert said(problem, "en") == str(problem).strip()
    assert said(problem, "nn") == "f.xlsx, arket survey, rad 3, kolonne type: " + (
        "Typen «x» er ikkje støtta."
    )
    assert translate_problem(problem, "nb").message == "Typen «x» støttes ikke."


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nb", "Det finnes ingen variabel «vei»."), ("nn", "Det finst ingen variabel «vei».")],
)
def test_a_questionnaire_with_a_fault_is_refused_in_the_language(
    language: str, expected: str
) -> None:
    text = """
identifier = "a"
version = "1"
languages = ["nb"]
title.nb = "A"
[[page]]
identifier = "p"
relevance = "${vei} = '1'"
[[page.question]]
variable = "q"
type = "text"
text.nb = "Q"
"""
    with pytest.raises(InvalidInput) as caught:
        parse_instrument(text)
    assert expected in said_with_problems(caught.value, language)[1]


def test_a_table_of_changes_with_a_fault_is_refused_in_the_language() -> None:
    heading = b"oldCode,oldName,newCode,newName,changeOccurred\n"
    with pytest.raises(InvalidInput) as caught:
        read_changes(heading + b"1,A,2,B,yesterday\n", "k.csv")
    assert said_with_problems(caught.value, "nb") == [
        "Endringstabellen «k.csv» har 1 feil. Hver står oppført med sitt sted.",
        "k.csv, rad 1, kolonne changeOccurred: Dagen er ingen dato. Skriv den som 2020-01-01.",
    ]


def test_a_study_with_faults_is_told_of_in_the_language(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("[]", encoding="utf-8")
    assert [said(problem, "nn") for problem in validate_study(tmp_path)] == [
        "datapackage.json: Fila inneheld ikkje noko JSON-objekt. Begynn ho med { ."
    ]
