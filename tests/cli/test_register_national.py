"""``samspill register national``: a preview, the changes, and nothing the second time."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from samspill.cli.register import register
from samspill.errors import InvalidInput, SamspillError
from samspill.register import TABLES
from samspill.register.numbers import control_digit

NUMBERS = [
    f"{first}{control_digit(str(first))}"
    for first in range(20_000_000, 20_000_040)
    if control_digit(str(first)) is not None
]


def entities(count: int) -> list[dict[str, object]]:
    return [
        {
            "organisasjonsnummer": number,
            "navn": f"OPPDIKTET LAG {n}",
            "forretningsadresse": {"kommunenummer": "4601", "postnummer": "5003"},
            "registrertIFrivillighetsregisteret": True,
        }
        for n, number in enumerate(NUMBERS[:count])
    ]


@pytest.fixture
def download(tmp_path: Path) -> Path:
    file = tmp_path / "enheter.json"
    file.write_text(json.dumps(entities(3), indent=1), encoding="utf-8")
    return file


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "organisations.csv"


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(register, ["national", *map(str, arguments)])
    assert result.exit_code == code, result.output or result.exception
    return result.output


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_preview_writes_nothing(download, table):
    output = run(download, "--municipality", "4601", "--into", table)
    assert "New: 3" in output
    assert "--apply" in output
    assert not table.exists()


def test_applied_the_table_has_them_and_a_second_run_says_that_nothing_changes(download, table):
    asked = (download, "--municipality", "4601", "--into", table, "--apply")
    run(*asked)
    assert [row["number"] for row in rows(table)] == NUMBERS[:3]
    assert list(rows(table)[0]) == [c.name for c in TABLES["organisations"].columns]
    before = table.read_bytes()
    assert "Nothing to change." in run(*asked)
    assert "Ingenting å endre." in run(*asked, "--lang", "nb")
    assert table.read_bytes() == before


def test_what_is_held_by_hand_stays(download, table):
    asked = (download, "--municipality", "4601", "--into", table, "--apply")
    run(*asked)
    mended = table.read_text(encoding="utf-8").replace("OPPDIKTET LAG 1", "Laget vårt")
    table.write_text(mended, encoding="utf-8")
    output = run(*asked, "--hold", "name")
    assert "Held by hand, not changed: 1" in output
    assert rows(table)[1]["name"] == "Laget vårt"


def test_categories_come_from_saved_pages(download, table, tmp_path):
    page = {
        "_embedded": {
            "frivilligeOrganisasjoner": [
                {
                    "organisasjonsnummer": NUMBERS[0],
                    "icnpoKategorier": [{"icnpoNummer": "1200", "rekkefoelge": 1}],
                }
            ]
        }
    }
    saved = tmp_path / "page.json"
    saved.write_text(json.dumps(page), encoding="utf-8")
    asked = (download, "--voluntary", saved, "--into", table, "--apply", "--lang", "nn")
    output = run(*asked)
    assert "(1 200); føreslåtte ansvarsområde: Kultur og fritid" in output
    assert rows(table)[0]["categories"] == "1200"


def test_a_broken_entity_is_told_of_and_the_rest_is_written(download, table):
    broken = download.read_text(encoding="utf-8").replace('"OPPDIKTET LAG 1"', '"OPPDIKTET LAG 1')
    download.write_text(broken, encoding="utf-8")
    output = run(download, "--into", table, "--apply", code=1)
    assert NUMBERS[1] in output
    assert [row["number"] for row in rows(table)] == [NUMBERS[0], NUMBERS[2]]


def test_an_old_code_is_followed(download, table, tmp_path):
    changes = tmp_path / "changes.csv"
    changes.write_text(
        "oldCode,oldName,newCode,newName,changeOccurred\n1201,Bergen,4601,Bergen,2020-01-01\n",
        encoding="utf-8",
    )
    asked = (download, "--municipality", "1201", "--code-changes", changes, "--into", table)
    assert "New: 3" in run(*asked)


def test_json_has_every_change_and_says_whether_there_is_any(download, table):
    asked = (download, "--into", table, "--apply", "--json")
    first, second = json.loads(run(*asked)), json.loads(run(*asked))
    assert (len(first["new"]), first["nothing"]) == (3, False)
    assert (second["new"], second["nothing"], second["untouched"]) == ([], True, 3)


@pytest.mark.parametrize("arguments", [[], ["enheter.json", "--online"]])
def test_a_file_or_online_is_asked_for(arguments, table):
    run(*arguments, "--into", table, code=2)


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1,2\n", "identifier,name,unknown\n1,A,x\n", "identifier\n1\n", '"identifier,name\n'],
)
def test_another_table_is_refused_and_left_as_it_is(download, table, text):
    table.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(
        register, ["national", str(download), "--into", str(table), "--apply"]
    )
    assert isinstance(result.exception, SamspillError)
    assert table.read_text(encoding="utf-8") == text


def test_rows_that_do_not_fit_are_all_named(download, table):
    table.write_text("identifier,name\n1,A\n1,B\n2\n", encoding="utf-8")
    result = CliRunner().invoke(register, ["national", str(download), "--into", str(table)])
    assert isinstance(result.exception, InvalidInput)
    assert [problem.row for problem in result.exception.problems] == [2, 3]
