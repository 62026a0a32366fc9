"""What it costs to read the national registers: a whole country's files, in their own format.

    python -m benchmarks.national_register [--entities 1200000 --voluntary 73000]

The peer is the standard library's ``json.load`` on the same file without its broken entity: what
reads a JSON array when nothing is done about its size. The limit is reading the bytes alone.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.measure import measured, verdict
from benchmarks.national_register_files import make

SECONDS, MEGABYTES = 60, 1024


def bytes_alone(path: str) -> int:
    with open(path, "rb") as file:
        return sum(len(chunk) for chunk in iter(lambda: file.read(4_000_000), b""))


def standard_json(path: str) -> int:
    """All entities, one at a time as far as the standard library goes: by ``raw_decode``."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    decoder, at, n = json.JSONDecoder(), text.index("[") + 1, 0
    while (at := text.find("{", at)) >= 0:
        try:
            _, at = decoder.raw_decode(text, at)
            n += 1
        except json.JSONDecodeError:
            at = text.find('{\n  "organisasjonsnummer"', at + 1)
    return n


def national(path: str, voluntary: str, code: str) -> tuple[int, int, int]:
    """Rows, problems, and what a second run would change."""
    from samspill.register.national import (
        Selection,
        apply,
        changes,
        read_national,
        read_voluntary,
    )

    register = read_voluntary([Path(voluntary)])
    selection = Selection(frozenset([code]) if code else frozenset())
    read = read_national([Path(path)], selection, register)
    rows = apply([], changes([], read, {}))
    again = changes(rows, read, {})
    return len(rows), len(read.problems), len(again.new) + len(again.changed) + len(again.gone)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=1_200_000)
    parser.add_argument("--voluntary", type=int, default=73_000)
    parser.add_argument("--peer", action="store_true", help="Also json, which needs 4 GB.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as small:
        few = make(Path(small), 1_000, 100)
        entities, voluntary = make(Path(folder), asked.entities, asked.voluntary)
        path, pages = str(entities), str(voluntary)
        warm = (str(few[0]), str(few[1]), "")
        print(f"{entities.stat().st_size / 1e9:.2f} GB, {asked.entities:,} entities")
        limit = measured(bytes_alone, path, warm_up=(str(few[0]),))
        print(f"bytes alone          {limit.seconds:7.2f} s {limit.peak:6.0f} MB")
        for name, code in (("whole country", ""), ("one municipality", "4601")):
            run = measured(national, path, pages, code, warm_up=warm)
            rows, problems, again = run.value
            met = run.seconds < SECONDS and run.peak < MEGABYTES and not again
            print(
                f"{name:<20} {run.seconds:7.2f} s {run.peak:6.0f} MB, "
                f"{run.seconds / limit.seconds:.1f} times the bytes; {rows:,} organisations, "
                f"{problems} broken, {again} changes in a second run: {verdict(met)}"
            )
        if asked.peer:
            peer = measured(standard_json, path, warm_up=(str(few[0]),))
            print(f"json                 {peer.seconds:7.2f} s {peer.peak:6.0f} MB")


if __name__ == "__main__":
    main()
