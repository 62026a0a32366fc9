"""Co-occurrence, proximity, sequences and retrieval, against going through all pairs."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qualitative.queries.invented import places, projects, touch, under
from scipy.stats import hypergeom

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding, Project, Source, paragraphs
from samspill.qualitative.queries import cooccurrence, proximity, segments, sequences
from samspill.qualitative.queries.conditions import (
    code,
    coder,
    contains,
    field,
    near,
    overlapping,
    same_paragraph,
    side,
    within,
)

SETTINGS = settings(max_examples=25, deadline=None)


def _units(project, codings, kind):
    covered = places(codings)
    if kind == "overlap":
        return covered
    if kind == "source":
        return {source for source, _ in covered}
    return {
        (source.guid, part.start)
        for source in project.sources
        for part in paragraphs(source)
        if any((source.guid, at) in covered for at in range(part.start, part.end))
    }


def _all_units(project, kind):
    if kind == "source":
        return [("all", len(project.sources))]
    if kind == "overlap":
        return [(s.guid, len(s.text)) for s in project.sources]
    return [(s.guid, sum(p.end > p.start for p in paragraphs(s))) for s in project.sources]


@SETTINGS
@given(projects(), st.sampled_from(["overlap", "paragraph", "source"]))
def test_codes_together_are_what_going_through_all_pairs_gives(project, kind):
    result = cooccurrence(project.tables(), within=kind)
    for row in result.frame.iter_rows(named=True):
        of = {x: [c for c in project.codings if c.code in under(project, row[x])] for x in "ab"}
        a, b = (_units(project, of[x], kind) for x in "ab")
        assert (row["n_a"], row["n_b"], row["both"]) == (len(a), len(b), len(a & b))
        if kind == "overlap":
            assert row["pairs"] == sum(touch(one, other) for one in of["a"] for other in of["b"])
        if "lies under" in row["note"]:
            assert row["jaccard"] is None
            continue
        if a | b:
            assert row["jaccard"] == pytest.approx(len(a & b) / len(a | b))
        expected = 0.0
        for source, n in _all_units(project, kind):
            mine = [len(x) if kind == "source" else sum(u[0] == source for u in x) for x in (a, b)]
            expected += mine[0] * mine[1] / n if n else 0.0
        assert row["expected"] == pytest.approx(expected)
        if kind == "source":
            spread = hypergeom(len(project.sources), len(a), len(b))
            assert row["expected_low"] == spread.ppf(0.025)
            assert row["expected_high"] == spread.ppf(0.975)


def test_jaccard_of_a_worked_example():
    """Jaccard's coefficient of asymmetric binary attributes, as in the standard worked example
    (Han, Kamber & Pei, Data Mining, 3rd ed., example 2.18): Jack and Jim share 1 of 3 positive
    attributes (distance 0.67), Jack and Mary 2 of 3 (0.33), Jim and Mary 1 of 4 (0.75)."""
    positive = {"Jack": "fever test-1", "Jim": "fever cough", "Mary": "fever test-1 test-3"}
    attributes = ("fever", "cough", "test-1", "test-2", "test-3", "test-4")
    project = Project(
        "Patients",
        codes=tuple(Code(name, name) for name in positive),
        sources=tuple(Source(name, name, name) for name in attributes),
        codings=tuple(
            Coding(f"{name} {one}", one, 0, 1, name)
            for name, listed in positive.items()
            for one in listed.split()
        ),
    )
    frame = cooccurrence(project.tables(), within="source").frame
    found = {(row["a"], row["b"]): 1 - row["jaccard"] for row in frame.iter_rows(named=True)}
    assert {pair: round(value, 2) for pair, value in found.items()} == {
        ("Jack", "Jim"): 0.67,
        ("Jack", "Mary"): 0.33,
        ("Jim", "Mary"): 0.75,
    }


def _spans(frame):
    return set(frame.select("source", "start", "end").rows())


def _key(coding):
    return (coding.source, coding.start, coding.end)


@SETTINGS
@given(projects(), st.integers(0, 5))
def test_conditions_find_what_reading_every_coding_finds(project, distance):
    tables = project.tables()
    one, other = project.codes[0].guid, project.codes[-1].guid
    a, b = ([c for c in project.codings if c.code in under(project, x)] for x in (one, other))
    source = {s.guid: s for s in project.sources}

    def gap(x, y):
        return max(0, x.start - y.end, y.start - x.end) if x.source == y.source else math.inf

    def lines(x):
        return {
            (x.source, p.start)
            for p in paragraphs(source[x.source])
            if p.start <= max(x.end - 1, x.start)
            and x.start <= p.end
            and p.end > p.start
            and (places([x]) & places([Coding("", x.source, p.start, p.end, "")]))
        }

    both = {
        (x.source, max(x.start, y.start), min(x.end, y.end)) for x in a for y in b if touch(x, y)
    }
    cases = {
        code(one): {_key(x) for x in a},
        code(one) & code(other): both,
        code(one) | code(other): {_key(x) for x in [*a, *b]},
        code(one) & ~code(other): {_key(x) for x in a if not any(touch(x, y) for y in b)},
        code(one) & side("municipality"): {
            _key(x) for x in a if source[x.source].side == "municipality"
        },
        code(one) & ~field("health_care"): {
            _key(x) for x in a if "health_care" not in source[x.source].fields
        },
        side("organisation") & contains("A"): {
            _key(x)
            for x in project.codings
            if source[x.source].side == "organisation"
            and "a" in source[x.source].text[x.start : x.end]
        },
        overlapping(code(one), code(other)): {_key(x) for x in a if any(touch(x, y) for y in b)},
        within(code(one), code(other)): {
            _key(x)
            for x in a
            if any(x.source == y.source and y.start <= x.start and x.end <= y.end for y in b)
        },
        near(code(one), code(other), distance): {
            _key(x) for x in a if any(gap(x, y) <= distance for y in b)
        },
    }
    for condition, wanted in cases.items():
        found = segments(tables, condition).frame
        assert _spans(found) == wanted
        assert found.height == len(wanted)
        for row in found.iter_rows(named=True):
            assert row["text"] == source[row["source"]].text[row["start"] : row["end"]]
    longer = [x for x in a if lines(x)]
    shared = {_key(x) for x in longer if any(lines(x) & lines(y) for y in b)}
    assert shared <= _spans(segments(tables, same_paragraph(code(one), code(other))).frame)


def test_a_coder_condition_is_about_all_codings_behind_a_passage():
    project = Project(
        "P",
        codes=(Code("1", "A"), Code("2", "B")),
        sources=(Source("s", "S", "some words"),),
        codings=(
            Coding("x", "s", 0, 6, "1", "k1"),
            Coding("y", "s", 4, 10, "2", "k2"),
            Coding("z", "s", 5, 10, "2", "k1"),
        ),
    )
    found = segments(project.tables(), code("A") & code("B") & coder("k1")).frame
    assert found.select("start", "end", "codes").rows() == [(5, 6, ["A", "B"])]


def test_context_is_characters_or_the_turn_without_its_speaker():
    text = "Q: Why?\nA: We have no list.\nNobody has one.\nQ: I see."
    project = Project(
        "P",
        codes=(Code("1", "List"),),
        sources=(Source("s", "S", text, speakers=("Q", "A")),),
        codings=(Coding("x", "s", text.index("no list"), text.index("no list") + 7, "1"),),
    )
    turn = segments(project.tables(), context="turn").frame.row(0, named=True)
    assert turn["before"] + turn["text"] + turn["after"] == "We have no list.\nNobody has one."
    five = segments(project.tables(), context=5).frame.row(0, named=True)
    assert (five["before"], five["after"]) == ("have ", ".\nNob")


@SETTINGS
@given(projects())
def test_the_nearest_is_the_least_of_all_distances(project):
    one, other = project.codes[0].guid, project.codes[-1].guid
    a, b = ([c for c in project.codings if c.code in under(project, x)] for x in (one, other))
    frame = proximity(project.tables(), one, other).frame
    wanted = {
        _key(x): min(
            (max(0, x.start - y.end, y.start - x.end) for y in b if y.source == x.source),
            default=None,
        )
        for x in a
    }
    found = {row[:3]: row[3] for row in frame.select("source", "start", "end", "distance").rows()}
    assert found == wanted


@SETTINGS
@given(projects())
def test_steps_are_from_each_moment_of_a_coder_to_the_next(project):
    steps: dict[tuple[str | None, str | None], int] = {}
    known = {c.guid for c in project.codes}
    for source in project.sources:
        for who in ("k1", "k2"):
            moments: dict[int, set[str | None]] = {}
            for c in project.codings:
                if (c.source, c.coder) == (source.guid, who):
                    moments.setdefault(c.start, set()).add(c.code if c.code in known else None)
            order = [moments[start] for start in sorted(moments)]
            for here, following in itertools.pairwise(order):
                for x in here:
                    for y in following:
                        steps[x, y] = steps.get((x, y), 0) + 1
    frame = sequences(project.tables()).frame
    assert {row[:2]: row[2] for row in frame.select("first", "then", "count").rows()} == steps
    for row in frame.iter_rows(named=True):
        assert row["expected"] == pytest.approx(row["n_first"] * row["n_then"] / row["n"])


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda t: cooccurrence(t, within="page"), "within"),
        (lambda t: cooccurrence(t, ["A", "A"]), "twice"),
        (lambda t: sequences(t, within="page"), "within"),
        (lambda t: segments(t, context=-1), "negative"),
        (lambda t: segments(t, code("No such")), "no code"),
    ],
)
def test_what_cannot_be_asked_is_named(ask, words):
    project = Project("P", codes=(Code("1", "A"),), sources=(Source("s", "S", "x"),))
    with pytest.raises(SamspillError, match=words):
        ask(project.tables())
