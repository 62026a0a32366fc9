"""The frame of units: from a file in steps, all of it or nothing, and out again."""

from __future__ import annotations

import datetime
import io
import zipfile
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.web.audit.models import Event
from samspill.web.studies.actions import import_frame
from samspill.web.studies.frame.checking import check_rows
from samspill.web.studies.frame.faults import FrameFaults
from samspill.web.studies.frame.mapping import FrameMapping, Use, attribute_identifier, suggest
from samspill.web.studies.frame.reading import read_sheet
from samspill.web.studies.frame.spans import Span, revise
from samspill.web.studies.frame.writing import as_csv, as_xlsx
from samspill.web.studies.models import Unit, Upload

MUNICIPALITIES = """Kommunenr;Kommune;Folketall;Har plan;Sentralitet
0301;Oslo;709037;ja;1
1103;Stavanger;144699;ja;2
5401;Tromsø;77544;nei;2
"""


def workbook(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def send(client, content: bytes | str, name: str = "units.csv"):
    data = content.encode() if isinstance(content, str) else content
    file = io.BytesIO(data)
    file.name = name
    return client.post("/studies/trial/units/import/", {"file": file})


def import_file(client, content, valid_from: str = "", gone_on: str = "", name: str = "units.csv"):
    """Through all the pages, with what they suggest."""
    columns = send(client, content, name)["Location"]
    form = client.get(columns).context["form"]
    chosen = {field.html_name: field.initial for field in form if field.initial}
    preview = client.post(columns, chosen | {"valid_from": valid_from})["Location"]
    shown = client.get(preview)
    confirm = preview.replace("preview/", "confirm/")
    return shown, client.post(confirm, {"gone_on": gone_on})


def names_of(unit: str):
    rows = Unit.objects.get(identifier=unit).names.order_by("valid_from")
    return [(n.code, n.name, str(n.valid_from), str(n.valid_to)) for n in rows]


def values_of(unit: str, attribute: str):
    rows = Unit.objects.get(identifier=unit).values.filter(attribute__identifier=attribute)
    return [(v.value, str(v.valid_from), str(v.valid_to)) for v in rows.order_by("valid_from")]


def test_a_file_becomes_units_with_attributes(client_of, study):
    shown, done = import_file(client_of("owner"), MUNICIPALITIES, valid_from="2024-01-01")
    assert len(shown.context["plan"].new) == 3
    assert done["Location"] == "/studies/trial/units/"
    assert names_of("0301") == [("0301", "Oslo", "2024-01-01", "None")]
    assert values_of("5401", "folketall") == [("77544", "2024-01-01", "None")]
    types = dict(study.attributes.values_list("identifier", "type"))
    assert types == {"folketall": "number", "har_plan": "nominal", "sentralitet": "number"}
    plan = study.attributes.get(identifier="har_plan")
    assert [category["value"] for category in plan.categories] == ["ja", "nei"]
    assert not Upload.objects.exists()


def test_nothing_is_stored_before_it_is_confirmed(client_of, study):
    client = client_of("owner")
    columns = send(client, MUNICIPALITIES)["Location"]
    client.get(columns)
    assert not Unit.objects.exists()
    assert Upload.objects.count() == 1
    client.post(columns + "cancel/")
    assert not Upload.objects.exists()


def test_the_same_file_again_changes_nothing_and_is_not_logged(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES, valid_from="2024-01-01")
    entries = Event.objects.count()
    shown, _ = import_file(client, MUNICIPALITIES, valid_from="2024-01-01")
    plan = shown.context["plan"]
    assert (plan.changes_nothing, plan.same, plan.gone) == (True, 3, [])
    assert Event.objects.count() == entries
    assert Unit.objects.count() == 3


def test_an_update_shows_new_changed_and_gone_and_keeps_what_was(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES, valid_from="2020-01-01")
    changed = MUNICIPALITIES.replace("144699", "149048").replace(
        "5401;Tromsø;77544;nei;2", "4601;Bergen;291940;ja;2"
    )
    shown, _ = import_file(client, changed, valid_from="2024-01-01", gone_on="2024-01-01")
    plan = shown.context["plan"]
    assert [row.identifier for row in plan.new] == ["4601"]
    assert [unit.unit.identifier for unit in plan.changed] == ["1103"]
    assert [unit.identifier for unit in plan.gone] == ["5401"]
    assert values_of("1103", "folketall") == [
        ("144699", "2020-01-01", "2024-01-01"),
        ("149048", "2024-01-01", "None"),
    ]
    assert Unit.objects.get(identifier="5401").ceased_on == datetime.date(2024, 1, 1)


def test_units_that_a_file_lacks_stay_unless_one_says_otherwise(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES)
    import_file(client, "\n".join(MUNICIPALITIES.splitlines()[:2]))
    assert not Unit.objects.exclude(ceased_on=None).exists()


def test_every_fault_has_its_row_and_column_and_nothing_is_imported(client_of, study):
    faulty = MUNICIPALITIES.replace("144699", "many") + "0301;Oslo igjen;1;ja;1\n;Ingen;2;ja;1\n"
    client = client_of("owner")
    columns = send(client, faulty)["Location"]
    uses = {"use_0": "code", "use_1": "name", "use_2": "number", "use_3": "nominal"}
    preview = client.post(columns, uses | {"use_4": "nothing"})["Location"]
    faults = client.get(preview).context["faults"]
    assert [(fault.row, fault.column) for fault in faults] == [
        (3, "Folketall"),
        (5, "Kommunenr"),
        (6, "Kommunenr"),
    ]
    client.post(preview.replace("preview/", "confirm/"))
    assert not Unit.objects.exists()


def test_a_workbook_keeps_codes_and_dates_and_runs_no_formula(client_of, study):
    rows = [
        ["code", "name", "valid_from", "inhabitants"],
        ["0301", "Oslo", datetime.date(2024, 1, 1), 709037],
        [1103, "=1+1", datetime.datetime(2024, 1, 1, 0, 0), 144699.5],
    ]
    sheet = read_sheet(workbook(rows), "units.xlsx")
    assert sheet.rows[0] == ("0301", "Oslo", "2024-01-01", "709037")
    assert sheet.rows[1] == ("1103", "", "2024-01-01", "144699.5")


def test_codes_that_a_spreadsheet_has_shortened_get_their_zero_back(client_of, study):
    import_file(client_of("owner"), MUNICIPALITIES.replace("0301", "301"))
    assert names_of("0301")[0][:2] == ("0301", "Oslo")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_letters_and_separators_are_recognised(encoding, separator):
    text = MUNICIPALITIES.replace(";", separator)
    sheet = read_sheet(text.encode(encoding), "units.csv")
    assert sheet.rows[2] == ("5401", "Tromsø", "77544", "nei", "2")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "tom"),
        (b"\n\n", "tom"),
        (b"code,,name\n1,2,3\n", "Kolonne 2 har ikke navn"),
        (b"code,code\n1,2\n", "flere ganger"),
        (b"code,name\n1,2,3\n", "Rad 2 har flere celler"),
        (b'code,name\n1,"2\n', "kan ikke leses"),
        (b"PK\x03\x04 not really", "Arbeidsboken kan ikke leses"),
        (b"\x89PNG\r\n\x00\x01", "verken CSV eller XLSX"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(client_of, study, content, told):
    answer = send(client_of("owner"), content)
    assert told in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_workbook_that_declares_entities_is_refused():
    bomb = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(workbook([["code"], ["1"]])))
    with good, zipfile.ZipFile(bomb, "w") as bad:
        for part in good.infolist():
            content = good.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = content.replace(b"<worksheet", b"<!DOCTYPE a []><worksheet", 1)
            bad.writestr(part.filename, content)
    with pytest.raises(SamspillError, match="workbook cannot be read"):
        read_sheet(bomb.getvalue(), "units.xlsx")


