"""The report: asked for, built by the worker with progress, kept, read by whoever may."""

import io
import zipfile

import pytest

from samspill.web.jobs.models import Job
from samspill.web.jobs.running import run_job

ADDRESS = "/results/norway-2018/report/"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def ask(client, **given):
    return client.post(ADDRESS, {"language": "nn", "form": "docx", **given})


def do(job):
    run_job.func(str(job.identifier))
    job.refresh_from_db()


def test_a_report_is_built_once_and_then_read(client, founding, monkeypatch):
    answer = ask(client)
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.identifier}/"
    do(job)
    assert (job.state, job.error) == ("done", "")
    assert job.done == job.total > 5

    from samspill.web.results import work

    monkeypatch.setattr(work, "build_report", None)
    again = ask(client)
    assert again["Location"] == ADDRESS + "nn.docx"
    read = client.get(again["Location"])
    assert 'filename="norway-2018-report-nn.docx"' in read["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(read.streaming_content))) as archive:
        assert "word/document.xml" in archive.namelist()
    assert client.get(f"/jobs/{job.identifier}/result").status_code == 200
    assert "nn.docx" in client.get(ADDRESS).content.decode()


def test_who_asks_for_the_same_follows_the_same_work(client, founding):
    assert ask(client)["Location"] == ask(client)["Location"]
    assert ask(client, form="pdf")["Location"] != ask(client)["Location"]
    assert Job.objects.count() == 2


@pytest.mark.parametrize("given", [{"language": "xx"}, {"form": "exe"}, {"form": "../x"}])
def test_what_is_not_offered_is_not_built(client, founding, given):
    assert ask(client, **given).status_code == 404
    assert not Job.objects.exists()


def test_a_report_that_gives_answers_away_is_not_built(client, observed):
    ask(client)
    job = Job.objects.get()
    do(job)
    assert job.state == "failed"
    assert "given away" in job.error


def test_before_publication_the_work_is_the_members_own(client_of, client, founding, study):
    founding.published_at = None
    founding.save()
    user = client_of("reader") and study.memberships.get().user
    founding.memberships.create(user=user, role="reader")
    ask(client)
    assert Job.objects.get().owner == user
