"""A faulty table of printed statistics is refused with every fault and its place."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from samspill.errors import InvalidInput, SamspillError
from samspill.reconstruction import read_printed, reconstruct

GOOD = 'id,indicator,statistic,printed,observations\n1,x,percentage,"12,5",40\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "printed.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_keeps_what_is_printed_as_text(tmp_path: Path) -> None:
    frame = read_printed(write(tmp_path, GOOD.replace("12,5", "12,50")))
    assert frame["printed"].to_list() == ["12,50"]
    assert set(frame.dtypes) == {pl.String}


def test_lists_every_fault_with_row_and_column(tmp_path: Path) -> None:
    text = (
        "id,indicator,statistic,printed,observations\n"
        '1,x,percentage,"12,5",40\n'
        "1,x,share,12,40\n"
        "3,,percentage,abc,many\n"
        "4,x,percentage,140,40\n"
        "5,x,count,-3,40\n"
    )
    with pytest.raises(InvalidInput) as caught:
        read_printed(write(tmp_path, text))
    places = {(problem.row, problem.column) for problem in caught.value.problems}
    assert places == {
        (2, "id"),
        (2, "statistic"),
        (3, "indicator"),
        (3, "observations"),
        (3, "printed"),
        (4, "printed"),
        (5, "printed"),
    }
    assert all(problem.next_step for problem in caught.value.problems)


def test_names_each_missing_column(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_printed(write(tmp_path, "id,printed\n1,12\n"))
    assert [problem.column for problem in caught.value.problems] == ["indicator", "statistic"]


@pytest.mark.parametrize("text", ["", "id,id\n1,2\n", GOOD + "2,x,percentage,12,5,40\n"])
def test_refuses_a_file_that_is_no_table(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput):
        read_printed(write(tmp_path, text))


def test_refuses_a_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(SamspillError):
        read_printed(tmp_path / "nowhere.csv")
    file = tmp_path / "latin.csv"
    file.write_bytes("id,indicator,statistic,printed\n1,før,count,1\n".encode("latin-1"))
    with pytest.raises(SamspillError, match="UTF-8"):
        read_printed(file)


def test_a_frame_of_numbers_is_refused_since_zeros_are_lost() -> None:
    frame = pl.DataFrame(
        {"id": ["1"], "indicator": ["x"], "statistic": ["percentage"], "printed": [12.5]}
    )
    with pytest.raises(InvalidInput) as caught:
        reconstruct(frame)
    assert caught.value.problems[0].column == "printed"


def test_the_decimal_sign_of_the_table_settles_what_one_number_leaves_open(tmp_path: Path) -> None:
    text = (
        "id,indicator,statistic,printed,observations\n"
        '1,x,odds_ratio,"1,234",40\n2,x,odds,"0,5",40\n'
    )
    assert read_printed(write(tmp_path, text)).height == 2
    with pytest.raises(InvalidInput, match="1 fault"):
        read_printed(write(tmp_path, text.replace('"0,5"', "5")))


@pytest.mark.parametrize("sign", [";", "\t"])
def test_semicolons_and_tabs_between_columns_are_read_as_commas_are(
    tmp_path: Path, sign: str
) -> None:
    with_commas = read_printed(write(tmp_path, GOOD))
    other = GOOD.replace('"12,5"', "12.5").replace(",", sign).replace("12.5", "12,5")
    file = tmp_path / "other.csv"
    file.write_text("\ufeff" + other.replace("\n", "\r\n"), encoding="utf-8")
    assert read_printed(file).equals(with_commas)


def test_what_is_missing_between_semicolons_is_named_alone(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_printed(write(tmp_path, "id;statistic;printed\n1;count;3\n"))
    assert [problem.column for problem in caught.value.problems] == ["indicator"]


def test_only_a_file_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("pipe.csv", "."):
        with pytest.raises(SamspillError, match="no file"):
            read_printed(tmp_path / name)
