"""What docs/api.md shows can be done as it stands there, and it shows every operation."""

import json
import re
from pathlib import Path

import pytest
from web.answering.asking import ask

from samspill.web.api.application import api

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
ADDRESSES = re.findall(r"^GET (/api/\S+)$", PAGE, re.MULTILINE)
WRITES = re.findall(
    r"^(PUT|POST) (/api/v1/studies/trial/\S+)\n```\n\n```json\n(.*?)```",
    PAGE,
    re.MULTILINE | re.DOTALL,
)
(ENTERED,) = re.findall(r"^(\{\"mode\": .*\})$", PAGE, re.MULTILINE)
(ERROR,) = re.findall(r"^(\{\n  \"message\": .*?\n\})$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("address", ADDRESSES)
def test_results_are_where_it_says(client, published, address):
    assert client.get(address).status_code == 200


def test_what_it_sends_is_taken_in_in_its_order(client, collection, token):
    headers = token("owner")
    assert len(WRITES) == 3
    for method, address, body in WRITES:
        answer = client.generic(
            method, address, body, content_type="application/json", headers=headers
        )
        assert answer.status_code in (200, 201), answer.content


def test_answers_are_entered_as_it_shows(client, collection, token):
    respondent = ask(collection)
    address = f"/api/v1/studies/trial/collections/survey/respondents/{respondent.pk}/pages/first"
    answer = client.put(address, ENTERED, content_type="application/json", headers=token("analyst"))
    assert answer.json()["answers"] == json.loads(ENTERED)["answers"]


def test_an_error_is_as_it_shows(client, study, token):
    wrong = [{"unit": "k1"}, {"unit": "k2", "values": {"size": "big"}}]
    answer = client.put(
        "/api/v1/studies/trial/units",
        {"units": wrong, "types": {"size": "number"}},
        content_type="application/json",
        headers={**token("owner"), "Accept-Language": "en"},
    )
    assert answer.json() == json.loads(ERROR)


def test_it_tells_which_permission_every_operation_takes():
    rows = re.findall(r"^\| (`.*`) \| `(\w+)` \|$", PAGE, re.MULTILINE)
    told = {}
    for operations, permission in rows:
        method = ""
        for name in re.findall(r"`([^`]+)`", operations):
            verb, _, path = name.rpartition(" ")
            method = verb or method
            told[method, path.rsplit("…/", 1)[-1]] = permission
    asked = {
        (method, path): operation.auth_callbacks[0].permission
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
        if operation.auth_callbacks and operation.auth_callbacks[0].permission != "read_results"
    }
    assert len(told) == len(asked)
    for (method, path), permission in asked.items():
        ends = [end for verb, end in told if verb == method and path.endswith(f"/{end}")]
        fitting = {told[method, end] for end in ends}
        assert permission in fitting, (method, path)
