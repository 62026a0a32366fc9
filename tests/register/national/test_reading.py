"""The download of Enhetsregisteret is read whatever its layout, and around what is broken."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.language import said
from samspill.register.national import Selection, read_national, read_voluntary
from samspill.register.national import pieces as cutting

from .entities import NUMBERS, PLACE, as_csv, entity, voluntary_page

EVERYTHING = Selection()
BERGEN = Selection(municipalities=frozenset({"4601"}))


def jackson(content: object) -> str:
    """As the register lays it out: a space on both sides of a colon, brackets on one line."""
    text = json.dumps(content, ensure_ascii=False, indent=2, separators=(",", " : "))
    return text.replace("[\n  {", "[ {", 1).replace("},\n  {", "}, {")


LAYOUTS = {
    "as the register": jackson,
    "dense": lambda content: json.dumps(content, separators=(",", ":")),
    "one a line": lambda content: "[\n" + ",\n".join(map(json.dumps, content)) + "\n]\n",
    "escaped": lambda content: json.dumps(content, ensure_ascii=True, indent=1),
    "with a byte order mark": lambda content: "\ufeff" + json.dumps(content, ensure_ascii=False),
}


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def numbers(read) -> list[str]:
    return [row["number"] for row in read.rows]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gz"])
def test_every_layout_gives_the_same(tmp_path, layout, compressed):
    text = layout([entity(n) for n in range(7)]).encode()
    file = tmp_path / "enheter.json"
    file.write_bytes(gzip.compress(text) if compressed else text)
    read = read_national([file], EVERYTHING)
    assert numbers(read) == NUMBERS[:7]
    assert (read.looked_at, read.problems, read.complete) == (7, (), True)


texts = st.text(
    st.sampled_from('{}[],:"\\ \n/aåø') | st.characters(exclude_categories=["Cs"]), max_size=30
) | st.sampled_from(['"organisasjonsnummer"', '{"organisasjonsnummer" : "', "}, {", "\n}, {\n"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    purposes=st.lists(texts, min_size=1, max_size=6),
    layout=st.sampled_from(sorted(LAYOUTS)),
    chunk=st.integers(1, 400),
)
def test_no_text_and_no_cut_of_the_stream_is_taken_for_an_entity(
    tmp_path, monkeypatch, purposes, layout, chunk
):
    monkeypatch.setattr(cutting, "CHUNK", chunk)
    made = [entity(n, aktivitet=[text], navn=f"LAG {text}") for n, text in enumerate(purposes)]
    file = written(tmp_path / "enheter.json", LAYOUTS[layout](made))
    read = read_national([file], EVERYTHING)
    assert numbers(read) == NUMBERS[: len(purposes)]
    assert read.problems == ()


LINES = jackson([entity(n) for n in range(3)]).splitlines()


@pytest.mark.parametrize("line", range(1, len(LINES) - 1))
@pytest.mark.parametrize("change", ["lost", "half"])
def test_a_broken_line_costs_one_entity_and_is_told_of(tmp_path, line, change):
    """Whatever line it is, the rest is read; what is still JSON without the line is no fault."""
    lines = list(LINES)
    lines[line] = "" if change == "lost" else lines[line][: len(lines[line]) // 2]
    text = "\n".join(lines)
    read = read_national([written(tmp_path / "enheter.json", text)], EVERYTHING)
    lost = set(NUMBERS[:3]) - set(numbers(read))
    assert len(lost) <= 1
    assert len(read.problems) <= 1
    if lost and not read.problems:
        json.loads(text)


def test_a_broken_entity_is_told_of_with_number_line_and_place_in_every_language(tmp_path):
    text = jackson([entity(n) for n in range(3)]).replace('"OPPDIKTET LAG 1"', '"OPPDIKTET LAG 1')
    line = text[: text.index(NUMBERS[1])].count("\n") + 1
    read = read_national([written(tmp_path / "enheter.json", text)], EVERYTHING)
    (problem,) = read.problems
    assert problem.row == 2
    assert read.unread == {NUMBERS[1]}
    for language in ("nb", "nn", "en"):
        told = said(problem, language)
        assert NUMBERS[1] in told
        assert str(line) in told
    assert "Enheten" in said(problem, "nb")
    assert "Eininga" in said(problem, "nn")


def test_a_broken_entity_of_another_municipality_is_told_of_too(tmp_path):
    elsewhere = entity(1, forretningsadresse=PLACE | {"kommunenummer": "0301"})
    text = jackson([entity(0), elsewhere, entity(2)]).replace('"OPPDIKTET LAG 1"', '"OPPDIKTET LAG')
    text = text.replace('"OPPDIKTET LAG,', '"OPPDIKTET LAG",').replace(
        '"links" : []\n  }, {', "", 1
    )
    read = read_national([written(tmp_path / "enheter.json", text)], BERGEN)
    assert len(read.problems) == 1


def test_a_file_that_ends_too_early_is_told_of_and_no_longer_complete(tmp_path):
    text = jackson([entity(n) for n in range(3)])
    read = read_national([written(tmp_path / "enheter.json", text[: text.index("LAG 2")])], BERGEN)
    assert numbers(read) == NUMBERS[:2]
    assert not read.complete
    assert len(read.problems) == 2


def test_a_compressed_file_that_is_not_whole_is_refused(tmp_path):
    file = tmp_path / "enheter.json.gz"
    file.write_bytes(gzip.compress(jackson([entity(n) for n in range(99)]).encode())[:-40])
    with pytest.raises(SamspillError, match="not whole"):
        read_national([file], EVERYTHING)


@pytest.mark.parametrize(
    "text", ["", "<html>", '{"a": 1}', "[1, 2]", '[{"navn": "A"}]', "navn;nummer\n", "[[[", "\x00"]
)
def test_another_file_is_refused(tmp_path, text):
    with pytest.raises(SamspillError, match="not a download"):
        read_national([written(tmp_path / "other", text)], EVERYTHING)


def test_a_file_with_nothing_but_faults_is_refused(tmp_path):
    broken = ", ".join(['{"organisasjonsnummer" : 1 }'] * 2_000)
    with pytest.raises(SamspillError, match="more than"):
        read_national([written(tmp_path / "enheter.json", f"[{broken}]")], EVERYTHING)


@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gz"])
def test_csv_gives_the_same_as_json(tmp_path, sign, compressed):
    made = [entity(n, navn=f'LAGET "{n}", ÆØÅ; {{') for n in range(5)]
    text = as_csv(made, sign).encode()
    table = tmp_path / "enheter.csv"
    table.write_bytes(gzip.compress(text) if compressed else text)
    tree = written(tmp_path / "enheter.json", jackson(made))
    assert read_national([table], BERGEN).rows == read_national([tree], BERGEN).rows


@pytest.mark.parametrize(
    "fault",
    ['"Et "løst" tegn, og mer', '"ett, for, mye","","', '"over\nto "linjer', "for få"],
)
def test_a_broken_record_of_csv_is_skipped_and_told_of(tmp_path, fault):
    """Purposes with loose quotation marks stand in the real file."""
    lines = as_csv(entity(n, vedtektsfestetFormaal=None) for n in range(4)).splitlines()
    lines[2] = lines[2].rsplit(",", 2 if fault == "for få" else 1)[0] + f",{fault}"
    read = read_national([written(tmp_path / "enheter.csv", "\n".join(lines) + "\n")], EVERYTHING)
    assert numbers(read) == [NUMBERS[0], NUMBERS[2], NUMBERS[3]]
    (problem,) = read.problems
    assert (problem.row, read.unread) == (2, {NUMBERS[1]})


def test_a_saved_page_and_a_single_entity_are_read_but_are_not_all(tmp_path):
    page = {"_embedded": {"enheter": [entity(0), entity(1)]}, "page": {"totalPages": 1}}
    files = [
        written(tmp_path / "page.json", json.dumps(page)),
        written(tmp_path / "one.json", json.dumps(entity(2))),
    ]
    read = read_national(files, BERGEN)
    assert numbers(read) == NUMBERS[:3]
    assert not read.complete


def test_only_those_asked_for_are_taken(tmp_path):
    made = [
        entity(0),
        entity(1, forretningsadresse=PLACE | {"kommunenummer": "0301"}),
        entity(2, registrertIFrivillighetsregisteret=False),
        entity(3, forretningsadresse=None, postadresse=PLACE),
        entity(4, registrertIFrivillighetsregisteret=False, organisasjonsform={"kode": "AS"}),
        entity(5, organisasjonsform={"kode": "STI"}),
        entity(6, forretningsadresse=PLACE | {"kommunenummer": "0301"}, postadresse=PLACE),
    ]
    file = written(tmp_path / "enheter.json", jackson(made))

    def taken(**asked):
        chosen = {name: frozenset(values) for name, values in asked.items()}
        return [NUMBERS.index(n) for n in numbers(read_national([file], Selection(**chosen)))]

    assert taken(municipalities=["4601"]) == [0, 3, 5]
    assert taken(municipalities=["4601"], forms=["FLI"]) == [0, 2, 3, 5]
    assert taken(municipalities=["4601"], numbers=[NUMBERS[4], NUMBERS[1]]) == [0, 1, 3, 4, 5]
    assert taken() == [0, 1, 3, 5, 6]


def test_who_is_voluntary_is_for_the_voluntary_register_to_say(tmp_path):
    file = written(
        tmp_path / "enheter.json",
        jackson([entity(0, registrertIFrivillighetsregisteret=False), entity(1), entity(2)]),
    )
    page = voluntary_page((NUMBERS[0], [("1200", 1)]), (NUMBERS[1], []))
    struck = page["_embedded"]["frivilligeOrganisasjoner"][1]
    struck["frivilligOrganisasjonsstatus"] = "frivilligOrganisasjonsstatus.slettet"
    pages = read_voluntary([written(tmp_path / "page.json", json.dumps(page))])
    assert numbers(read_national([file], BERGEN, pages)) == [NUMBERS[0], NUMBERS[2]]


def test_progress_follows_the_bytes(tmp_path):
    file = written(tmp_path / "enheter.json", jackson([entity(n % 800) for n in range(9_000)]))
    seen: list[tuple[int, int, str]] = []
    read_national([file], BERGEN, progress=lambda *step: seen.append(step))
    assert [of for _, of, _ in seen] == [file.stat().st_size] * len(seen)
    assert seen
    assert [done for done, *_ in seen] == sorted(done for done, *_ in seen)
