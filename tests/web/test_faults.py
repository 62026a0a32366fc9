"""What the library refuses is told in the language of the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from samspill.errors import InvalidInput, Message, Problem
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import run_job

LANGUAGES = pytest.mark.parametrize(
    ("language", "expected"),
    [("nb", "Det finnes ingen variabel «vei»."), ("nn", "Det finst ingen variabel «vei».")],
)
QUESTIONNAIRE = b"""
identifier = "a"
version = "1"
languages = ["nb"]
title.nb = "A"
[[page]]
identifier = "p"
relevance = "${vei} = '1'"
[[page.question]]
variable = "q"
type = "text"
text.nb = "Q"
"""


@LANGUAGES
def test_a_questionnaire_with_a_fault(client_of, language, expected):
    client = client_of("owner")
    client.cookies["samspill_language"] = language
    file = SimpleUploadedFile("a.toml", QUESTIONNAIRE)
    page = client.post(
        "/studies/trial/instruments/add/", {"file": file, "language": "nb"}
    ).content.decode()
    assert expected in page


@pytest.mark.django_db
@LANGUAGES
def test_work_that_was_refused(make_user, monkeypatch, language, expected):
    def refused(work):
        message = Message("There is no variable “{variable}”.", variable="vei")
        raise InvalidInput("a.toml", [Problem("a.toml", None, "page p.relevance", message, "")])

    monkeypatch.setitem(run_job.func.__globals__["_KINDS"], "refused", refused)
    job = Job.objects.create(owner=make_user(), kind="refused", language=language, arguments={})
    with translation.override("en"):
        run_job.func(str(job.identifier))
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error.splitlines()[1].endswith(f"page p.relevance: {expected}")
