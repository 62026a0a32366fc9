"""Tables of changes as KLASS gives them, and files that are none."""

from __future__ import annotations

import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from samspill.classification import ChangeTable, CodeChange, fetch_changes, read_changes
from samspill.errors import InvalidInput, SamspillError

CHANGES = ChangeTable.of(
    [
        CodeChange(datetime.date(2020, 1, 1), "0101", "Halden", "3001", "Halden"),
        CodeChange(datetime.date(2020, 1, 1), "1850", "Tysfjord", "1806", "Narvik"),
        CodeChange(datetime.date(2020, 1, 1), "1850", "Tysfjord", "1875", "Hábmer – Hamarøy"),
        CodeChange(datetime.date(2024, 1, 1), "3001", "Halden", "3101", "Halden"),
        CodeChange(datetime.date(2024, 1, 1), "", "", "9998", "Ny"),
    ]
)
COLUMNS = ("oldCode", "oldName", "oldShortName", "newCode", "newName", "newShortName")


def rows():
    for c in CHANGES:
        values = (c.old_code, c.old_name, "", c.new_code, c.new_name, "")
        yield dict(zip(COLUMNS, (v or None for v in values), strict=True)) | {
            "changeOccurred": c.occurred_on.isoformat()
        }


def as_json() -> bytes:
    return json.dumps({"codeChanges": list(rows())}, ensure_ascii=False).encode()


def as_csv(sign: str, encoding: str) -> bytes:
    lines = [sign.join((*COLUMNS, "changeOccurred"))]
    lines += [sign.join(f'"{value or ""}"' for value in row.values()) for row in rows()]
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize(
    "content",
    [as_json(), as_csv(",", "utf-8"), as_csv(";", "cp1252"), as_csv(",", "utf-8-sig")],
    ids=["json", "csv", "semicolons in windows-1252", "byte order mark"],
)
def test_each_form_gives_the_same_table(content):
    assert read_changes(content) == CHANGES


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01", b"{}", b"[1]", b'{"codeChanges": [{"oldCode": "1"}]}', b"a,b\n1,2\n", b"["],
)
def test_what_is_no_table_of_changes_is_refused(content):
    with pytest.raises(InvalidInput) as refused:
        read_changes(content, "some.csv")
    (problem,) = refused.value.problems
    assert problem.file == "some.csv"
    assert "no table of changes" in problem.message


def test_every_fault_is_told_with_its_row():
    content = (
        b"oldCode,oldName,newCode,newName,changeOccurred\n"
        b"1,One,2,Two,2020-01-01\n1,One,2,Two,last year\n,,,,2020-01-01\n"
    )
    with pytest.raises(InvalidInput) as refused:
        read_changes(content)
    assert [(p.row, p.column) for p in refused.value.problems] == [
        (2, "changeOccurred"),
        (3, "oldCode"),
    ]


def test_a_nest_of_brackets_does_not_break_the_reader():
    with pytest.raises(InvalidInput):
        read_changes(b"[" * 100_000)


@pytest.fixture
def service():
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(as_json())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_changes_are_fetched_for_a_time(service):
    address, asked = service
    first, last = datetime.date(2020, 1, 1), datetime.date(2024, 1, 1)
    fetched = fetch_changes(first, last, address=address)
    assert asked == ["/classifications/131/changes?from=2020-01-01&to=2024-01-02"]
    assert {change.occurred_on for change in fetched} == {last}


def test_a_service_that_does_not_answer_is_told_of(service):
    address, _ = service
    closed = address.rsplit(":", 1)[0] + ":1"
    with pytest.raises(SamspillError, match="did not answer"):
        fetch_changes(datetime.date(2020, 1, 1), datetime.date(2024, 1, 1), address=closed)


def test_only_https_is_fetched_from():
    with pytest.raises(SamspillError, match="https"):
        fetch_changes(datetime.date(2020, 1, 1), datetime.date(2024, 1, 1), address="file:///etc")
