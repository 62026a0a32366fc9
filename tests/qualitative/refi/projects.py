"""Projects of every shape, for properties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from uuid import NAMESPACE_OID, uuid5

from hypothesis import strategies as st

from samspill.qualitative import Code, Coder, Coding, Memo, Project, Source, TimePoint
from samspill.qualitative.model import CONSENTS, KINDS

AWKWARD = [
    "e\u0301",
    "👩\u200d🌾",
    "\r\n",
    "\n",
    "\ufeff",
    "æøå",
    "\U0001f1f3\U0001f1f4",
    " ",
    "Ola: ",
]
texts = st.lists(st.sampled_from(AWKWARD) | st.text(max_size=8), max_size=12).map("".join)
in_xml = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
)
names = st.text(in_xml | st.sampled_from("\t\n\r"), max_size=12)
times = st.just("") | st.datetimes().map(lambda at: f"{at.isoformat(timespec='seconds')}Z")
values = names | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
rules = names | st.sampled_from(
    ["[Example] a", "\\[Concept] b", "a\n\n[Inclusion] b", "[Exclusion] ", "\n\n[Example] x", "\\"]
)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A project with everything that the model has: awkward texts, orders, trees and references."""
    seed = draw(st.integers(0, 3))
    fresh = (str(uuid5(NAMESPACE_OID, f"{seed}/{number}")) for number in count())
    stranger = str(uuid5(NAMESPACE_OID, "somebody else"))
    coders = tuple(
        Coder(next(fresh), draw(names), draw(names)) for _ in range(draw(st.integers(0, 3)))
    )
    codes = draw(st.permutations(_codes(draw, fresh)))
    sources = tuple(_source(draw, next(fresh)) for _ in range(draw(st.integers(0, 4))))
    codings = []
    if codes and sources:
        for _ in range(draw(st.integers(0, 10))):
            source = draw(st.sampled_from(sources))
            places = st.integers(0, len(source.text))
            start, end = sorted((draw(places), draw(places)))
            code = draw(st.sampled_from(codes)).guid
            coder = draw(st.sampled_from([c.guid for c in coders] + ["", stranger]))
            codings.append(Coding(next(fresh), source.guid, start, end, code, coder, draw(times)))
    targets = [one.guid for one in (*codes, *sources, *codings)]
    memos: list[Memo] = []
    for _ in range(draw(st.integers(0, 4))):
        known = [*targets, *(memo.guid for memo in memos)]
        about = draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []
        text = draw(texts)
        memos.append(Memo(next(fresh), text, draw(names), tuple(about), "", draw(times)))
    return Project(
        draw(names), coders, tuple(codes), sources, tuple(codings), tuple(memos), next(fresh)
    )


def _codes(draw: st.DrawFn, fresh: Iterator[str]) -> list[Code]:
    made: list[Code] = []
    for _ in range(draw(st.integers(0, 6))):
        parent = draw(st.sampled_from([None, *(code.guid for code in made)]))
        made.append(
            Code(
                next(fresh),
                draw(names),
                parent,
                draw(st.sampled_from(["", "#aa00ff", "#000000"])),
                draw(st.booleans()),
                draw(rules),
                draw(rules),
                draw(rules),
                draw(rules),
                draw(rules),
            )
        )
    return made


def _source(draw: st.DrawFn, guid: str) -> Source:
    text = draw(texts)
    point = st.builds(TimePoint, st.integers(0, len(text)), st.integers(0, 10**9))
    return Source(
        guid,
        draw(names),
        text,
        draw(st.sampled_from(KINDS)),
        draw(names),
        draw(st.sampled_from(["", "municipality"])),
        tuple(draw(st.lists(names, max_size=3))),
        draw(names),
        draw(st.sampled_from(["", "2018-09", "2018-09-30", "2018-02-30"])),
        draw(st.sampled_from(["", "nb", "nn"])),
        draw(st.sampled_from(CONSENTS)),
        tuple(draw(st.lists(names, max_size=3))),
        tuple(draw(st.lists(point, max_size=3))),
        draw(
            st.dictionaries(
                names | st.sampled_from(["samspill:unit", "population"]), values, max_size=4
            )
        ),
        draw(st.booleans()),
    )
