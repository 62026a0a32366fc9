"""Loading finds every fault in the files of advice and says where it is."""

from __future__ import annotations

import copy
import shutil
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.advice import load
from samspill.advice.loading import DATA
from samspill.advice.validation import check
from samspill.errors import InvalidInput
from samspill.vocabulary import load as load_vocabulary

MEASURES = "measures/coordination.toml"
RAW = {
    path.relative_to(DATA).as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(DATA.rglob("*.toml"))
}


def faults(change):
    """What checking says of the shipped files after ``change``: (file, row, key) of each fault."""
    raw = copy.deepcopy(RAW)
    change(raw)
    return [(p.file, p.row, p.column) for p in check(raw, load_vocabulary())]


def measure(raw):
    return raw[MEASURES]["measure"][0]


def source(raw):
    return raw["sources.toml"]["source"][0]


def test_the_shipped_files_have_no_fault():
    assert faults(lambda raw: None) == []


@pytest.mark.parametrize("key", ["title", "action", "sign", "known"])
@pytest.mark.parametrize("language", load_vocabulary().languages)
def test_a_missing_language_is_named(key, language):
    expected = (MEASURES, 1, f"{key}.{language}")
    assert faults(lambda raw: measure(raw)[key].pop(language)) == [expected]
    assert faults(lambda raw: measure(raw)[key].update({language: "  "})) == [expected]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda raw: measure(raw).update(barriers=["coordination/rain"]), "barriers"),
        (lambda raw: measure(raw).update(barriers=["barriers/coordination"]), "barriers"),
        (lambda raw: measure(raw).update(barriers=[]), "barriers"),
        (lambda raw: measure(raw).update(barriers="coordination"), "barriers"),
        (lambda raw: measure(raw).update(barriers=[3]), "barriers"),
        (lambda raw: measure(raw).update(fields=["sailing"]), "fields"),
        (lambda raw: measure(raw).update(fields=[]), "fields"),
        (lambda raw: measure(raw).update(cost="free"), "cost"),
        (lambda raw: measure(raw).pop("effort"), "effort"),
        (lambda raw: measure(raw).update(owner="the mayor"), "owner"),
        (lambda raw: measure(raw).update(sources=[]), "sources"),
        (lambda raw: measure(raw).pop("sources"), "sources"),
        (lambda raw: measure(raw)["sources"][0].update(source="hearsay"), "sources.source"),
        (lambda raw: measure(raw)["sources"][0].update(grade="D"), "sources.grade"),
        (lambda raw: measure(raw)["sources"][0].update(grade="A"), "sources.grade"),
        (lambda raw: measure(raw)["sources"][0].update(chapters="4"), "sources.chapters"),
        (lambda raw: measure(raw)["sources"][0].update(chapters=[0]), "sources.chapters"),
        (lambda raw: measure(raw)["sources"][0].update(page=3), "page"),
        (lambda raw: measure(raw).update(seen_in=[]), "seen_in"),
        (lambda raw: measure(raw).update(seen_in=["organisations"]), "seen_in"),
        (lambda raw: measure(raw).update(seen_in=[{"table": "bodies"}]), "seen_in.column"),
        (lambda raw: measure(raw).update(grade="A"), "grade"),
        (lambda raw: measure(raw)["title"].update(sv="Register"), "title.sv"),
        (lambda raw: measure(raw).update(identifier="Hold ett register"), "identifier"),
        (lambda raw: measure(raw).update(identifier="dialogue_meetings"), "identifier"),
    ],
)
def test_a_fault_in_a_measure_is_named(change, place):
    found = faults(change)
    assert len(found) == 1
    assert found[0][0] == MEASURES
    assert found[0][2] == place


@pytest.mark.parametrize(
    "address",
    [
        "",
        "www.ks.no",
        "ftp://ks.no/plattform.pdf",
        "https://",
        "https://localhost/rapport",
        "https://ks.no/en rapport",
        "https://doi.org/9999/123",
        "https://doi.org/",
        "https://[bad/",
        "javascript:alert(1)",
        12,
    ],
)
def test_a_bad_address_is_named(address):
    assert faults(lambda raw: source(raw).update(address=address))[-1] == (
        "sources.toml",
        1,
        "address",
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda raw: source(raw).update(author=" "), "author"),
        (lambda raw: source(raw).pop("publisher"), "publisher"),
        (lambda raw: source(raw).update(year="2020"), "year"),
        (lambda raw: source(raw).update(year=20), "year"),
        (lambda raw: source(raw).update(year=True), "year"),
        (lambda raw: source(raw).update(checked="surely"), "checked"),
        (lambda raw: source(raw).pop("found"), "found"),
        (lambda raw: source(raw).update(isbn="1"), "isbn"),
    ],
)
def test_a_fault_in_a_source_is_named(change, place):
    assert faults(change) == [("sources.toml", 1, place)]


def test_a_source_from_memory_needs_no_place_where_it_was_found():
    def change(raw):
        source(raw).pop("found")
        source(raw).update(checked="cited_from_memory")

    assert faults(change) == []


def test_a_page_without_a_date_needs_no_year():
    assert faults(lambda raw: source(raw).pop("year")) == []


def test_an_unknown_grade_of_a_source_is_named():
    assert ("sources.toml", 1, "grade") in faults(lambda raw: source(raw).update(grade="A+"))


def test_a_scale_without_terms_is_named():
    assert ("scales.toml", None, "cost") in faults(lambda raw: raw["scales.toml"].pop("cost"))


def test_measures_are_needed():
    def change(raw):
        for name in [name for name in raw if name.startswith("measures/")]:
            del raw[name]

    assert faults(change) == [("measures", None, "measure")]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(
    st.sampled_from(["scales.toml", "sources.toml", MEASURES]).flatmap(
        lambda file: st.tuples(st.just(file), st.sampled_from(sorted(RAW[file])))
    ),
    JUNK,
    st.data(),
)
def test_whatever_stands_in_a_file_is_told_and_not_tripped_over(place, junk, data):
    file, key = place

    def change(raw):
        if data.draw(st.booleans()):
            raw[file][key] = junk
        else:
            entry = data.draw(st.sampled_from(raw[file][key]))
            entry[data.draw(st.sampled_from(sorted(entry)))] = junk

    for where, row, _column in faults(change):
        assert where in RAW
        assert row is None or row >= 1


def test_faults_of_files_are_told_together_with_their_names(tmp_path):
    folder = tmp_path / "advice"
    shutil.copytree(DATA, folder)
    (folder / "scales.toml").unlink()
    (folder / "sources.toml").write_bytes(b"\xff\xfe")
    (folder / MEASURES).write_text("[[measure]", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load(folder)
    assert [p.file for p in caught.value.problems] == ["scales.toml", "sources.toml", MEASURES]


def test_another_folder_is_read(tmp_path):
    folder = tmp_path / "advice"
    shutil.copytree(DATA, folder)
    (folder / "measures" / "other.toml").unlink()
    assert len(load(folder).measures) == len(load().measures) - len(
        RAW["measures/other.toml"]["measure"]
    )
