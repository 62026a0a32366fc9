"""Every operation on a study says which permission it takes, and gives each role exactly what the
table of roles says."""

import re

import pytest

from samspill.web.access.permissions import Permission
from samspill.web.access.roles import ROLES
from samspill.web.api.application import api
from samspill.web.api.guard import PublishedOrToken, TokenRequired

OPEN_TO_ALL = {"/studies"}
OPERATIONS = [
    (path, method, operation)
    for _prefix, router in api._routers
    for path, view in router.path_operations.items()
    for operation in view.operations
    for method in operation.methods
]
GUARDED = [each for each in OPERATIONS if each[0] not in OPEN_TO_ALL]
NAMES = [f"{method} {path}" for path, method, _operation in GUARDED]


def _ask(client, study, path, method, **how):
    found = path.replace("{study}", study.slug)
    found = re.sub(r"\{(respondent|number)\}", "1", re.sub(r"\{(?:page|unit)\}", "none", found))
    return client.generic(method, f"/api/v1{re.sub(r'{[a-z]+}', 'none', found)}", **how)


@pytest.mark.parametrize(("path", "method", "operation"), GUARDED, ids=NAMES)
def test_it_says_which_permission_it_takes(path, method, operation):
    (guard,) = operation.auth_callbacks
    assert isinstance(guard, TokenRequired)
    assert isinstance(guard.permission, Permission)
    assert method == "GET" or not isinstance(guard, PublishedOrToken)


@pytest.mark.parametrize(("path", "method", "operation"), GUARDED, ids=NAMES)
def test_each_role_gets_what_the_table_says(client, study, token, path, method, operation):
    (guard,) = operation.auth_callbacks
    refused = {
        role
        for role in ROLES
        if _ask(client, study, path, method, headers=token(role)).status_code == 403
    }
    assert refused == {role for role, held in ROLES.items() if guard.permission not in held}


@pytest.mark.parametrize(("path", "method", "operation"), GUARDED, ids=NAMES)
def test_without_a_token_it_does_nothing(client, study, path, method, operation):
    answer = _ask(client, study, path, method)
    (guard,) = operation.auth_callbacks
    assert answer.status_code == (404 if isinstance(guard, PublishedOrToken) else 401)


@pytest.mark.parametrize("form", ["{}", "[1", "", "nonsense"])
def test_a_permission_is_asked_before_what_is_sent_is_read(client, study, token, form):
    answer = client.put(
        f"/api/v1/studies/{study.slug}/units",
        form,
        content_type="application/json",
        headers=token("reader"),
    )
    assert answer.status_code == 403
