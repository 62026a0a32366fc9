"""Pages of Frivillighetsregisteret, and the rank of categories."""

from __future__ import annotations

import gzip
import json
from itertools import permutations
from pathlib import Path

import pytest

from samspill.errors import SamspillError
from samspill.register.national import read_voluntary

from .entities import NUMBERS, voluntary_page

CIVIC = Path(__file__).parents[4] / "shared" / "samples" / "civic"


def saved(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("order", list(permutations([("1200", 2), ("13100", 1), ("4100", 3)])))
def test_the_first_category_is_that_of_the_lowest_rank_wherever_it_stands(tmp_path, order):
    page = voluntary_page((NUMBERS[0], list(order)))
    read = read_voluntary([saved(tmp_path / "page.json", page)])
    assert read[NUMBERS[0]].categories == ("13100", "1200", "4100")


def test_pages_are_read_one_by_one_in_lists_in_folders_and_compressed(tmp_path):
    pages = [voluntary_page((number, [("1100", 1)])) for number in NUMBERS[:4]]
    folder = tmp_path / "pages"
    folder.mkdir()
    saved(folder / "1.json", pages[0])
    (folder / "2.json.gz").write_bytes(gzip.compress(json.dumps(pages[1]).encode()))
    (folder / "readme.txt").write_text("not a page")
    read = read_voluntary([folder, saved(tmp_path / "rest.json", [*pages[2:], {"_links": {}}])])
    assert set(read) == set(NUMBERS[:4])
    assert read.problems == ()


def test_an_organisation_without_a_valid_number_is_left_out_and_told_of(tmp_path):
    page = voluntary_page((NUMBERS[0], []), ("123456789", []), (NUMBERS[1], []))
    read = read_voluntary([saved(tmp_path / "page.json", page)])
    assert set(read) == set(NUMBERS[:2])
    (problem,) = read.problems
    assert (problem.file, problem.row) == ("page.json", 2)


@pytest.mark.parametrize("content", [{"a": 1}, [1], "x", None, {"_embedded": {"enheter": []}}])
def test_something_else_is_refused(tmp_path, content):
    with pytest.raises(SamspillError, match="no pages"):
        read_voluntary([saved(tmp_path / "page.json", content)])


@pytest.mark.skipif(not CIVIC.is_dir(), reason="the sample page is not here")
def test_the_sample_page_is_read_but_for_its_invented_numbers():
    read = read_voluntary([CIVIC / "brreg_frivillige_page_RECONSTRUCTED.json"])
    assert len(read) + len(read.problems) == 2
