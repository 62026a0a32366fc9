"""Taking the answers of a collection out and in by the pages."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pyreadstat
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from instrument.instrument_examples import small
from web.fieldwork.fielding import answer, ask, guesses, make_collection, make_units

from samspill.errors import SamspillError
from samspill.study import read_study
from samspill.web.audit.models import Event
from samspill.web.fieldwork.exports import collection_study
from samspill.web.fieldwork.exports.files import unpack_study
from samspill.web.fieldwork.models import Response
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import run_job

OUT = "/studies/trial/fieldwork/autumn/answers/"
IN = "/studies/trial/fieldwork/spring/answers/in/"


@pytest.fixture
def collection(study, wave):
    collection = make_collection(study, wave, small())
    source = random.Random(3)
    respondents = ask(collection, make_units(study, 12, {"size": ["large", "small"]}))
    for respondent in respondents[:9]:
        answer(respondent, small(), guesses(small(), source))
    return collection


@pytest.fixture
def archive(collection, client_of):
    """The archive that the worker builds of all formats, and who asked for it."""
    client = client_of("analyst")
    formats = ["folder", "sav", "dta", "parquet", "csv", "ddi"]
    sent = client.post(OUT, {"formats": formats, "language": "en"})
    job = Job.objects.get()
    assert sent["Location"] == f"/jobs/{job.identifier}/"
    run_job.func(str(job.identifier))
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    return client, Path(settings.MEDIA_ROOT) / job.result


def test_the_worker_builds_what_was_asked_for(collection, archive, tmp_path):
    client, path = archive
    with zipfile.ZipFile(path) as packed:
        packed.extractall(tmp_path)
    files = {each.name for each in (tmp_path / "trial-autumn").iterdir()}
    assert {"study", "small.toml", "small-ddi.xml", "trial-autumn.sav", "trial-autumn.dta"} <= files
    assert read_study(tmp_path / "trial-autumn" / "study") == collection_study(collection)
    _, about = pyreadstat.read_sav(tmp_path / "trial-autumn" / "trial-autumn.sav")
    assert about.column_names_to_labels["response"] == "Response to the survey"
    assert about.variable_value_labels["response"][1.0] == "Answered in full"
    assert Event.objects.filter(action="fieldwork.export").count() == 1
    got = client.get(f"/jobs/{Job.objects.get().identifier}/result")
    assert got["Content-Disposition"].endswith('"trial-autumn.zip"')


def test_the_archive_comes_in_again_by_the_page(collection, archive, study):
    client, path = archive
    spring = study.collections.create(
        wave=collection.wave,
        version=collection.version,
        identifier="spring",
        title={"en": "Spring"},
    )
    upload = SimpleUploadedFile("answers.zip", path.read_bytes())
    told = client.post(IN, {"archive": upload}, follow=True)
    assert told.redirect_chain == [("/studies/trial/fieldwork/spring/progress/", 302)]
    assert Response.objects.filter(respondent__collection=spring).count() == 9
    before, after = collection_study(collection), collection_study(spring)
    assert after.answers.equals(before.answers)


def zipped(**files: str) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    buffer.seek(0)
    return buffer


@pytest.mark.parametrize(
    "upload",
    [
        io.BytesIO(b"no archive"),
        zipped(readme="nothing"),
        zipped(**{"a/datapackage.json": "{}", "b/datapackage.json": "{}"}),
    ],
)
def test_what_is_no_study_folder_is_refused(upload, tmp_path):
    with pytest.raises(SamspillError):
        unpack_study(upload, tmp_path)


def test_nothing_is_unpacked_outside_its_folder(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    upload = zipped(**{"x/datapackage.json": "{}", "x/../../evil.txt": "!", "/etc/evil": "!"})
    unpack_study(upload, inside)
    assert [each.name for each in inside.iterdir()] == ["datapackage.json"]
    assert [each.name for each in tmp_path.iterdir()] == ["inside"]


def test_an_archive_that_swells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("samspill.web.fieldwork.exports.files.MOST_BYTES", 1000)
    with pytest.raises(SamspillError):
        unpack_study(zipped(**{"datapackage.json": "{}", "units.csv": "x" * 2000}), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_faults_are_listed_and_nothing_is_taken_in(collection, archive, study):
    client, path = archive
    study.collections.create(
        wave=collection.wave,
        version=collection.version,
        identifier="spring",
        title={"en": "Spring"},
    )
    with zipfile.ZipFile(path) as packed:
        content = {name: packed.read(name) for name in packed.namelist() if "/study/" in name}
    strange = {name: value.replace(b"u001", b"u999") for name, value in content.items()}
    upload = SimpleUploadedFile("answers.zip", zipped(**strange).getvalue())
    told = client.post(IN, {"archive": upload})
    assert told.status_code == 422
    assert "u999" in told.content.decode()
    assert Response.objects.count() == 9


@pytest.mark.parametrize("role", ["reader", "coder"])
def test_answers_go_out_to_those_alone_who_may_export(collection, client_of, role):
    client = client_of(role)
    assert client.get(OUT).status_code == 403
    assert client.post(OUT, {"formats": ["folder"], "language": "nb"}).status_code == 403
    assert not Job.objects.exists()


def test_nothing_is_built_where_nothing_was_chosen(collection, client_of):
    assert client_of("owner").post(OUT, {"language": "nb"}).status_code == 422
    assert not Job.objects.exists()


def test_a_study_folder_with_faults_is_told_of_in_the_pages_language(collection, client_of, study):
    study.collections.create(
        wave=collection.wave,
        version=collection.version,
        identifier="spring",
        title={"nn": "Vår"},
    )
    client = client_of("owner")
    client.cookies["samspill_language"] = "nn"
    archive = zipped(**{"study/datapackage.json": b"[]"})
    told = client.post(IN, {"archive": SimpleUploadedFile("a.zip", archive.getvalue())})
    assert told.status_code == 422
    assert "Fila inneheld ikkje noko JSON-objekt." in told.content.decode()
