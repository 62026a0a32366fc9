"""Plain text and subtitles: encodings, characters, speakers and times."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import TimePoint, paragraphs
from samspill.qualitative.reading import read_source


def text_of(content: bytes | str, name: str = "a.txt") -> str:
    content = content.encode() if isinstance(content, str) else content
    return read_source(content, name).source.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_told_by_their_marks(encoding):
    text = "Blåbær og 😀"
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert text_of(mark + text.encode(encoding)) == text


def test_windows_1252_is_read_with_a_note():
    read = read_source("«Blåbær» – ja".encode("cp1252"), "a.txt")
    assert read.source.text == "«Blåbær» – ja"
    assert "Windows-1252" in read.notes[0]


def test_every_kind_of_line_break_ends_a_paragraph():
    assert text_of("a\r\nb\rc\nd\ve\u2028f\u2029g\x85h\n\n\ni") == "\n".join("abcdefghi")


def test_joiners_of_emoji_and_letters_are_kept():
    family = "👨‍👩‍👧 og ❤️"
    assert text_of(family) == family


@settings(max_examples=40)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(str.strip)
)
def test_no_letter_digit_or_sign_is_lost(text):
    """Whatever has a width is in the text, in the same order."""
    kept = "".join(c for c in text if unicodedata.category(c)[0] in "LNPSM")
    content = b"\xef\xbb\xbf" + f"ord {text}".encode()
    read = text_of(content)
    there = "".join(c for c in read if unicodedata.category(c)[0] in "LNPSM")
    assert there.removeprefix("ord") == unicodedata.normalize("NFC", f"ord{kept}")[3:] or (
        unicodedata.normalize("NFD", there) == unicodedata.normalize("NFD", f"ord{kept}")
    )


def test_lines_that_a_program_has_wrapped_are_joined():
    paragraph = "dette er et avsnitt som et program har delt i linjer av omtrent samme lengde " * 5
    words, lines = paragraph.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 70:
            lines.append("")
        lines[-1] += f"{word} "
    wrapped = "\n".join(lines) + "\n\n" + "\n".join(lines)
    assert text_of(wrapped) == f"{paragraph.strip()}\n{paragraph.strip()}"


def test_speakers_are_names_before_a_colon_that_recur():
    read = read_source(
        b"Dato: 3. mai\nIntervjuer:Kan du si noe?\nLeder 1 : Ja, kl. 12:30.\n"
        b"og mer\nIntervjuer: Takk.\nLeder 1: Nei. Se http://x.no\n",
        "a.txt",
    )
    assert read.source.speakers == ("Intervjuer", "Leder 1")
    assert [p.speaker for p in paragraphs(read.source)] == [
        "",
        "Intervjuer",
        "Leder 1",
        "",
        "Intervjuer",
        "Leder 1",
    ]
    assert {s.name: s.taken for s in read.speakers}["Dato"] is False


def test_names_with_times_on_lines_of_their_own_begin_the_turn():
    read = read_source(
        b"Kari Li   0:03\nHei alle.\nOla By   0:09\nHei.\nVel.\nKari Li   1:02:03\nJa.",
        "a.txt",
    )
    assert read.source.text == "Kari Li: Hei alle.\nOla By: Hei.\nVel.\nKari Li: Ja."
    assert [t.milliseconds for t in read.source.times] == [3_000, 9_000, 3_723_000]
    assert read.source.speakers == ("Kari Li", "Ola By")


def test_times_at_the_beginning_of_lines_are_kept_beside_the_text():
    read = read_source(b"[00:01:00] A: ja\n[00:02:00] B: nei\n[00:03:00] A: vel", "a.txt")
    assert read.source.text == "A: ja\nB: nei\nA: vel"
    assert read.source.times == (
        TimePoint(0, 60_000),
        TimePoint(6, 120_000),
        TimePoint(13, 180_000),
    )


# Cues in the forms that the WebVTT specification describes: sections 1.1-1.4, 4.1-4.2.
VTT = """\ufeffWEBVTT - Some title

STYLE
::cue { color: red }

NOTE
This is left out --

intro
00:11.000 --> 00:13.000 align:start position:10%
<v Roger Bingham>We are in New York City

00:00:13.000 --> 00:00:16.000
<v Roger Bingham>We're actually at the Lucern Hotel, <i.loud>just</i> down &amp; up

00:16.000 --> 00:18.000
<v.first Neil deGrasse Tyson>Didn't we talk
about <00:17.000>enough?</v>
<v Roger Bingham>No.</v>

100:00:00.000 --> 100:00:02.000
<c.yellow>&lt;applause&gt;</c>
"""


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_webvtt_has_voices_as_speakers_and_cues_as_times(breaks):
    source = read_source(VTT.replace("\n", breaks).encode(), "a.vtt").source
    lines = [
        "Roger Bingham: We are in New York City We're actually at the Lucern Hotel, just down & up",
        "Neil deGrasse Tyson: Didn't we talk about enough?",
        "Roger Bingham: No.",
        "<applause>",
    ]
    assert source.text.split("\n") == lines
    assert source.speakers == ("Roger Bingham", "Neil deGrasse Tyson")
    said = {t.milliseconds: source.text[t.position :].split()[0] for t in source.times}
    assert said[13_000] == "We're"
    assert said[360_000_000] == "<applause>"


def test_subrip_is_joined_to_sentences_with_its_times():
    source = read_source(
        b"1\n00:00:01,000 --> 00:00:02,000\n<i>Hei</i> du,\n\n"
        b"2\n00:00:02,000 --> 00:00:03,500\nsom kom.\n3\n"
        b"00:00:07,000 --> 00:00:08,000\nNei.\n",
        "a.srt",
    ).source
    assert source.text == "Hei du, som kom.\nNei."
    assert source.times == (TimePoint(0, 1000), TimePoint(8, 2000), TimePoint(17, 7000))


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.vtt", "a.srt", "a.pdf", "a.zip"]))
def test_any_bytes_are_read_or_refused(content, name):
    try:
        text = read_source(content, name).source.text
    except SamspillError as error:
        text = error.next_step
    assert text
    assert "\r" not in text


def test_rtf_has_other_alphabets_pairs_and_what_word_writes():
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}{\*\generator x;}"
        rb"\f0\uc1 {\b Leder} Bl\'e5b\'e6r \u8364? to \u-10179?\u-8704? x\u229\'e5\par"
        rb"{\b Ola} \f1\'e4\'e0\f0{\deleted borte}{\footnote fot \par note}\par"
        b"\r\n{\\b Leder} siste\r\n ord\\par{\\b Ola} en\\~to\\line tre\\par}"
    )
    read = read_source(rtf, "a.rtf")
    assert read.source.text.split("\n") == [
        "Leder: Blåbær € to 😀 xå",
        "Ola: да[1]",
        "Leder: siste ord",
        "Ola: en to",
        "tre",
        "[1] fot note",
    ]
