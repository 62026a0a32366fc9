"""Where sentences end in Norwegian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.qualitative.sentences import sentences


def _split(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Vi har f.eks. Røde Kors og bl.a. Sanitetsforeningen med.",
        "Møtet er kl. 18.30 hver onsdag.",
        "Det står i nr. 3 fra K. Hansen og A. B. Nilsen.",
        "Vi begynte 17. mai i fjor, dvs. Kari begynte da.",
        "1. Vi vil ha flere møter.",
        "Kva? sa ho.",
        "Det kosta 3.5 mill. kr. i fjor.",
        "Vi … venta lenge.",
    ],
)
def test_what_is_one_sentence(whole):
    assert _split(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Vi møtes. De svarer.", ["Vi møtes.", "De svarer."]),
        ("Det var i 2018. Vi var tre.", ["Det var i 2018.", "Vi var tre."]),
        ("Kaffe, lokaler osv. Alt koster.", ["Kaffe, lokaler osv.", "Alt koster."]),
        ("«Kom!» sa han. Vi kom.", ["«Kom!» sa han.", "Vi kom."]),
        ("Vi spurte: «Når?» «I morgen.»", ["Vi spurte: «Når?»", "«I morgen.»"]),
        ("Ja!! – Nei.", ["Ja!!", "– Nei."]),
        ("Uten punktum\nNy linje  \n\nTredje", ["Uten punktum", "Ny linje", "Tredje"]),
        ("Vi sluttet … Så begynte vi igjen.", ["Vi sluttet …", "Så begynte vi igjen."]),
        ("Ho sa det. Åtte kom.", ["Ho sa det.", "Åtte kom."]),
    ],
)
def test_where_sentences_end(text, parts):
    assert _split(text) == parts


@given(st.text(alphabet="aB. !?…\n«»1fkl-–😀\u0301", max_size=60))
def test_every_sign_but_white_space_is_in_one_sentence(text):
    spans = list(sentences(text))
    covered = [i for start, end in spans for i in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(not text[s].isspace() and not text[e - 1].isspace() for s, e in spans)
