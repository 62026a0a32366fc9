"""Who may open which page: one table, asked in one place."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from samspill.web.access.middleware import GUARDED_BY_THEMSELVES
from samspill.web.access.permissions import Permission
from samspill.web.access.roles import CODER, OWNER, READER, ROLES
from samspill.web.access.rules import InStudy


def _views(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


VIEWS = [
    (route, view)
    for route, view in _views(get_resolver().url_patterns)
    if not route.startswith(GUARDED_BY_THEMSELVES)
]


@pytest.mark.parametrize(("route", "view"), VIEWS, ids=[route for route, _ in VIEWS])
def test_every_view_declares_its_rule(route, view):
    assert getattr(view, "rule", None) is not None


@pytest.mark.parametrize(("route", "view"), VIEWS, ids=[route for route, _ in VIEWS])
def test_a_view_of_a_study_asks_for_a_permission_in_it(route, view):
    if "<slug:study>" in route:
        assert isinstance(view.rule, InStudy)


def test_an_owner_may_everything_and_a_reader_changes_nothing():
    assert ROLES[OWNER] == frozenset(Permission)
    assert {p for p in ROLES[READER] if not p.startswith("read_")} == set()
    assert Permission.READ_STUDY in ROLES[CODER]


def test_a_study_of_others_is_not_to_be_found(client_of, study):
    assert client_of().get(f"/studies/{study.slug}/").status_code == 404


def test_a_member_finds_the_study(client_of, study):
    assert client_of("reader").get(f"/studies/{study.slug}/").status_code == 200


def test_who_has_not_signed_in_is_asked_to(client, study):
    answer = client.get(f"/studies/{study.slug}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_results_are_open_to_all_once_published(client, study):
    assert client.get(f"/results/{study.slug}/").status_code == 302
    study.published_at = study.created_at
    study.save()
    assert client.get(f"/results/{study.slug}/").status_code == 200
