"""An instrument as a TOML file: read whole or refused with every fault, written whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
import tomllib
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem
from samspill.instrument.model import Instrument
from samspill.instrument.toml_reading import instrument_from
from samspill.instrument.toml_writing import instrument_text
from samspill.instrument.validation import validate_instrument

MAXIMUM_BYTES = 5_000_000


def read_instrument(file: Path | str) -> Instrument:
    """The instrument in a TOML file (``docs/instruments.md``).

    Raises:
        InvalidInput: the file is missing, is not TOML, or holds an instrument that is not sound;
            every fault is named with its place.
    """
    path = Path(file)
    return parse_instrument(_text(path), path.name)


def parse_instrument(text: str, name: str = "instrument.toml") -> Instrument:
    """The instrument in a text in the file's format; ``name`` is what faults call it.

    Raises:
        InvalidInput: as ``read_instrument``.
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = Message("The file is not TOML: {error}.", error=str(error))
        raise _invalid(name, message, "Correct the line it names.") from None
    problems: list[Problem] = []
    instrument = instrument_from(raw, name, problems)
    if not problems:
        problems = validate_instrument(instrument, name)
    if problems:
        raise InvalidInput(Message("The instrument {name}", name=name), problems)
    return instrument


def write_instrument(instrument: Instrument, file: Path | str) -> Path:
    """Write an instrument to a TOML file, whole or not at all. Gives the path.

    Raises:
        InvalidInput: the instrument is not sound; nothing is written.
    """
    path = Path(file)
    problems = validate_instrument(instrument, path.name)
    if problems:
        raise InvalidInput(Message("The instrument {name}", name=instrument.identifier), problems)
    replace_file(path, instrument_text(instrument).encode())
    return path


def instrument_digest(instrument: Instrument) -> str:
    """SHA-256 of the instrument as it would be written: equal instruments have equal digests.

    A fielded instrument is frozen by keeping its digest; any change of a word or a rule shows.
    """
    return hashlib.sha256(instrument_text(instrument).encode()).hexdigest()


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in its place in one step, so that a fault leaves what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            step = "Give an instrument, not data."
            raise _invalid(path.name, "The file is larger than 5 MB.", step)
        return path.read_text(encoding="utf-8")
    except OSError:
        raise _invalid(path.name, "The file cannot be read.", "Check its name.") from None
    except UnicodeDecodeError:
        raise _invalid(path.name, "The file is not UTF-8 text.", "Save it as UTF-8.") from None


def _invalid(name: str, message: str, step: str) -> InvalidInput:
    return InvalidInput(
        Message("The instrument {name}", name=name), [Problem(name, None, None, message, step)]
    )
