"""Files of text as sources: txt, md, docx, odt, rtf, pdf, html, vtt and srt.

``read_source`` recognises a file by what it holds, gives its clean text with one paragraph a line,
finds who speaks and when, and notes what was left out or guessed. It fetches nothing, opens no
other file and runs no macro; what cannot be read is said in one sentence.
"""

from samspill.qualitative.reading.source import ReadSource, read_source, with_speakers
from samspill.qualitative.reading.speakers import FoundSpeaker

__all__ = ["FoundSpeaker", "ReadSource", "read_source", "with_speakers"]
