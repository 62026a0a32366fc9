"""Random small projects, and the same questions answered row by row in plain Python."""

from __future__ import annotations

from hypothesis import strategies as st

from samspill.qualitative import Code, Coder, Coding, Project, Source

FIELDS = ("culture_leisure", "health_care", "integration")


@st.composite
def projects(draw) -> Project:
    sources = []
    for number in range(draw(st.integers(1, 5))):
        text = draw(st.text(alphabet="ab \n😀é", min_size=1, max_size=30))
        sources.append(
            Source(
                f"s{number}",
                f"Source {number}",
                text,
                unit=draw(st.sampled_from(["", "u1", "u2"])),
                side=draw(st.sampled_from(["", "municipality", "organisation"])),
                fields=tuple(draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=2))),
            )
        )
    codes: list[Code] = []
    for number in range(draw(st.integers(1, 5))):
        parent = draw(st.sampled_from([None, *[code.guid for code in codes]]))
        codes.append(Code(f"c{number}", f"Code {number}", parent=parent))
    codings = []
    for number in range(draw(st.integers(0, 12))):
        source = draw(st.sampled_from(sources))
        start = draw(st.integers(0, len(source.text)))
        end = draw(st.integers(start, len(source.text)))
        code = draw(st.sampled_from([*[c.guid for c in codes], "gone"]))
        coder = draw(st.sampled_from(["k1", "k2"]))
        codings.append(Coding(f"k{number}", source.guid, start, end, code, coder))
    coders = (Coder("k1", "One"), Coder("k2", "Two"))
    return Project("Random", coders, tuple(codes), tuple(sources), tuple(codings))


def under(project: Project, code: str) -> set[str]:
    """A code and all below it."""
    found = {code}
    for other in project.codes:
        if other.parent in found:
            found.add(other.guid)
    return found


def places(codings) -> set[tuple[str, int]]:
    """The characters that codings cover."""
    return {(c.source, at) for c in codings for at in range(c.start, c.end)}


def touch(one: Coding, other: Coding) -> bool:
    return bool(places([one]) & places([other]))