def test_a_file_belongs_to_the_one_who_sent_it(client_of, client, make_user, study):
    columns = send(client_of("owner"), MUNICIPALITIES)["Location"]
    client.force_login(make_user("analyst", study))
    for page in ("", "preview/"):
        assert client.get(columns + page).status_code == 404
    client.post(columns + "confirm/")
    assert not Unit.objects.exists()


def test_two_columns_cannot_both_be_the_code(client_of, study):
    client = client_of("owner")
    columns = send(client, MUNICIPALITIES)["Location"]
    uses = {f"use_{n}": "code" for n in range(5)}
    answer = client.post(columns, uses)
    assert "Bare én kolonne" in answer.content.decode()


def test_an_attribute_keeps_its_type(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES)
    columns = send(client, MUNICIPALITIES)["Location"]
    uses = {"use_0": "code", "use_1": "name", "use_2": "nominal", "use_3": "nominal"}
    preview = client.post(columns, uses | {"use_4": "number"})["Location"]
    assert "har en annen type" in client.get(preview).content.decode()


def test_what_is_taken_away_can_be_imported_again_without_change(client_of, study):
    client = client_of("owner")
    rows = MUNICIPALITIES + "9998;=HYPERLINK(x);1;-nei;2\n"
    import_file(client, rows, valid_from="2024-01-01")
    for kind in ("csv", "xlsx"):
        file = client.get(f"/studies/trial/units.{kind}?state=all").content
        assert b"\n9998,=HYPERLINK" not in file
        shown, _ = import_file(client, file, name=f"units.{kind}")
        plan = shown.context["plan"]
        assert (plan.same, plan.new, plan.changed) == (4, [], [])


