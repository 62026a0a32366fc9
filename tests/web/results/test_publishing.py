"""Publishing: what will be public, refused where it gives answers away, logged, taken back."""

import datetime

import pytest
from django.conf import settings
from django.core.cache import cache

from samspill.analysis import open_study
from samspill.study import seal_study, write_study


@pytest.fixture
def own(study, analysis):
    """The trial study with drafts: the founding answers as stand-ins, and as if observed."""
    import polars as pl

    folder = settings.DATA / "publications" / study.slug
    real = analysis.study.provenance.with_columns(pl.lit("observed").alias("provenance"))
    for name, tables in {"standins": {}, "observed": {"provenance": real}}.items():
        if not (folder / name).exists():
            write_study(analysis.study.with_tables(**tables), folder / name)
            seal_study(folder / name)
    return study


def events(study):
    from samspill.web.audit.models import Event

    return [
        (event.action, event.new)
        for event in Event.objects.filter(study=study.slug, action__startswith="results.")
    ]


def test_a_safe_draft_is_published_for_everyone_and_logged(client_of, own, client):
    client_of("owner")
    page = client.get("/results/trial/publish/standins/", headers={"accept-language": "en"})
    assert "241 of 440 units" in page.content.decode()
    answer = client.post("/results/trial/publish/standins/")
    assert answer.status_code == 302
    own.refresh_from_db()
    assert own.published_at is not None
    ((action, new),) = events(own)
    assert action == "results.publish"
    assert new["folder"] == "publications/trial/standins"
    client.logout()
    assert client.get("/results/trial/policy/").status_code == 200


def test_a_draft_that_gives_answers_away_is_refused_whole(client_of, own, client):
    client_of("owner")
    answer = client.post("/results/trial/publish/observed/", headers={"accept-language": "en"})
    text = answer.content.decode()
    assert "fewer than five units" in text
    assert "Make a draft without these answers" in text
    own.refresh_from_db()
    assert own.published_at is None
    assert not own.publications.exists()
    assert events(own) == []


def test_what_gives_answers_away_can_be_left_out_until_nothing_does(own):
    from samspill.web.results.drafts import examined, find_draft, leave_out

    draft = find_draft(own, "observed")
    before = open_study(draft.folder).study.answers
    for _step in range(3):
        draft = leave_out(own, draft)
        if examined(draft).safe:
            break
    assert examined(draft).safe
    left = open_study(draft.folder).study.answers
    assert 0 < left.height < before.height
    assert left.join(before, on=before.columns, how="anti", nulls_equal=True).is_empty()


def test_withdrawn_results_are_nobodys_to_read(client_of, own, client):
    client_of("owner")
    client.post("/results/trial/publish/standins/")
    client.post("/results/trial/withdraw/")
    own.refresh_from_db()
    assert own.published_at is None
    assert [action for action, _ in events(own)] == ["results.withdraw", "results.publish"]
    client.logout()
    assert client.get("/results/trial/policy/").status_code == 302


@pytest.mark.parametrize("role", ["analyst", "coder", "reader", ""])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "publish/"),
        ("post", "publish/"),
        ("get", "publish/standins/"),
        ("post", "publish/standins/"),
        ("post", "publish/observed/leave-out/"),
        ("post", "withdraw/"),
    ],
)
def test_only_owners_publish(client_of, own, client, role, method, path):
    client_of(role)
    answer = getattr(client, method)(f"/results/trial/{path}")
    assert answer.status_code == (403 if role else 404)
    assert not own.publications.exists()


@pytest.mark.parametrize("name", ["..", "nothing", "observed..", "%2e%2e"])
def test_only_drafts_of_the_study_are_found(own, name):
    from samspill.web.results.drafts import find_draft

    assert find_draft(own, name) is None


def test_a_draft_changed_after_it_was_made_is_refused(client_of, own, client, analysis):
    client_of("owner")
    folder = settings.DATA / "publications" / own.slug / "changed"
    if not folder.exists():
        write_study(analysis.study, folder)
        seal_study(folder)
        units = (folder / "units.csv").read_text(encoding="utf-8")
        (folder / "units.csv").write_text(units.replace("yes", "no", 1), encoding="utf-8")
    answer = client.post("/results/trial/publish/changed/", headers={"accept-language": "en"})
    assert "changed after it was made" in answer.content.decode()
    assert not own.publications.exists()


def test_warming_keeps_what_the_pages_show(own, client_of, client, monkeypatch):
    from samspill.web.results import kept_views
    from samspill.web.results.warming import warm_published

    client_of("owner")
    client.post("/results/trial/publish/standins/")
    cache.clear()
    warm_published()

    def refuse(*arguments):
        raise AssertionError("computed in the request")

    for name in ("policy_page", "process_page", "printed_page", "models_page", "chapter"):
        monkeypatch.setattr(kept_views, name, refuse)
    for page in ("policy", "process", "printed", "models", "cases", "barriers", "method"):
        assert client.get(f"/results/trial/{page}/").status_code == 200


def test_the_steps_of_the_study_say_where_publishing_stands(own, client_of, client):
    from samspill.web.results.steps import analysis, publication
    from samspill.web.studies.progress import State

    assert analysis(own).state is State.DONE
    assert publication(own).state is State.NOT_BEGUN
    own.published_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    assert publication(own).state is State.DONE
