"""Suggestions are learnt from codings, judged on texts not seen, and sent nowhere."""

import json
import random
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding, Project, Source
from samspill.qualitative.suggestions import (
    Examples,
    Guess,
    LocalEndpoint,
    examples,
    suggest,
    train,
    validate,
)

CODES = (
    Code("money", "Penger"),
    Code("time", "Tid"),
    Code("random", "Tilfeldig"),
    Code("rare", "Sjelden"),
)
SAYINGS = {
    "money": ["Tilskuddet rekker ikke til leia.", "Vi mangler penger til drift.",
              "Støtta er for liten til å betale leie.", "Pengene går til oppstart alene."],
    "time": ["Vi får ikke tid til å møtes.", "Møtet er på dagtid når vi jobber.",
             "Ingen har tid om kvelden.", "Klokka fire passer ingen av oss."],
    "": ["Laget ble stiftet i bygda.", "Barna leker ute ved vannet.", "Det var sol den dagen.",
         "Hun heter Kari og bor her."],
}  # fmt: skip


def _project(sources=8, seed=1):
    chance = random.Random(seed)
    texts, codings = [], []
    for i in range(sources):
        text = ""
        for k in range(14):
            code = chance.choice(list(SAYINGS))
            said = chance.choice(SAYINGS[code])
            marks = [code] if code else []
            marks += ["random"] if chance.random() < 0.3 else []
            marks += ["rare"] if (i, k) == (0, 0) else []
            for name in marks:
                start = len(text)
                codings.append(
                    Coding(f"{i}-{k}-{name}", f"s{i}", start, start + len(said), name, "a")
                )
            text += said + " "
        texts.append(Source(f"s{i}", f"Samtale {i}", text))
    new = Source("new", "Ny", "Tilskuddet er for lite til leie. Barna leker ute.")
    return Project("P", (), CODES, (*texts, new), tuple(codings)).tables()


@pytest.fixture(scope="module")
def tables():
    return _project()


@pytest.fixture(scope="module")
def learnt(tables):
    return examples(tables)


def test_what_is_learnt_and_what_is_too_rare(learnt):
    assert learnt.codes == ("money", "time", "random")
    assert learnt.too_few == (("rare", 1, 1),)
    assert "new" not in learnt.sources


def test_validation_tells_a_code_with_a_language_of_its_own_from_chance(learnt):
    found = validate(learnt)
    rows = {row["code"]: row for row in found.frame.iter_rows(named=True)}
    assert rows["money"]["precision"] > 0.9
    assert rows["money"]["recall"] > 0.9
    assert rows["money"]["average_precision"] > 0.9 > rows["money"]["base"] * 2
    assert rows["random"]["average_precision"] < 0.6
    assert rows["rare"]["precision"] is None
    assert "too few examples" in rows["rare"]["note"]
    assert found.passages == len(learnt.passages)
    assert found.folds == 5


def test_a_text_is_never_judged_by_what_was_learnt_from_it():
    """A word of one source alone tells all to a model that has read it, and nothing held out."""
    own_words = [
        ("Aaaaaa", "Eeeeee"),
        ("Bbbbbb", "Ffffff"),
        ("Cccccc", "Gggggg"),
        ("Dddddd", "Hhhhhh"),
    ]
    sources = tuple(
        Source(f"s{i}", "S", f"{given}. {given}. {other}. {other}. {other}. {other}.")
        for i, (given, other) in enumerate(own_words)
    )
    codings = tuple(
        Coding(f"{i}{at}", f"s{i}", at, at + 6, "money", "a") for i in range(4) for at in (0, 8)
    )
    tables = Project("P", (), CODES, sources, codings).tables()
    own = examples(tables, least_examples=2, least_sources=2)
    found = validate(own, folds=4).frame.row(0, named=True)
    assert found["examples"] == 8
    learnt = train(own).scores(own.texts)[:, 0]
    assert (learnt >= 0.5).tolist() == own.marks[:, 0].tolist()
    assert found["average_precision"] < 1


def test_the_same_seed_gives_the_same(tables, learnt):
    one, two = train(learnt), train(learnt)
    assert suggest(tables, one).equals(suggest(tables, two))
    assert validate(learnt).frame.equals(validate(learnt).frame)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(8)), st.permutations(range(3)))
def test_the_order_of_texts_and_of_codes_does_not_matter(learnt, order, code_order):
    passages, marks = [], []
    for source in (f"s{i}" for i in order):
        own = [k for k, of in enumerate(learnt.sources) if of == source]
        passages += [learnt.passages[k] for k in own]
        marks += [learnt.marks[k] for k in own]
    mixed = Examples(
        tuple(passages),
        tuple(learnt.codes[k] for k in code_order),
        np.array(marks)[:, code_order],
        (),
        learnt.unit,
    )
    texts = ["Tilskuddet er for lite til leie.", "Barna leker ute.", "Vi har ikke tid til møter."]
    expected = train(learnt).scores(texts)[:, code_order]
    assert train(mixed).scores(texts) == pytest.approx(expected, abs=1e-3)


