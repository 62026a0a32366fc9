"""What real files contain is read, told where it is not as it should be, and goes out valid."""

from __future__ import annotations

import pytest

from samspill.qualitative import Project
from samspill.qualitative.refi import Reading, qdpx_bytes, read_qdpx

from .qde import CODE, NAMESPACE, guid, project, qde, selection
from .standard import SCHEMAS, faults, project_file

TEXT = f'<Sources><TextSource guid="{guid(1)}" name="S" plainTextPath="internal://a.txt">'
END = "</TextSource></Sources>"
A = {"Sources/a.txt": b"Ord her"}


def read(content: bytes) -> Reading:
    """Read, and held against the schema and a second reading."""
    reading = read_qdpx(content)
    written = qdpx_bytes(reading.project)
    assert read_qdpx(written).project == reading.project
    if SCHEMAS.exists():
        assert faults(project_file(written), "Project.xsd") == []
    return reading


@pytest.mark.parametrize("name", ["project.qde", "Project.QDE", "Something else.qde"])
@pytest.mark.parametrize("folder", ["Sources/", "sources/", "SOURCES/", ""])
@pytest.mark.parametrize("scheme", ["internal://", "relative://x/", "absolute://C:\\x\\", ""])
def test_a_text_is_found_wherever_it_is(name: str, folder: str, scheme: str) -> None:
    inside = TEXT.replace("internal://", scheme) + selection(1, 0, 3) + END
    project = read(qde(inside, {folder + "a.txt": b"Ord her"}, name=name)).project
    assert [source.text for source in project.sources] == ["Ord her"]
    assert len(project.codings) == 1


@pytest.mark.parametrize("written", [f"{{{guid(1)}}}", guid(1).upper(), guid(1).replace("-", "")])
def test_identities_are_read_in_any_form(written: str) -> None:
    inside = (
        f'<Sources><TextSource guid="{written}"/></Sources><Sets><Set guid="{guid(5)}" name="x">'
    )
    inside += f'<MemberSource targetGUID="{guid(1)}"/></Set></Sets>'
    reading = read(qde(inside))
    assert [source.guid for source in reading.project.sources] == [guid(1)]
    assert reading.problems == ()


def test_identities_that_are_none_still_hold_together() -> None:
    codes = '<CodeBook><Codes><Code guid="c1" name="K" isCodable="true"/></Codes></CodeBook>'
    reading = read(qde(TEXT + selection(1, 0, 3, "c1") + END, A, codes=codes))
    (coding,), (code,) = reading.project.codings, reading.project.codes
    assert coding.code == code.guid
    assert "are no GUIDs" in reading.problems[0].message


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfOrd her", "Ord her"),
        ("Ord på".encode("utf-16"), "Ord på"),
        (b"", ""),
        (b"en\r\nto\rtre\n", "en\nto\ntre\n"),
        ("blåbær".encode("cp1252"), "blåbær"),
    ],
)
def test_texts_are_read_in_any_encoding(content: bytes, text: str) -> None:
    assert read(qde(TEXT + END, {"Sources/a.txt": content})).project.sources[0].text == text


@pytest.mark.parametrize("inside", ["<Users/><Sets/><Notes/><Links/><Graphs/><Cases/>", ""])
def test_empty_elements_are_no_fault(inside: str) -> None:
    assert read(qde(inside)).problems == ()


def test_another_version_and_unknown_elements_are_told_and_the_rest_is_read() -> None:
    attributes = 'xmlns="urn:QDA-XML:project:9.9" colour="x"'
    reading = read(
        qde(f"<Wonder/>{TEXT}<Extra/>{selection(1, 0, 3)}{END}", A, attributes=attributes)
    )
    assert len(reading.project.codings) == 1
    told = " ".join(problem.message for problem in reading.problems)
    assert all(word in told for word in ("9.9", "“Wonder”", "“Extra”", "“colour”"))


def test_names_may_lack_or_repeat_and_colours_be_none() -> None:
    codes = "<CodeBook><Codes>" + "".join(
        f'<Code guid="{guid(n)}" {more} isCodable="true"/>'
        for n, more in enumerate(['name="A" color="red"', 'name="A" color="#Abc"', ""], 20)
    )
    reading = read(qde("", codes=codes + "</Codes></CodeBook>"))
    assert [(code.name, code.colour) for code in reading.project.codes] == [
        ("A", ""),
        ("A", "#aabbcc"),
        ("", ""),
    ]
    assert len(reading.problems) == 2