def test_the_empty_file_has_headings_that_are_recognised(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES)
    for kind in ("csv", "xlsx"):
        sheet = read_sheet(client.get(f"/studies/trial/units/template.{kind}").content, "t")
        uses = suggest(sheet, study.attributes.values_list("identifier", "type")).uses
        assert list(uses.values())[:4] == [Use.IDENTIFIER, Use.CODE, Use.NAME, Use.VALID_FROM]
        assert uses["har_plan"] is Use.NOMINAL


def test_units_are_searched_filtered_and_shown_as_of_a_day(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES, valid_from="2020-01-01")
    import_file(client, MUNICIPALITIES.replace("nei", "ja"), valid_from="2024-01-01")

    def found(query: str) -> list[str]:
        page = client.get(f"/studies/trial/units/?{query}")
        return [row.name for row, _cells in page.context["table"]]

    assert found("q=trom") == ["Tromsø"]
    assert found("a_har_plan=nei") == []
    assert found("a_har_plan=nei&on=2022-06-01") == ["Tromsø"]
    assert found("on=2019-06-01") == []
    assert found("on=2019-06-01&state=ceased") == ["Oslo", "Stavanger", "Tromsø"]


def test_a_units_page_tells_its_history(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES, valid_from="2020-01-01")
    import_file(client, MUNICIPALITIES.replace("nei", "ja"), valid_from="2024-01-01")
    page = client.get("/studies/trial/unit/5401/")
    assert [(v.value, label) for v, label in page.context["values"]][1:3] == [
        ("nei", "nei"),
        ("ja", "ja"),
    ]


DAYS = st.integers(0, 9).map(lambda n: datetime.date(2020 + n, 1, 1))


