"""Files that other programs wrote: all in them is read, and comes out again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from samspill.qualitative.refi import losses, qdc_bytes, qdpx_bytes, read_qdc, read_qdpx

from .standard import SAMPLES, faults, project_file, with_samples, with_schemas

PROJECTS = sorted([*SAMPLES.glob("*.qdpx"), *SAMPLES.glob("*.qde")])
PARTS = {
    *("User", "Code", "Variable", "Case", "Note", "Link", "Set", "Graph", "Vertex", "Edge"),
    *("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource", "Transcript"),
    *("PlainTextSelection", "PictureSelection", "PDFSelection", "AudioSelection", "SyncPoint"),
    *("VideoSelection", "TranscriptSelection", "Coding", "Representation", "TextDescription"),
}
pytestmark = with_samples


def counts(xml: bytes) -> dict[str, int]:
    """How many of each element there are, by XPath."""
    root = etree.fromstring(xml)
    found = {part: int(root.xpath(f"count(//*[local-name()='{part}'])")) for part in PARTS}
    return {part: number for part, number in found.items() if number}


def inside(file: Path) -> bytes:
    content = file.read_bytes()
    return project_file(content) if content[:2] == b"PK" else content


@pytest.mark.parametrize("file", PROJECTS, ids=lambda file: file.name)
def test_all_in_it_is_read(file: Path) -> None:
    assert read_qdpx(file).contents() == counts(inside(file))


@pytest.mark.parametrize("file", PROJECTS, ids=lambda file: file.name)
def test_it_comes_out_whole_and_comes_in_the_same(file: Path) -> None:
    reading = read_qdpx(file)
    assert losses(reading.project) == ()
    written = qdpx_bytes(reading.project)
    assert read_qdpx(written).project == reading.project
    assert counts(project_file(written)) == counts(inside(file))


@pytest.mark.parametrize("file", PROJECTS, ids=lambda file: file.name)
def test_references_hold_when_it_comes_out(file: Path) -> None:
    def references(xml: bytes) -> Counter[str]:
        targets = etree.fromstring(xml).xpath("//@targetGUID | //@representedGUID | //@originGUID")
        return Counter(str(target).lower() for target in targets)

    there, written = references(inside(file)), references(project_file(rewritten(file)))
    assert there - written == Counter()


@with_schemas
@pytest.mark.parametrize("file", PROJECTS, ids=lambda file: file.name)
def test_it_comes_out_valid(file: Path) -> None:
    assert faults(project_file(rewritten(file)), "Project.xsd") == []


def rewritten(file: Path) -> bytes:
    return qdpx_bytes(read_qdpx(file).project)


def test_passages_of_the_demo_are_on_whole_lines_as_its_program_codes_lines() -> None:
    project = read_qdpx(SAMPLES / "qualcoding__demo.qdpx").project
    texts = {source.guid: source.text for source in project.sources}
    for coding in project.codings:
        text = texts[coding.source]
        assert coding.start == 0 or text[coding.start - 1] == "\n"
        assert coding.end == len(text) or "\n" in text[coding.end - 1 : coding.end + 1]


def test_a_codebook_comes_out_the_same() -> None:
    file = SAMPLES / "taguette_1.5.2__codebook.qdc"
    reading = read_qdc(file)
    assert (len(reading.codes), reading.problems) == (counts(file.read_bytes())["Code"], ())
    assert read_qdc(qdc_bytes(reading.codes, reading.sets)).codes == reading.codes