def test_a_suggestion_has_score_and_reason_and_is_no_coding(tables, learnt):
    before = tables.codings.height
    found = suggest(tables, train(learnt), sources=["new"])
    first = found.filter(pl.col("code") == "money").row(0, named=True)
    assert first["text"] == "Tilskuddet er for lite til leie."
    assert 0.5 <= first["score"] <= 1
    assert any(why in first["text"].lower() for why in first["why"])
    assert first["model"] == "linear n-grams"
    assert found.filter(pl.col("text") == "Barna leker ute.", pl.col("code") == "money").is_empty()
    assert tables.codings.height == before


def test_what_is_coded_already_is_not_suggested(tables, learnt):
    found = suggest(tables, train(learnt))
    spans = tables.codings.select("source", "code", "start", pl.col("end").alias("stop"))
    both = found.join(spans, on=["source", "code"])
    clash = both.filter(
        (pl.col("start_right") < pl.col("end")) & (pl.col("start") < pl.col("stop"))
    )
    assert clash.is_empty()


def test_what_cannot_be_learnt_is_said(tables):
    few = examples(tables, least_examples=10_000)
    with pytest.raises(SamspillError, match="often enough"):
        train(few)
    one = Project(
        "P", (), CODES, (Source("s", "S", "Penger."),), (Coding("c", "s", 0, 3, "money"),)
    )
    with pytest.raises(SamspillError, match="one source"):
        validate(examples(one.tables(), least_examples=1, least_sources=1))
    with pytest.raises(SamspillError, match="not suggested by “word”"):
        examples(tables, "word")


def test_any_model_can_take_part(tables):
    class Echo:
        name, leaves_machine = "echo", False

        def guess(self, texts):
            return [[Guess("time", 0.9), Guess("unknown", 1.0), Guess("rare", 0.1)] for _ in texts]

    found = suggest(tables, Echo(), sources=["new"])
    assert found.select("code", "model").unique().rows() == [("time", "echo")]

    class Silent(Echo):
        def guess(self, texts):
            return []

    with pytest.raises(SamspillError, match="did not answer for every passage"):
        suggest(tables, Silent())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://example.org/guess", "texts do not leave this one"),
        ("http://10.0.0.7:8080/", "texts do not leave this one"),
        ("http://127.0.0.1.example.org/", "texts do not leave this one"),
        ("ftp://127.0.0.1/", "not the address of a model"),
        ("http://user@127.0.0.1/", "not the address of a model"),
    ],
)
def test_texts_do_not_leave_the_machine_unless_allowed(address, said):
    with pytest.raises(SamspillError, match=said):
        LocalEndpoint(address, CODES)


def test_elsewhere_must_be_allowed_and_encrypted():
    with pytest.raises(SamspillError, match="unencrypted"):
        LocalEndpoint("http://example.org/", CODES, allow_elsewhere=True)
    assert LocalEndpoint("https://example.org/", CODES, allow_elsewhere=True).leaves_machine
    assert not LocalEndpoint("http://[::1]:8080/", CODES).leaves_machine


class _Model(BaseHTTPRequestHandler):
    answer = staticmethod(lambda asked: {"guesses": [[] for _ in asked["texts"]]})
    status = 200

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps(type(self).answer(asked)).encode()
        self.send_response(self.status)
        self.send_header("Location", "http://example.org/")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    def made(answer, status=200):
        handler = type("Handler", (_Model,), {"answer": staticmethod(answer), "status": status})
        servers.append(HTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, kwargs={"poll_interval": 0.01}).start()
        return LocalEndpoint(f"http://127.0.0.1:{servers[-1].server_port}/g", CODES, timeout=5)

    servers = []
    yield made
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_model_on_this_machine_answers(tables, endpoint):
    def answer(asked):
        assert {code["code"] for code in asked["codes"]} == {code.guid for code in CODES}
        return {"guesses": [
            [{"code": "money", "score": 0.8, "why": ["leie"]}] if "leie" in text else []
            for text in asked["texts"]
        ]}  # fmt: skip

    found = suggest(tables, endpoint(answer), sources=["new"])
    assert found.select("code", "score").rows() == [("money", 0.8)]
    assert found["why"].to_list() == [["leie"]]


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ({"guesses": []}, 200, "not in the agreed form"),
        ({"codes": 1}, 200, "not in the agreed form"),
        ({"guesses": [[{"code": "money", "score": 7}]] * 2}, 200, "not in the agreed form"),
        ({}, 302, "status 302"),
    ],
)
def test_an_answer_in_another_form_is_said_to_be_so(tables, endpoint, answer, status, said):
    with pytest.raises(SamspillError, match=said):
        suggest(tables, endpoint(lambda _: answer, status), sources=["new"])


def test_a_model_that_is_not_there_is_said_to_be_so(tables):
    with HTTPServer(("127.0.0.1", 0), _Model) as server:
        port = server.server_port
    with pytest.raises(SamspillError, match="did not answer"):
        suggest(tables, LocalEndpoint(f"http://127.0.0.1:{port}/", CODES), sources=["new"])
