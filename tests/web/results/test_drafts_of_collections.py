"""From a collection's answers to a draft of its results, in the worker."""

import random

import pytest
from web.fieldwork.fielding import answer, ask, guesses, make_collection, make_units

from samspill.instrument import shipped_instrument
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import run_job


@pytest.fixture
def collection(study, wave):
    instrument = shipped_instrument("pulse")
    source = random.Random(1)
    made = make_collection(study, wave, instrument)
    for respondent in ask(made, make_units(study, 12)):
        answer(respondent, instrument, guesses(instrument, source))
    return made


def test_an_owner_makes_a_draft_of_a_collection_and_looks_at_it(client_of, client, collection):
    from samspill.web.results.drafts import drafts

    client_of("owner")
    answered = client.post("/results/trial/publish/", {"collection": collection.identifier})
    job = Job.objects.get()
    assert answered["Location"] == f"/jobs/{job.identifier}/"
    run_job.func(str(job.identifier))
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    made = next(d for d in drafts(collection.study) if d.name.startswith(collection.identifier))
    page = client.get(f"/results/trial/publish/{made.name}/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert "Answers from 12 of 12 units" in text
    assert "No cell below 5 can be told" in text
