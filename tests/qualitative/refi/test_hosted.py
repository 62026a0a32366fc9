"""The text of a PDF and the transcript of a recording are sources like any other, and go back."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.qualitative import Coding, Memo, new_guid
from samspill.qualitative.refi import losses, qdpx_bytes, read_qdpx

from .qde import CODE, guid, project, qde, selection
from .standard import SCHEMAS, faults, project_file

SAID = "Leder: 🎈 Vi har ingen liste.\r\nIntervjuer: Hva ville hjulpet?\r\nLeder: Et møte."
CLEAN = SAID.replace("\r\n", "\n")
PDF, TEXT, SOUND, TRANSCRIPT = (guid(number) for number in (200, 201, 210, 211))


def utf16(words: str) -> tuple[int, int]:
    """Where words begin and end, as a program counts that counts UTF-16 units."""
    start = len(SAID[: SAID.index(words)].encode("utf-16-le")) // 2
    return start, start + len(words.encode("utf-16-le")) // 2


def sync(number: int, position: int, time: int | None = None) -> str:
    stamp = "" if time is None else f' timeStamp="{time}"'
    return f'<SyncPoint guid="{guid(number)}" position="{position}"{stamp}/>'


def coded(number: int) -> str:
    return f'<Coding guid="{guid(number)}"><CodeRef targetGUID="{CODE}"/></Coding>'


FIRST, SECOND = utf16("Vi har ingen liste"), utf16("Et møte")
RECORDING = (
    f'<AudioSource guid="{SOUND}" name="Opptak" path="internal://lyd.mp3">'
    f'<Transcript guid="{TRANSCRIPT}" plainTextPath="internal://sagt.txt">'
    f"{sync(220, FIRST[0], 1000)}{sync(221, FIRST[1], 2500)}{sync(222, SECOND[0])}"
    f"{sync(223, SECOND[1], 9000)}"
    f'<TranscriptSelection guid="{guid(230)}" fromSyncPoint="{guid(220)}" '
    f'toSyncPoint="{guid(221)}" name="Utdrag">{coded(231)}</TranscriptSelection>'
    f'<TranscriptSelection guid="{guid(232)}" fromSyncPoint="{guid(222)}" '
    f'toSyncPoint="{guid(223)}">{coded(233)}</TranscriptSelection>'
    f'<TranscriptSelection guid="{guid(234)}" fromSyncPoint="{guid(222)}">{coded(235)}'
    f"</TranscriptSelection></Transcript>"
    f'<AudioSelection guid="{guid(240)}" begin="0" end="5">{coded(241)}</AudioSelection>'
    f"</AudioSource>"
)
DOCUMENT = (
    f'<PDFSource guid="{PDF}" name="Plan.pdf" path="internal://plan.pdf">'
    f'<Representation guid="{TEXT}"><PlainTextContent>Kommunen har en plan.</PlainTextContent>'
    f"{selection(150, 0, 8)}</Representation></PDFSource>"
)
FILES = {
    "Sources/sagt.txt": SAID.encode(),
    "Sources/lyd.mp3": b"mp3",
    "Sources/plan.pdf": b"%PDF-1.4",
}
OTHER = f"<Sources>{RECORDING}{DOCUMENT}</Sources>"


@pytest.fixture
def reading():
    return read_qdpx(qde(OTHER, FILES))


def words(project_read):
    texts = {source.guid: source.text for source in project_read.sources}
    return {c.guid: texts[c.source][c.start : c.end] for c in project_read.codings}


def parts(found, *, points=True):
    """How many of each element a file holds, but for the variables that say what is known here,
    and (where passages began within a character) the points that were made for them."""
    left_out = {"Variable"} if points else {"Variable", "SyncPoint"}
    return {name: n for name, n in found.contents().items() if name not in left_out}


def test_transcripts_and_texts_of_pdfs_are_sources_with_their_passages_in_place(reading):
    assert [(s.guid, s.name, s.text) for s in reading.project.sources] == [
        (TRANSCRIPT, "Opptak", CLEAN),
        (TEXT, "Plan.pdf", "Kommunen har en plan."),
    ]
    assert words(reading.project) == {
        guid(231): "Vi har ingen liste",
        guid(233): "Et møte",
        guid(303): "Kommunen",
    }
    assert reading.offsets.chosen.unit == "utf16"


def test_times_of_a_transcript_are_kept_at_the_words_they_are_of(reading):
    spoken = reading.project.sources[0]
    at = {CLEAN[point.position :][:6]: point.milliseconds for point in spoken.times}
    assert at["Vi har"] == 1000
    assert [point.milliseconds for point in spoken.times] == [1000, 2500, 9000]


def test_they_go_back_to_where_they_stood(reading):
    written = qdpx_bytes(reading.project)
    again = read_qdpx(written)
    assert losses(reading.project) == ()
    assert again.project == reading.project
    assert parts(again) == parts(reading)
    found = project_file(written).decode()
    assert re.search(
        rf"<PDFSource[^>]*{PDF}.*<Representation[^>]*{TEXT}.*</PDFSource>", found, re.S
    )
    assert re.search(rf"<AudioSource[^>]*{SOUND}.*<Transcript[^>]*{TRANSCRIPT}", found, re.S)
    assert f'fromSyncPoint="{guid(220)}" toSyncPoint="{guid(221)}"' in found
    if SCHEMAS.exists():
        assert faults(project_file(written), "Project.xsd") == []


def test_what_is_carried_beside_a_text_is_told_of_and_kept(reading):
    told = [problem.message for problem in reading.problems]
    assert "Sources that are no texts that can be shown here: 1." in told
    found = project_file(qdpx_bytes(reading.project)).decode()
    for number in (235, 241):
        assert guid(number) in found


def changed(read):
    """The project with what a person does to it here: coded, described, noted, one text added."""
    spoken = read.sources[0]
    start = spoken.text.index("ingen liste")
    more = Coding(new_guid(), TRANSCRIPT, start, start + 11, CODE)
    whole = Coding(new_guid(), TEXT, 0, len(read.sources[1].text), CODE)
    described = replace(
        spoken,
        name="Leder i laget",
        side="organisation",
        fields=("health_care",),
        attributes={"population": 900, "share": 0.5, "old": True},
    )
    new = replace(read.sources[1], guid=new_guid(), name="Ny", text="Ny tekst.", times=())
    memo = Memo(new_guid(), "Hør på tonen.", about=(TRANSCRIPT, more.guid))
    return replace(
        read,
        sources=(described, new, read.sources[1]),
        codings=(*read.codings, more, whole),
        memos=(memo,),
    )


def test_what_is_done_to_them_here_comes_back(reading):
    made = changed(reading.project)
    written = qdpx_bytes(made)
    assert losses(made) == ()
    assert read_qdpx(written).project == made
    assert read_qdpx(qdpx_bytes(read_qdpx(written).project)).project == made
    if SCHEMAS.exists():
        assert faults(project_file(written), "Project.xsd") == []


def test_another_program_finds_new_passages_between_sync_points(reading):
    made = changed(reading.project)
    written = project_file(qdpx_bytes(made)).decode()
    bare = re.sub(r"<\?samspill.*?\?>", "", written)
    files = {"Sources/" + name: text for name, text in texts_of(made).items()}
    found = read_qdpx(archive_of(bare, files)).project
    assert {c.guid for c in found.codings} == {c.guid for c in made.codings}
    assert sorted(words(found).values()) == sorted(words(made).values())


def texts_of(made):
    return {f"{source.guid}.txt": source.text.encode() for source in made.sources}


def archive_of(xml, files):
    from .qde import archive

    return archive({"project.qde": xml.encode(), **files})


def test_a_text_taken_away_leaves_the_rest(reading):
    made = replace(
        reading.project,
        sources=reading.project.sources[1:],
        codings=tuple(c for c in reading.project.codings if c.source == TEXT),
    )
    again = read_qdpx(qdpx_bytes(made)).project
    assert [source.guid for source in again.sources] == [TEXT]
    assert guid(241) in project_file(qdpx_bytes(made)).decode()


def test_a_file_written_before_texts_were_lifted_keeps_them_where_they_stand(reading):
    told = json.dumps({"guid": guid(1)})
    xml = project(OTHER).replace("?>", f"?><?samspill {told}?>", 1)
    found = read_qdpx(archive_of(xml, FILES)).project
    assert found.sources == ()
    again = read_qdpx(qdpx_bytes(found))
    assert again.project == found
    assert again.contents()["Coding"] == reading.contents()["Coding"]


def test_a_text_with_the_identity_of_its_host_stays_within_it():
    alike = DOCUMENT.replace(TEXT, PDF)
    found = read_qdpx(qde(f"<Sources>{alike}</Sources>", FILES))
    assert found.project.sources == ()
    assert read_qdpx(qdpx_bytes(found.project)).project == found.project


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=5),
    st.text(st.sampled_from("aæ🎈\n .e\u0301"), max_size=60),
    st.booleans(),
)
def test_any_transcript_comes_back_the_same(pairs, text, inside):
    content = text.replace("\n", "\r\n") if not inside else text
    points, passages = "", ""
    for number, (start, end) in enumerate(pairs):
        points += sync(500 + 2 * number, start, number) + sync(501 + 2 * number, end)
        passages += (
            f'<TranscriptSelection guid="{guid(600 + number)}" '
            f'fromSyncPoint="{guid(500 + 2 * number)}" toSyncPoint="{guid(501 + 2 * number)}">'
            f"{coded(700 + number)}</TranscriptSelection>"
        )
    where = 'plainTextPath="internal://t.txt"'
    host = (
        f'<Sources><VideoSource guid="{SOUND}"><Transcript guid="{TRANSCRIPT}" {where}>'
        f"{points}{passages}</Transcript></VideoSource></Sources>"
    )
    first = read_qdpx(qde(host, {"Sources/t.txt": content.encode()}))
    again = read_qdpx(qdpx_bytes(first.project))
    assert again.project == first.project
    assert parts(again, points=False) == parts(first, points=False)
    for coding in first.project.codings:
        assert 0 <= coding.start <= coding.end <= len(first.project.sources[0].text)
