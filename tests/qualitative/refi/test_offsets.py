"""What other programs count is found out from where their passages lie, and every one is placed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.qualitative.refi import OffsetPolicy, read_qdpx
from samspill.qualitative.refi.offsets import StoredText, passages, weigh

from .projects import AWKWARD
from .qde import qde, selection

WORDS = [
    "Vi",
    "møttes",
    "på",
    "brygga",
    "👩\u200d🌾",
    "e\u0301in",
    "kveld.",
    "\U0001f6b2",
    "Så",
    "gikk",
]
stored_texts = st.lists(
    st.sampled_from([*AWKWARD, "\r\n", "\r\n", "\n"]) | st.text(max_size=3), max_size=15
).map("".join)
policies = st.builds(
    OffsetPolicy,
    st.sampled_from(["codepoint", "utf16", "utf8"]),
    st.sampled_from(["as_stored", "one", "two"]),
    st.booleans(),
)


def counted(stored: str, policy: OffsetPolicy, until: int) -> int:
    """What a program counts before the codepoint ``until`` of the text as we have it."""
    bom = stored.startswith("\ufeff")
    body = stored[bom:]
    pieces = body.replace("\r\n", "\x00").replace("\r", "\x01").replace("\n", "\x02")
    breaks = {"\x00": "\r\n", "\x01": "\r", "\x02": "\n"}
    before = ("\ufeff" if bom and policy.bom else "") + "".join(
        {"as_stored": breaks.get(sign, sign), "one": "\n", "two": "\r\n"}[policy.line_break]
        if sign in breaks
        else sign
        for sign in pieces[:until]
    )
    encoded = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}[policy.unit]
    return len(before.encode(encoded)) // {"codepoint": 4, "utf16": 2, "utf8": 1}[policy.unit]


@given(stored_texts.filter(lambda text: not set("\x00\x01\x02") & set(text)), policies, st.data())
def test_a_passage_is_placed_where_the_program_had_it(
    stored: str, policy: OffsetPolicy, data: st.DataObject
) -> None:
    text = StoredText(stored)
    assert "\r" not in text.text
    places = st.integers(0, len(text.text))
    start, end = sorted((data.draw(places), data.draw(places)))
    span = counted(stored, policy, start), counted(stored, policy, end)
    one = passages(text, [span])
    starts, ends, within = text.place(one.starts, one.ends, policy)
    assert (starts[0], ends[0], within[0]) == (start, end, True)


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
@pytest.mark.parametrize("line_break", ["as_stored", "one", "two"])
@pytest.mark.parametrize("bom", [True, False])
def test_the_evidence_finds_the_policy(unit: str, line_break: str, bom: bool) -> None:
    policy = OffsetPolicy(unit, line_break, bom)
    lines = [" ".join(WORDS[at:] + WORDS[:at]) for at in range(len(WORDS))]
    stored = "\ufeff" + "".join(
        line + ("\r\n" if at % 2 else "\n") for at, line in enumerate(lines)
    )
    text = StoredText(stored)
    spans, expected, at = [], [], 0
    for line in text.text.split("\n"):
        for word in line.split(" "):
            if word:
                start = text.text.index(word, at)
                at = start + len(word)
                expected.append((start, at))
                spans.append((counted(stored, policy, start), counted(stored, policy, at)))
    selections = "".join(selection(number, *span) for number, span in enumerate(spans))
    content = qde(
        '<Sources><TextSource guid="00000000-0000-4000-8000-000000000001" '
        f'plainTextPath="internal://a.txt">{selections}</TextSource></Sources>',
        {"sources/a.txt": stored.encode()},
    )
    reading = read_qdpx(content)
    assert reading.offsets.chosen == policy
    assert reading.offsets.reason == "evidence"
    assert [(coding.start, coding.end) for coding in reading.project.codings] == expected
    best, *others = reading.offsets.policies
    assert best.words_share == best.within_share == 1.0
    assert all(other.words_share is not None and other.words_share < 1 for other in others)


def test_a_person_may_know_better() -> None:
    content = qde(
        '<Sources><TextSource guid="00000000-0000-4000-8000-000000000001"><PlainTextContent>'
        f"\U0001f6b2 sykkel</PlainTextContent>{selection(1, 3, 9)}</TextSource></Sources>"
    )
    decided = read_qdpx(content)
    asked = read_qdpx(content, policy=OffsetPolicy("codepoint"))
    (coding,) = decided.project.codings
    assert decided.project.sources[0].text[coding.start : coding.end] == "sykkel"
    assert (asked.project.codings, asked.offsets.reason) == ((), "asked")
    assert any("do not lie within" in problem.message for problem in asked.problems)


def test_where_nothing_differs_the_standard_is_followed() -> None:
    evidence = weigh([passages(StoredText("bare ord her"), [(0, 4), (5, 8)])])
    assert (evidence.chosen, evidence.reason) == (OffsetPolicy(), "no_difference")
    assert len(evidence.policies) == 1
