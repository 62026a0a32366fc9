"""What is sent in is what is saved and what is downloaded, whatever the questionnaire and format;
real files by others are read, or refused with their places and nothing saved."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from instrument.instrument_examples import sound_instruments

from samspill.instrument import instrument_text, parse_instrument, read_xlsform, write_xlsform
from samspill.web.instruments.models import Instrument, InstrumentVersion

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "instruments"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not here")
in_one_database = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def owner(make_user, study):
    client = Client()
    client.force_login(make_user("owner", study))
    client.cookies["samspill_language"] = "en"
    return client


def _send(client, content, name, **fields):
    address = reverse("instruments:add", args=("trial",))
    fields = {"language": "en", **fields}
    return client.post(address, {"file": SimpleUploadedFile(name, content), **fields})


def _download(client, identifier, kind):
    address = reverse("instruments:download", args=("trial", identifier, 1, kind))
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content


@in_one_database
@given(made=sound_instruments)
def test_toml_sent_in_comes_out_the_same(owner, made):
    Instrument.objects.all().delete()
    answer = _send(owner, instrument_text(made).encode(), "any.toml")
    assert answer.status_code == 302
    assert parse_instrument(_download(owner, made.identifier, "toml").decode()) == made
    assert owner.get(answer.url).status_code == 200


@in_one_database
@given(made=sound_instruments)
def test_a_workbook_sent_in_comes_out_the_same(owner, made, tmp_path):
    Instrument.objects.all().delete()
    path = write_xlsform(made, tmp_path / "any.xlsx")
    assert _send(owner, path.read_bytes(), "any.xlsx").status_code == 302
    path.write_bytes(_download(owner, made.identifier, "xlsform"))
    assert read_xlsform(path) == made


@in_one_database
@given(made=sound_instruments)
def test_the_text_in_the_browser_saves_as_it_stands(owner, study, made):
    from samspill.web.instruments.actions import add_instrument

    Instrument.objects.all().delete()
    version = add_instrument(actor="test", study=study, content=made)
    address = reverse("instruments:change", args=("trial", made.identifier, 1))
    page = owner.get(address)
    # A browser sends the lines of a text area with a carriage return each.
    text = page.context["text"].initial["definition"].replace("\n", "\r\n")
    assert owner.post(address, {"definition": text, "base": version.digest}).status_code == 302
    version.refresh_from_db()
    assert parse_instrument(version.definition) == replace(made, version="1")


@needs_samples
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("xlsform_mitwirken_umfrage.xlsx", "sheet survey, row 54, column constraint"),
        ("xlsform_all_types_survey.xlsx", "sheet survey, row 22, column type"),
        ("xlsform_spec_test.xlsx", "sheet survey, row 15, column repeat_count"),
        ("limesurvey_colors.lss", "question G02Q04 answer AO01 (en)"),
        ("limesurvey_two_languages.lss", "page group_641.Q1.text.et"),
    ],
)
def test_real_files_with_what_is_lacking_are_refused_with_places(owner, name, place):
    page = _send(owner, (SAMPLES / name).read_bytes(), name)
    assert page.status_code == 200
    assert f"<strong>{place}:</strong>" in page.content.decode()
    assert not InstrumentVersion.objects.exists()


@needs_samples
def test_a_real_limesurvey_without_its_images_becomes_a_draft(owner):
    text = (SAMPLES / "limesurvey_colors.lss").read_text(encoding="utf-8")
    text = re.sub(r"<img[^>]*>", "(image)", text)
    text = re.sub(r"<quota>.*?</quota>", "", text, flags=re.DOTALL)
    answer = _send(owner, text.encode(), "colours.lss")
    assert answer.status_code == 302
    page = " ".join(owner.get(answer.url).content.decode().split())
    assert "Accepted when the number of answers chosen in the answer is at least 2." in page
    version = InstrumentVersion.objects.get()
    for language in parse_instrument(version.definition).languages:
        address = reverse(
            "instruments:preview", args=("trial", version.instrument.identifier, 1, language)
        )
        assert owner.get(address, follow=True).status_code == 200
