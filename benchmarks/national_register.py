"""What it costs to read the national registers: a whole country's files, in their own format.

    python -m benchmarks.national_register
    python -m benchmarks.national_register --entities 100000 --voluntary 6000

The limit is reading the bytes alone. The peer is the standard library's ``json``, entity by entity
on a text held whole, which only counts them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.measure import Measured, measured, verdict
from benchmarks.national_register_files import make

SECONDS, MEGABYTES = 60, 1024
MUNICIPALITY = "4601"


def bytes_alone(path: str) -> int:
    with open(path, "rb") as file:
        return sum(len(chunk) for chunk in iter(lambda: file.read(4_000_000), b""))


def standard_json(path: str) -> int:
    """Decode every entity; a broken one is passed over."""
    text = Path(path).read_text(encoding="utf-8")
    decoder, at, n = json.JSONDecoder(), text.find("{"), 0
    while at >= 0:
        try:
            _, at = decoder.raw_decode(text, at)
            n += 1
            at = text.find("{", at)
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
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as small:
        few, few_pages = make(Path(small), 1_000, 100)
        entities, pages = make(Path(folder), asked.entities, asked.voluntary)
        print(f"{entities.stat().st_size / 1e9:.2f} GB, {asked.entities:,} entities")
        limit = measured(bytes_alone, str(entities), warm_up=(str(few),))
        peer = measured(standard_json, str(entities), warm_up=(str(few),))
        _tell("bytes alone", limit, limit, peer)
        _tell("json", peer, limit, peer)
        for name, code in (("whole country", ""), ("one municipality", MUNICIPALITY)):
            run = measured(
                national, str(entities), str(pages), code, warm_up=(str(few), str(few_pages), "")
            )
            _tell(name, run, limit, peer)
            rows, problems, again = run.value
            met = run.seconds < SECONDS and run.peak < MEGABYTES and problems == 1 and not again
            print(
                f"  {rows:,} organisations, {problems} broken entity told of, "
                f"{again} changes in a second run; under {SECONDS} s and {MEGABYTES} MB: "
                f"{verdict(met)}"
            )


def _tell(name: str, run: Measured, limit: Measured, peer: Measured) -> None:
    print(
        f"{name:<17} {run.seconds:7.2f} s {run.peak:6.0f} MB  "
        f"{run.seconds / limit.seconds:6.1f} times the bytes  {peer.seconds / run.seconds:5.1f} "
        "times faster than json"
    )


if __name__ == "__main__":
    main()
