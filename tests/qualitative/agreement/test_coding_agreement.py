"""Agreement on codes: what is compared, and that stretches give what characters would."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coder, Coding, Project, Source
from samspill.qualitative.agreement import agreement, coding_agreement, ratings

CODES = (Code("money", "Penger"), Code("rent", "Leie", parent="money"), Code("time", "Tid"))
TEXT = "Vi har lite penger. Leia er dyr.\nDet er f.eks. ingen tid. Vi prøver likevel."


def _project(codings, texts=(TEXT, TEXT)):
    sources = tuple(Source(f"s{i}", f"Samtale {i}", text) for i, text in enumerate(texts))
    made = tuple(
        Coding(f"c{i}", source, start, end, code, coder)
        for i, (source, start, end, code, coder) in enumerate(codings)
    )
    coders = tuple(Coder(name, name) for name in ("anne", "bo", "cato"))
    return Project("Prøve", coders, CODES, sources, made).tables()


def _row(found, code, coefficient="percent_agreement", **more):
    frame = found.frame.filter(
        pl.col("code").eq_missing(pl.lit(code)), pl.col("coefficient") == coefficient
    )
    for name, value in more.items():
        frame = frame.filter(pl.col(name).eq_missing(pl.lit(value)))
    return frame.row(0, named=True)


def test_by_sentence_a_touched_sentence_has_the_code():
    tables = _project([
        ("s0", 0, 19, "money", "anne"), ("s0", 3, 12, "money", "bo"),
        ("s0", 20, 31, "rent", "anne"),
    ])  # fmt: skip
    found = coding_agreement(tables, ["anne", "bo"], by="sentence")
    assert _row(found, "money")["units"] == 4
    assert _row(found, "money")["estimate"] == 1
    assert _row(found, "rent")["estimate"] == 0.75
    assert _row(found, "rent")["given"] == 1
    assert _row(found, None)["units"] == 8


def test_codes_below_count_when_asked_for():
    tables = _project([("s0", 20, 31, "rent", "anne"), ("s0", 20, 31, "money", "bo")])
    apart = coding_agreement(tables, ["anne", "bo"], codes=["money"])
    together = coding_agreement(tables, ["anne", "bo"], codes=["money"], with_descendants=True)
    assert _row(apart, "money")["estimate"] == 0.75
    assert _row(together, "money")["estimate"] == 1


def test_by_character_counts_characters():
    tables = _project([("s0", 0, 19, "money", "anne"), ("s0", 5, 19, "money", "bo")])
    found = coding_agreement(tables, ["anne", "bo"], by="character")
    row = _row(found, "money")
    assert row["units"] == len(TEXT)
    assert row["given"] == 19
    assert row["estimate"] == pytest.approx(1 - 5 / len(TEXT))
    coded = coding_agreement(tables, ["anne", "bo"], by="character", over="coded")
    assert _row(coded, "money")["estimate"] == pytest.approx(14 / 19)


def test_by_segment_overlapping_codings_are_one():
    tables = _project([
        ("s0", 0, 10, "money", "anne"), ("s0", 5, 19, "money", "bo"), ("s0", 33, 40, "time", "bo"),
    ])  # fmt: skip
    found = coding_agreement(tables, ["anne", "bo"], by="segment")
    assert _row(found, "money")["units"] == 2
    assert _row(found, "money")["estimate"] == 1
    assert _row(found, "time")["estimate"] == 0.5


def test_only_texts_that_two_have_read_take_part():
    codings = [("s0", 0, 19, "money", "anne"), ("s0", 0, 19, "money", "bo"),
               ("s1", 0, 19, "money", "anne")]  # fmt: skip
    found = coding_agreement(_project(codings), ["anne", "bo"])
    assert _row(found, "money")["units"] == 4
    assert "one source" in _row(found, "money")["note"]
    read = {"anne": ["s0", "s1"], "bo": ["s0", "s1"]}
    both = coding_agreement(_project(codings), ["anne", "bo"], read=read)
    assert _row(both, "money")["units"] == 8
    assert _row(both, "money")["estimate"] == 7 / 8
    assert _row(both, "money")["clusters"] == 2


def test_three_coders_are_compared_in_pairs_and_together():
    codings = [(s, 0, 19, "money", c) for s in ("s0", "s1") for c in ("anne", "bo", "cato")]
    codings += [("s0", 33, 40, "time", "cato")]
    found = coding_agreement(_project(codings), ["anne", "bo", "cato"])
    assert _row(found, "time", "cohen", first="anne", second="bo")["note"].startswith(
        "no variation"
    )
    assert _row(found, "money", "fleiss", first=None)["estimate"] == 1
    assert _row(found, "time", first="bo", second="cato")["estimate"] == 7 / 8


SPANS = st.lists(
    st.tuples(
        st.sampled_from(["s0", "s1"]), st.integers(0, 30), st.integers(1, 12),
        st.sampled_from(["money", "rent"]), st.sampled_from(["anne", "bo", "cato"]),
    ),
    min_size=3, max_size=14,
)  # fmt: skip


@given(SPANS, st.sampled_from(["all", "coded"]))
@settings(max_examples=20, deadline=None)
def test_stretches_between_breakpoints_give_what_a_row_a_character_gives(spans, over):
    codings = [(s, at, at + long, code, coder) for s, at, long, code, coder in spans]
    # everyone has read both texts
    names = ["s0", "s1"]
    read = dict.fromkeys(("anne", "bo", "cato"), names)
    tables = _project(codings)
    if not {"anne", "bo", "cato"} <= {c for *_, c in codings}:
        return
    found = coding_agreement(
        tables, ["anne", "bo", "cato"], by="character", over=over, codes=["money", "rent"],
        read=read, interval="analytic",
    )  # fmt: skip
    marks = {(s, code, coder): set() for s in names for code in ("money", "rent") for coder in read}
    for source, start, end, code, coder in codings:
        marks[source, code, coder] |= set(range(start, end))
    every = {(s, i) for (s, _, _), places in marks.items() for i in places}
    for code in ("money", "rent"):
        rows = [
            {coder: int(i in marks[s, code, coder]) for coder in read} | {"text": s}
            for s in names for i in range(len(TEXT)) if over == "all" or (s, i) in every
        ]  # fmt: skip
        slow = agreement(
            ratings(pl.DataFrame(rows), list(read), cluster="text", categories=[0, 1]),
            interval="analytic",
        ).frame
        fast = found.frame.filter(pl.col("code") == code, pl.col("first").is_null())
        for a, b in zip(fast.iter_rows(named=True), slow.iter_rows(named=True), strict=True):
            assert a["units"] == b["units"]
            for name in ("estimate", "standard_error"):
                assert (a[name] is None) == (b[name] is None)
                assert a[name] is None or a[name] == pytest.approx(b[name], abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"coders": ["anne"]}, "two coders"),
        ({"coders": ["anne", "dina"]}, "“dina” has coded nothing"),
        ({"codes": ["x"]}, "no code “x”"),
        ({"by": "word"}, "not measured by “word”"),
        ({"over": "some"}, "not a part of the text"),
        ({"read": {"anne": ["s0"], "bo": ["s1"]}}, "No text has been read by two"),
    ],
)
def test_what_cannot_be_asked_is_said(arguments, said):
    tables = _project([("s0", 0, 19, "money", "anne"), ("s0", 0, 19, "money", "bo")])
    with pytest.raises(SamspillError, match=said):
        coding_agreement(tables, **arguments)
