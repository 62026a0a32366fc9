"""The pages of questionnaires: list, add, read, change, freeze, compare, preview, download."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from instrument.instrument_examples import SMALL, small

from samspill.instrument import (
    instrument_text,
    parse_instrument,
    read_xlsform,
    shipped_instrument,
    steps,
    write_xlsform,
)
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.models import Instrument, InstrumentVersion

NORWAY = shipped_instrument("norway-2018")


def _address(name, *more, identifier="norway-2018", number=1):
    return reverse(f"instruments:{name}", args=("trial", identifier, number, *more))


def _file(content, name="form.toml"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def _send(client, content, name="form.toml", **fields):
    address = reverse("instruments:add", args=("trial",))
    return client.post(address, {"file": _file(content, name), "language": "nb", **fields})


def _text(response):
    return " ".join(response.content.decode().split())


def test_a_study_begins_without_any(client_of):
    page = client_of("owner").get(reverse("instruments:overview", args=("trial",)))
    assert "None yet" in _text(page)
    assert reverse("instruments:add", args=("trial",)) in _text(page)


def test_a_reader_sees_the_questionnaires_and_cannot_change_them(client_of, version):
    client = client_of("reader")
    assert client.get(reverse("instruments:overview", args=("trial",))).status_code == 200
    page = _text(client.get(_address("version")))
    assert _address("change") not in page
    for address in (
        reverse("instruments:add", args=("trial",)),
        _address("change"),
        _address("freeze"),
        _address("remove"),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    version.refresh_from_db()
    assert version.frozen_at is None


def test_a_shipped_questionnaire_becomes_a_draft(client_of):
    client = client_of("analyst")
    answer = client.post(
        reverse("instruments:add", args=("trial",)), {"shipped": "norway-2018"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == _address("version")
    assert definition(InstrumentVersion.objects.get()) == NORWAY
    again = client.post(reverse("instruments:add", args=("trial",)), {"shipped": "norway-2018"})
    assert "already" in _text(again)
    unknown = client.post(reverse("instruments:add", args=("trial",)), {"shipped": "../passwd"})
    assert "There is no shipped instrument" in _text(unknown)


def test_a_file_with_faults_is_told_of_fault_by_fault_and_nothing_is_saved(client_of):
    broken = SMALL.replace('text.en = "Which?"\n', "").replace("> 0 and", "> pulldata('x') and")
    page = _text(_send(client_of("owner"), broken))
    assert "2 faults must be mended" in page or "1 fault must be mended" in page
    assert "at position" in page
    assert not Instrument.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"%PDF-1.7", "form.pdf", "no questionnaire that can be read"),
        (b"x" * 5_000_001, "form.toml", "larger than 5 MB"),
        (b"PK\x03\x04 no workbook", "form.xlsx", "not a workbook"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><document/>', "form.lss", "document type"),
        (b"\xff\xfe", "form.toml", "UTF-8"),
        (b"identifier = [", "form.toml", "not TOML"),
    ],
)
def test_what_is_no_questionnaire_is_refused(client_of, content, name, told):
    page = _send(client_of("owner"), content, name)
    assert page.status_code == 200
    assert told in _text(page)
    assert not Instrument.objects.exists()


def test_the_place_in_a_workbook_is_the_row_that_excel_shows(client_of, tmp_path):
    import openpyxl

    path = write_xlsform(small(), tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["survey"]
    headings = [cell.value for cell in sheet[1]]
    row = next(r for r in range(2, 40) if sheet.cell(r, 2).value == "amount_integration")
    sheet.cell(row, headings.index("relevant") + 1, "regex(${grants_integration}, '.*')")
    book.save(path)

    page = _text(_send(client_of("owner"), path.read_bytes(), "form.xlsx"))

    assert f"sheet survey, row {row}, column relevant" in page
    assert "“regex”" in page
    assert not Instrument.objects.exists()


def test_a_version_shows_every_question_in_every_language(client_of, version):
    page = _text(client_of("reader").get(_address("version")))
    for _page, question in NORWAY.questions():
        for text in question.text.values():
            assert text.replace("'", "&#x27;") in page
    assert "has 18 questions in 10 fields, on at most 15 pages with at most 144 answers." in page


def test_rules_stand_in_words(client_of):
    _send(client := client_of("owner"), SMALL, "small.toml")
    page = _text(client.get(_address("version", identifier="small")))
    for sentence in (
        "The page comes when “Do you collaborate?” is “Yes”.",
        "Asked when “Do you give grants?” is “Yes” and “How many in the field?” is more than 2.",
        "Accepted when the answer is more than 0 and the answer is at most 500.",
        "Asked when the number of fields where “Do you collaborate?” is “Yes” is at least 1.",
        "Accepted when the number of answers chosen in the answer is at most 2.",
        "Asked when “Other” is chosen in “Channel”.",
        "Where other answers close it, the data say “No”.",
        "Languages it does not have: nynorsk.",
    ):
        assert sentence in page


def test_a_draft_is_changed_as_text(client_of, version):
    client = client_of("analyst")
    form = client.get(_address("change")).context["text"]
    changed = form.initial["definition"].replace("Samarbeid", "Samspill")
    answer = client.post(
        _address("change"), {"definition": changed, "base": form.initial["base"]}, follow=True
    )
    assert "Version 1 is saved." in _text(answer)
    version.refresh_from_db()
    assert version.definition == changed


def test_text_with_a_fault_comes_back_as_it_was_typed(client_of, version):
    client = client_of("owner")
    typed = version.definition.replace('type = "text"', 'type = "essay"') + "\n# my own note"
    page = client.post(_address("change"), {"definition": typed, "base": version.digest})
    assert "“essay” is no type of question." in _text(page)
    assert page.context["text"]["definition"].value() == typed
    version.refresh_from_db()
    assert definition(version) == NORWAY


def test_two_who_change_the_same_draft_are_told(client_of, version):
    client = client_of("owner")
    first = version.definition.replace("Samarbeid", "Samspill")
    second = version.definition.replace("Samarbeid", "Kontakt")
    base = version.digest
    client.post(_address("change"), {"definition": first, "base": base})

    page = client.post(_address("change"), {"definition": second, "base": base})
    assert "Somebody else has changed version 1" in _text(page)
    form = page.context["text"]
    assert form["definition"].value() == second
    version.refresh_from_db()
    assert version.definition == first

    client.post(_address("change"), {"definition": second, "base": form["base"].value()})
    version.refresh_from_db()
    assert version.definition == second


def test_a_frozen_version_stays_and_a_change_of_it_is_compared(client_of, version):
    client = client_of("owner")
    assert _address("freeze") in _text(client.get(_address("version")))
    client.get(_address("freeze"))
    version.refresh_from_db()
    assert version.frozen_at is None
    client.post(_address("freeze"))
    version.refresh_from_db()
    assert version.frozen_at is not None

    question = NORWAY.question("challenges")
    changed = version.definition.replace(
        f'text.en = "{question.text["en"]}"', 'text.en = "What is hard?"'
    )
    answer = client.post(
        _address("change"), {"definition": changed, "base": version.digest}, follow=True
    )
    assert answer.redirect_chain[-1][0] == _address("version", number=2)
    assert "17 variables stay comparable, 1 is not comparable any more." in _text(answer)
    compared = _text(client.get(_address("compare", 1, number=2)))
    assert "What is hard?" in compared
    assert "wording" in compared
    assert "(English)" in compared
    assert definition(version) == NORWAY
    assert client.get(_address("change")).status_code == 404


def test_removing_asks_first(client_of, version):
    client = client_of("owner")
    assert "Remove the draft of version 1?" in _text(client.get(_address("remove")))
    assert Instrument.objects.exists()
    client.post(_address("remove"))
    assert not Instrument.objects.exists()


@pytest.mark.parametrize("language", NORWAY.languages)
def test_the_preview_walks_through_every_page(client_of, version, language):
    client = client_of("reader")
    address = _address("preview", language)
    seen = []
    page = client.get(address, follow=True)
    while True:
        seen.append(page.context["step"].identifier)
        assert "Nothing that you fill in is kept." in _text(page)
        if not page.context["next"]:
            break
        page = client.get(_address("preview_step", language, page.context["next"]))
    assert seen == [step.identifier for step in steps(NORWAY)]


def test_a_preview_of_what_is_not_there_is_not_found(client_of, version):
    client = client_of("reader")
    assert client.get(_address("preview_step", "nb", "nowhere")).status_code == 404
    opening = steps(NORWAY)[0].identifier
    assert client.get(_address("preview_step", "fr", opening)).status_code == 404
    assert client.get(_address("download", "pdf")).status_code == 404
    assert client.get(_address("version", number=2)).status_code == 404


def test_downloads_are_the_questionnaire(client_of, version, tmp_path):
    client = client_of("reader")
    toml = client.get(_address("download", "toml"))
    assert parse_instrument(toml.content.decode()) == NORWAY
    assert 'filename="norway-2018-1.toml"' in toml["Content-Disposition"]
    path = Path(tmp_path / "form.xlsx")
    path.write_bytes(client.get(_address("download", "xlsform")).content)
    assert read_xlsform(path) == NORWAY
    assert b"ddi:codebook:2_5" in client.get(_address("download", "ddi")).content


def test_another_study_has_no_part_in_it(client_of, version, make_user, client):
    from samspill.web.studies.models import Study

    other = Study.objects.create(slug="other", title={"en": "Other"}, year=2026)
    client.force_login(make_user("owner", other))
    assert client.get(_address("version")).status_code == 404
    assert client.get(_address("version").replace("trial", "other")).status_code == 404


def test_the_text_of_a_shipped_questionnaire_reads_back(version):
    assert version.definition == instrument_text(NORWAY)