def test_codings_that_cannot_be_shown_are_told_and_carried() -> None:
    inside = selection(1, 0, 3, guid(99)) + selection(2, 5, 50) + selection(3, 4, 2)
    reading = read(qde(TEXT + inside + selection(4, 3, 3) + END, A))
    assert [(c.start, c.end) for c in reading.project.codings] == [(3, 3)]
    told = [problem.message for problem in reading.problems]
    assert any(m.startswith("Codings with a code that") and m.endswith(": 1.") for m in told)
    assert "Passages that do not lie within their text: 2." in told
    assert read_qdpx(qdpx_bytes(reading.project)).contents()["Coding"] == 4


def test_what_a_project_has_no_place_for_goes_out_again() -> None:
    note = f'<NoteRef targetGUID="{guid(50)}"/>'
    inside = f"""
      <Users><User guid="{guid(9)}" name="Kari" id="k"/></Users>{CODES_WITH_NOTE}
      <Variables><Variable guid="{guid(30)}" name="Alder" typeOfVariable="Integer"/>
        <Variable guid="{guid(31)}" name="Alder" typeOfVariable="Text"/></Variables>
      <Cases><Case guid="{guid(32)}"><VariableValue><VariableRef targetGUID="{guid(31)}"/>
        <FloatValue>1,5</FloatValue></VariableValue><SourceRef targetGUID="{guid(1)}"/></Case>
      </Cases>
      <Sources><TextSource guid="{guid(1)}" name="S" plainTextPath="internal://a.txt"
        richTextPath="internal://a.docx" creatingUser="{guid(9)}">
        <Description>Om kilden</Description>
        <PlainTextSelection guid="{guid(40)}" name="Ord" startPosition="0" endPosition="3">
          <Description>Et ord</Description>{coding(41)}{coding(42)}{note}</PlainTextSelection>
        <PlainTextSelection guid="{guid(43)}" startPosition="4" endPosition="7">{note}
        </PlainTextSelection>{coding(44)}
        <VariableValue><VariableRef targetGUID="{guid(30)}"/><IntegerValue>40</IntegerValue>
        </VariableValue><VariableValue><VariableRef targetGUID="{guid(31)}"/>
        <TextValue>førti</TextValue></VariableValue></TextSource>
        <AudioSource guid="{guid(60)}" path="relative://lyd.mp3"><Transcript guid="{guid(61)}">
          <PlainTextContent>Hei</PlainTextContent><SyncPoint guid="{guid(62)}" timeStamp="5"/>
          <TranscriptSelection guid="{guid(63)}" fromSyncPoint="{guid(62)}">{coding(64)}
          </TranscriptSelection></Transcript>{note}</AudioSource></Sources>
      <Notes><Note guid="{guid(50)}" name="N"><PlainTextContent>Merk</PlainTextContent></Note>
      </Notes>
      <Links><Link guid="{guid(70)}" originGUID="{guid(40)}" targetGUID="{guid(60)}"/></Links>
      <Sets><Set guid="{guid(71)}" name="M"><MemberNote targetGUID="{guid(50)}"/></Set></Sets>
      <Graphs><Graph guid="{guid(72)}"><Vertex guid="{guid(73)}" firstX="1" firstY="2"/></Graph>
      </Graphs>
      <Description>Om prosjektet</Description>{note}"""
    content = qde(inside, {**A, "Sources/a.docx": b"docx", "Sources/lyd.mp3": b"mp3"}, codes="")
    reading = read(content)
    project = reading.project
    assert reading.problems[-1].message.startswith("Sources that are no texts")
    assert len(project.codings) == 3
    assert project.memos[0].about == (CODE, guid(40), guid(43), guid(60))
    assert project.sources[0].attributes == {"Alder": 40}
    again = read_qdpx(qdpx_bytes(project))
    assert again.contents() == reading.contents()
    written = project_file(qdpx_bytes(project)).decode()
    for part in ("Om kilden", "Et ord", "Om prosjektet", "førti", "1,5", "lyd.mp3", "a.docx"):
        assert part in written


CODES_WITH_NOTE = (
    f'<CodeBook><Codes><Code guid="{CODE}" name="K" isCodable="1">'
    f'<NoteRef targetGUID="{guid(50)}"/></Code></Codes></CodeBook>'
)


def coding(number: int) -> str:
    return f'<Coding guid="{guid(number)}"><CodeRef targetGUID="{CODE}"/></Coding>'


def test_a_project_file_alone_is_read() -> None:
    assert read_qdpx(project("").encode(), name="alene.qde").project.codes[0].name == "Kode"
    assert isinstance(read_qdpx(project("", NAMESPACE).encode("utf-16")).project, Project)
