"""LimeSurvey: surveys are read, or refused at the group or question."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samspill.errors import InvalidInput, SamspillError
from samspill.instrument import format_expression, read_limesurvey
from samspill.instrument.limesurvey.relevance import Meaning, parse_relevance
from samspill.instrument.limesurvey.texts import UnsupportedText, plain_text

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "instruments"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not here")

GROUPS = [{"gid": "1", "group_order": "1", "grelevance": ""}]
TITLES = [
    {"surveyls_language": "nb", "surveyls_title": "Skjema", "surveyls_welcometext": "<p>Hei!</p>"},
    {"surveyls_language": "en", "surveyls_title": "Form", "surveyls_welcometext": "Hello!"},
]


def question(qid, title, kind, **more):
    return {"qid": qid, "gid": "1", "parent_qid": "0", "type": kind, "title": title} | more


def sub(qid, parent, title):
    return {"qid": qid, "parent_qid": parent, "title": title, "question_order": qid}


def words(key, identifier, nb, en, name="question"):
    return [
        {key: identifier, name: nb, "language": "nb"},
        {key: identifier, name: en, "language": "en"},
    ]


def survey(**changed):
    """Sections of a survey with a question of each supported kind."""
    tables = {
        "surveys": [{"sid": "77", "language": "nb"}],
        "surveys_languagesettings": TITLES,
        "groups": GROUPS,
        "group_l10ns": words("gid", "1", "Gruppe", "Group", "group_name"),
        "questions": [
            question("1", "has", "Y", mandatory="Y", question_order="1"),
            question("2", "field", "L", question_order="2", relevance='has.NAOK == "Y"'),
            question("3", "how", "M", question_order="3", relevance="((has == 'Y'))"),
            question("4", "why", "T", question_order="4", relevance='how_b.NAOK == "Y"'),
            question("5", "size", "N", question_order="5", relevance="1"),
            question("6", "agree", "A", question_order="6", relevance="size.NAOK gt 2 && has=='Y'"),
            question("7", "note", "X", question_order="7"),
        ],
        "subquestions": [sub("31", "3", "a"), sub("32", "3", "b"), sub("61", "6", "x")],
        "question_l10ns": [
            *words("qid", "1", "Samarbeider dere?", "Do you collaborate?"),
            *words("qid", "2", "Hvor?", "Where?"),
            *words("qid", "3", "Hvordan?", "How?"),
            *words("qid", "4", "<p>Hvorfor <b>det</b>?</p>", "Why<br />so?"),
            *words("qid", "5", "Hvor mange?", "How many?"),
            *words("qid", "6", "Hvor enig er du?", "Do you agree?"),
            *words("qid", "7", "Takk!", "Thanks!"),
            *words("qid", "31", "E-post", "E-mail"),
            *words("qid", "32", "Telefon", "Telephone"),
            *words("qid", "61", "Det går bra", "It goes well"),
        ],
        "question_attributes": [
            {"qid": "3", "attribute": "max_answers", "value": "1"},
            {"qid": "5", "attribute": "num_value_int_only", "value": "1"},
            {"qid": "5", "attribute": "max_num_value_n", "value": "400"},
            {"qid": "5", "attribute": "hidden", "value": "0"},
        ],
        "answers": [
            {"aid": "1", "qid": "2", "code": "A2", "sortorder": "2"},
            {"aid": "2", "qid": "2", "code": "A1", "sortorder": "1"},
        ],
        "answer_l10ns": [
            *words("aid", "1", "Helse", "Health", "answer"),
            *words("aid", "2", "Kultur", "Culture", "answer"),
        ],
    }
    return tables | changed


def saved(folder, tables, head=""):
    rows = {
        section: "".join(
            "<row>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in row.items()) + "</row>"
            for row in table
        )
        for section, table in tables.items()
    }
    body = "".join(f"<{s}><rows>{content}</rows></{s}>" for s, content in rows.items())
    path = folder / "survey.lss"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<document>'
        "<LimeSurveyDocType>Survey</LimeSurveyDocType>"
        f"<languages><language>en</language><language>nb</language></languages>{body}</document>",
        encoding="utf-8",
    )
    return path


def refused(path):
    with pytest.raises(InvalidInput) as caught:
        read_limesurvey(path)
    return [problem.column or problem.message for problem in caught.value.problems]


def test_every_supported_kind_is_read(tmp_path):
    made = read_limesurvey(saved(tmp_path, survey()))
    assert made.languages == ("nb", "en")
    assert made.identifier == "limesurvey-77"
    assert [page.identifier for page in made.pages] == ["welcome", "group_1"]
    found = {q.variable: q for _, q in made.questions()}
    assert {v: q.type for v, q in found.items()} == {
        "welcome_text": "note",
        "has": "binary",
        "field": "nominal",
        "how": "multiple",
        "why": "text",
        "size": "number",
        "agree_x": "ordinal",
        "note": "note",
    }
    rules = {v: format_expression(q.relevance) for v, q in found.items() if q.relevance}
    assert rules == {
        "field": "${has} = '1'",
        "how": "${has} = '1'",
        "why": "selected(${how}, 'b')",
        "agree_x": "${size} > 2 and ${has} = '1'",
    }
    assert format_expression(found["how"].constraint) == "count-selected(.) <= 1"
    assert format_expression(found["size"].constraint) == ". mod 1 = 0 and . <= 400"
    assert found["has"].required
    assert found["field"].code_list.values() == ("A1", "A2")
    assert found["why"].text == {"nb": "Hvorfor det?", "en": "Why\nso?"}
    assert found["agree_x"].text["en"] == "Do you agree?\nIt goes well"


@pytest.mark.parametrize(
    ("qid", "change", "place"),
    [
        ("4", {"type": "R"}, "question why type"),
        ("4", {"relevance": "strlen(has) > 1"}, "question why relevance"),
        ("4", {"relevance": "nobody.NAOK == 1"}, "question why relevance"),
        ("4", {"relevance": "how_b.NAOK > 3"}, "question why relevance"),
        ("4", {"relevance": "field == 'A1'"}, "question why relevance"),
        ("4", {"relevance": "has.NAOK > 0"}, "question why relevance"),
        ("2", {"other": "Y"}, "question field other"),
    ],
)
def test_questions_we_lack_are_refused_at_their_place(tmp_path, qid, change, place):
    tables = survey()
    for row in tables["questions"]:
        if row["qid"] == qid:
            row.update(change)
    assert place in refused(saved(tmp_path, tables))


@pytest.mark.parametrize(
    ("section", "row", "place"),
    [
        ("quota", {"id": "1"}, "quota"),
        ("defaultvalues", {"qid": "1"}, "defaultvalues"),
        ("conditions", {"cid": "1"}, "conditions"),
        ("question_attributes", {"qid": "4", "attribute": "hidden", "value": "1"}, "why"),
        ("question_attributes", {"qid": "5", "attribute": "em_validation_q", "value": "x"}, "size"),
        ("question_attributes", {"qid": "5", "attribute": "min_num_value_n", "value": "a"}, "size"),
        ("question_l10ns", {"qid": "7", "language": "en", "question": "Hi {TOKEN:NAME}"}, "note"),
        ("question_l10ns", {"qid": "7", "language": "en", "question": "<img src='x'>"}, "note"),
    ],
)
def test_rules_and_texts_we_lack_are_refused_at_their_place(tmp_path, section, row, place):
    tables = survey()
    tables[section] = [*tables.get(section, []), row]
    assert any(place in found for found in refused(saved(tmp_path, tables)))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE document [<!ENTITY a "x">]>',
        '<!DOCTYPE document SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(tmp_path, head):
    assert refused(saved(tmp_path, survey(), head)) == [
        "The file has a document type, which is not read."
    ]


def test_files_that_are_no_survey_are_refused(tmp_path):
    for number, text in enumerate(("", "<a>", "<document/>", "<document><b/></document>", "\x00")):
        path = tmp_path / f"{number}.lss"
        path.write_text(text, encoding="utf-8")
        assert refused(path)
    assert refused(tmp_path / "none.lss")
    broken = survey(questions=[{"qid": "1"}])
    assert refused(saved(tmp_path, broken)) == [
        "A row in questions has no gid and no type and no title."
    ]


NAMES = {
    "a": Meaning("a"),
    "b": Meaning("b", always_open=False),
    "yes": Meaning("yes", codes={"Y": "1", "N": "0"}),
    "m_x": Meaning("m", "x"),
}


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        ("a == 'A' or a == 'B' and b.NAOK != 2", "${a} = 'A' or ${a} = 'B' and ${b} != 2"),
        ("!is_empty(a)", "not(${a} = '')"),
        ("not (a ge 3)", "not(${a} >= 3)"),
        ("yes.NAOK != 'N'", "${yes} != '0'"),
        ("'Y' == yes", "${yes} = '1'"),
        ("is_empty(m_x.NAOK)", "not(selected(${m}, 'x'))"),
        ("m_x.NAOK != 'Y'", "not(selected(${m}, 'x'))"),
        ("m_x == ''", "not(selected(${m}, 'x'))"),
        ("{a * 2 - 1 > -b.NAOK / 2}", "${a} * 2 - 1 > -${b} div 2"),
    ],
)
def test_equations_become_expressions(equation, expected):
    found = parse_relevance(equation, NAMES)
    assert found is not None
    assert format_expression(found) == expected


@pytest.mark.parametrize("equation", ["", "1", " {1} "])
def test_an_equation_that_is_always_true_is_none(equation):
    assert parse_relevance(equation, NAMES) is None


@pytest.mark.parametrize(
    "equation",
    [
        "b == 1",
        "a = 1",
        "m_x",
        "m_x and a == 1",
        "a.shown == 1",
        "count(a, b.NAOK) > 1",
        "a == ",
        "(a == 1",
        "a == 1)",
        'a == "x\\""',
        "yes > 1",
        "c == 1",
        "(" * 50 + "a" + ")" * 50,
        "!" * 60 + "a",
    ],
)
def test_equations_without_counterpart_are_refused(equation):
    with pytest.raises(SamspillError):
        parse_relevance(equation, NAMES)


def test_html_becomes_words():
    html = '<p style="x">One &amp; <em>two</em></p>\n\n<ul><li>a</li><li>b&nbsp;c</li></ul>'
    assert plain_text(html) == "One & two\na\nb c"
    assert plain_text("Set { a } and 1 < 2") == "Set { a } and 1 < 2"
    with pytest.raises(UnsupportedText):
        plain_text("<script>alert(1)</script>")


@needs_samples
def test_a_real_survey_is_refused_for_its_images_and_quota_and_read_without(tmp_path):
    path = SAMPLES / "limesurvey_colors.lss"
    assert refused(path) == [
        "quota",
        "group 3 description (en)",
        "question G02Q04 answer AO01 (en)",
        "question G02Q04 answer AO02 (en)",
    ]
    text = re.sub(r"<img[^>]*>", "(image)", path.read_text(encoding="utf-8"))
    text = re.sub(r"<quota>.*?</quota>", "", text, flags=re.DOTALL)
    (tmp_path / "colours.lss").write_text(text, encoding="utf-8")
    made = read_limesurvey(tmp_path / "colours.lss")
    assert format_expression(made.question("G01Q02").relevance) == (
        "selected(${Q00}, 'SQ009') and selected(${Q00}, 'SQ011')"
    )
    assert format_expression(made.question("Q00").constraint) == "count-selected(.) >= 2"


@needs_samples
def test_a_survey_without_words_is_refused():
    found = refused(SAMPLES / "limesurvey_two_languages.lss")
    assert "page group_641.Q1.text.et" in found