def _apply(spans: list[Span], value: str, day: datetime.date | None) -> list[Span]:
    revision = revise(spans, value, day)
    if revision is None:
        return spans
    kept = [s for s in spans if s is not revision.span]
    if revision.span and revision.kind == "succeeded":
        kept.append(Span(revision.span.value, revision.span.valid_from, day))
    kept.append(Span(value, revision.valid_from, revision.valid_to))
    return sorted(kept, key=lambda s: s.valid_from or datetime.date.min)


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.none() | DAYS), max_size=8))
def test_a_value_through_time_never_overlaps_and_holds_what_was_last_said(sayings):
    spans: list[Span] = []
    for value, day in sayings:
        spans = _apply(spans, value, day)
        assert _apply(spans, value, day) == spans
        if day is not None:
            assert [s.value for s in spans if s.holds_on(day)] == [value]
        for earlier, later in pairwise(spans):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to <= later.valid_from


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20
).map(str.strip)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_cells_come_back_from_a_file_as_they_were(rows):
    """Beside an apostrophe before a sign of a formula, which is what makes such cells harmless."""
    rows = [(a, b) for a, b in rows if not a.startswith("'") and not b.startswith("'")]
    rows = [(str(n), a, b) for n, (a, b) in enumerate(rows)]
    table = [("code", "first", "second"), *rows]
    for write in (as_csv, as_xlsx):
        assert list(read_sheet(write(table), "units").rows) == rows


def test_import_is_all_or_nothing(make_user, study, monkeypatch):
    """A failure in the middle leaves nothing behind."""
    from samspill.web.studies.actions import frame

    sheet = read_sheet(MUNICIPALITIES.encode(), "units.csv")
    mapping = suggest(sheet, [])
    rows = check_rows(sheet, mapping, None)

    def fail(*args, **kwargs):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(frame, "_record", fail)
    with pytest.raises(RuntimeError):
        import_frame(actor="test", study=study, mapping=mapping, rows=rows)
    assert not Unit.objects.exists()
    assert not study.attributes.exists()


def test_faults_are_all_told_at_once():
    sheet = read_sheet(b"code,size\nok,1\nnot ok,2\nfine,x\n", "units.csv")
    mapping = FrameMapping({"code": Use.CODE, "size": Use.NUMBER})
    with pytest.raises(FrameFaults) as refused:
        check_rows(sheet, mapping, None)
    assert [(f.row, f.column) for f in refused.value.faults] == [(3, "code"), (4, "size")]


@pytest.mark.parametrize(
    ("column", "identifier"),
    [("Har plan", "har_plan"), ("Størrelse (2020)", "storrelse_2020"), ("2020", "a_2020")],
)
def test_a_columns_name_makes_an_identifier(column, identifier):
    assert attribute_identifier(column) == identifier


def test_attributes_and_categories_get_labels_and_an_order(client_of, study):
    client = client_of("owner")
    import_file(client, MUNICIPALITIES)
    given = {"title_nb": "Plan", "title_en": "Has a plan"}
    given |= {"order_0": "2", "label_0_nb": "Ja", "label_0_en": "Yes"}
    given |= {"order_1": "1", "label_1_nb": "Nei"}
    client.post("/studies/trial/attributes/har_plan/", given)
    plan = study.attributes.get(identifier="har_plan")
    assert plan.label == {"nb": "Plan", "en": "Has a plan"}
    assert plan.categories == [
        {"value": "nei", "label": {"nb": "Nei"}},
        {"value": "ja", "label": {"nb": "Ja", "en": "Yes"}},
    ]
    assert Event.objects.filter(action="studies.edit_attribute", subject="har_plan").exists()
    assert "<td>Nei</td>" in client.get("/studies/trial/units/").content.decode()
    assert "3 av 3" in client.get("/studies/trial/attributes/").content.decode()


def test_confirming_twice_imports_once_and_says_so(client_of, study):
    client = client_of("owner")
    columns = send(client, MUNICIPALITIES)["Location"]
    uses = {"use_0": "code", "use_1": "name"} | {f"use_{n}": "nothing" for n in (2, 3, 4)}
    preview = client.post(columns, uses)["Location"]
    confirm = preview.replace("preview/", "confirm/")
    client.post(confirm)
    again = client.post(confirm, follow=True)
    assert "allerede importert" in again.content.decode()
    assert Unit.objects.count() == 3
