"""No file crashes the reader, keeps it busy, or makes it write anything anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Code, Project, shipped_codebook
from samspill.qualitative.refi import Bounds, qdc_bytes, qdpx_bytes, read_qdc, read_qdpx, write_qdpx

from .qde import archive, project, qde, selection
from .standard import project_file

ENTITY = '<!DOCTYPE Project [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("files", "bounds", "message"),
    [
        ({"project.qde": b"<", "../out.txt": b""}, None, "leads outside"),
        ({"project.qde": b"<", "/etc/passwd": b""}, None, "leads outside"),
        ({"project.qde": b"<", "C:\\a.txt": b""}, None, "leads outside"),
        ({"Sources/a.txt": b""}, None, "no project file"),
        ({f"{n}.qde": b"" for n in range(9)}, Bounds(files=5), "more than 5 files"),
        ({"project.qde": b"0" * 3000}, Bounds(file_bytes=1000), "larger than"),
        ({"project.qde": b"<", "b": b"0" * 3000}, Bounds(all_bytes=1000), "larger than"),
        ({"project.qde": b"<Project"}, None, "not XML"),
        ({"project.qde": b""}, None, "not XML"),
        (
            {"project.qde": project("").replace("<Project", ENTITY + "<Project").encode()},
            None,
            "document type",
        ),
        ({"project.qde": b"<CodeBook/>"}, None, "holds “CodeBook”"),
        ({"project.qde": b"<a>" * 5000}, None, "not XML"),
    ],
)
def test_what_is_refused_is_told(
    files: Mapping[str, bytes], bounds: Bounds | None, message: str
) -> None:
    with pytest.raises(SamspillError, match=message) as caught:
        read_qdpx(archive(files), bounds=bounds)
    assert caught.value.next_step


def test_a_bomb_and_a_name_that_comes_twice_are_refused() -> None:
    for names, content, message in (
        (["project.qde", "Sources/a"], b"0" * (8 << 20), "grows more than"),
        (["project.qde", "sources/a", "Sources/a"], b"<", "twice"),
    ):
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED) as written:
            for name in names:
                written.writestr(name, content)
        with pytest.raises(SamspillError, match=message):
            read_qdpx(made.getvalue())


def test_no_file_on_this_machine_and_no_address_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelig")
    inside = f'<Sources><TextSource guid="1" plainTextPath="absolute://{secret}"/></Sources>'
    reading = read_qdpx(qde(inside))
    assert reading.project.sources == ()
    system = f'<!DOCTYPE Project [<!ENTITY a SYSTEM "file://{secret}">]>'
    for start in (system, "<!--<a>-->" + system):
        with pytest.raises(SamspillError, match="document type"):
            read_qdpx(
                project("<Description>&a;</Description>")
                .replace("<Project", start + "<Project")
                .encode()
            )


def test_a_tree_too_deep_for_xml_is_told_before_a_file_is_written(tmp_path: Path) -> None:
    codes = [Code(f"{0:08}-0000-4000-8000-{n:012}", str(n)) for n in range(400)]
    deep = tuple(
        Code(code.guid, code.name, codes[n - 1].guid if n else None) for n, code in enumerate(codes)
    )
    with pytest.raises(SamspillError, match="200 levels"):
        write_qdpx(Project("P", codes=deep), tmp_path / "p.qdpx")
    assert list(tmp_path.iterdir()) == []
    assert len(read_qdc(qdc_bytes(deep[:150])).codes) == 150


BASE = qdpx_bytes(
    Project("Prøve", codes=shipped_codebook("nb")[:8], guid="00000000-0000-4000-8000-000000000000")
)
XML = project_file(BASE)
FOREIGN = project(
    '<Sources><TextSource guid="a" name="b"><PlainTextContent>Ord her</PlainTextContent>'
    + selection(1, 0, 3)
    + '</TextSource></Sources><Sets><Set guid="1" name="x"/></Sets>'
).encode()


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes with some changed, taken out, doubled or put in."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(changed)))
        length = draw(st.integers(0, 20))
        kind = draw(st.sampled_from(["put", "take", "double", "set"]))
        if kind == "put":
            changed[at:at] = draw(
                st.binary(max_size=6) | st.sampled_from([b"<", b"&a;", b'"', b"-"])
            )
        elif kind == "take":
            del changed[at : at + length]
        elif kind == "double":
            changed[at:at] = changed[at : at + length]
        else:
            changed[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
    return bytes(changed)


@settings(max_examples=80, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(BASE) | mutated(XML) | mutated(FOREIGN) | st.binary(max_size=40))
def test_changed_bytes_never_crash_or_hang(content: bytes) -> None:
    with suppress(SamspillError):
        reading = read_qdpx(content)
        assert read_qdpx(qdpx_bytes(reading.project)).project == reading.project
    with suppress(SamspillError):
        read_qdc(content)


@settings(max_examples=40, deadline=2000)
@given(mutated(XML) | mutated(FOREIGN))
def test_changed_xml_in_a_sound_archive_never_crashes(content: bytes) -> None:
    with suppress(SamspillError):
        read_qdpx(archive({"project.qde": content, "Sources/a.txt": b"Ord"}))


def test_nothing_is_written_beside_the_file_that_is_asked_for(tmp_path: Path) -> None:
    inside = '<Sources><PictureSource guid="1" path="internal://../../x.png"/></Sources>'
    reading = read_qdpx(qde(inside, {"Sources/x.png": b"png"}))
    write_qdpx(reading.project, tmp_path / "p.qdpx")
    assert [path.name for path in tmp_path.iterdir()] == ["p.qdpx"]
    with ZipFile(tmp_path / "p.qdpx") as written:
        assert sorted(written.namelist()) == ["Sources/x.png", "project.qde"]
