"""Questionnaires come in as files, by the rules of the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from web.answering.instruments import every_kind

from samspill.instrument import instrument_text, write_xlsform


@pytest.fixture
def upload(client, study, token):
    headers = token("analyst")

    def send(path, name, content):
        file = SimpleUploadedFile(name, content)
        address = f"/api/v1/studies/{study.slug}/{path}"
        return client.post(address, {"file": file, "language": "en"}, headers=headers)

    return send


TEXT = instrument_text(every_kind())


def test_a_questionnaire_becomes_a_draft(upload, study):
    answer = upload("instruments", "kinds.toml", TEXT.encode())
    assert answer.status_code == 201
    assert answer.json() == {
        "instrument": "kinds",
        "number": 1,
        "digest": study.instruments.get().versions.get().digest,
        "frozen": False,
        "definition": TEXT,
    }


def test_an_xlsform_is_read(upload, study, tmp_path):
    write_xlsform(every_kind(), tmp_path / "kinds.xlsx")
    answer = upload("instruments", "kinds.xlsx", (tmp_path / "kinds.xlsx").read_bytes())
    assert answer.status_code == 201


def test_a_change_goes_in_the_draft_and_after_freezing_in_a_new_version(upload, send):
    upload("instruments", "kinds.toml", TEXT.encode())
    changed = TEXT.replace("What share?", "Which share?").encode()
    assert upload("instruments/kinds/versions", "kinds.toml", changed).json()["number"] == 1
    assert send("post", "instruments/kinds/versions/1/freeze").json()["frozen"]
    again = TEXT.replace("What share?", "How large a share?").encode()
    answer = upload("instruments/kinds/versions", "kinds.toml", again).json()
    assert (answer["number"], answer["frozen"]) == (2, False)
    assert "How large a share?" in answer["definition"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kinds.toml", b"not toml ="),
        ("kinds.toml", TEXT.replace("${any} = '1'", "${nothing} = '1'").encode()),
        ("kinds.xlsx", b"PK\x03\x04 broken"),
        ("kinds.exe", b"MZ"),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_its_faults(upload, study, name, content):
    answer = upload("instruments", name, content)
    assert answer.status_code == 422
    assert answer.json()["faults"]
    assert not study.instruments.exists()
