"""schemathesis holds the API against its own description: no server error, answers as described."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from web.answering.asking import ask

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture
def one_connection():
    """Requests keep the test's connection, with its transaction, as Django's own client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.long
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("signed", [False, True], ids=["anyone", "owner"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=[op.label for op in OPERATIONS])
def test_no_request_makes_the_server_fail(operation, signed, published, collection, token):
    study, respondent = collection.study, ask(collection)
    there = {
        "study": study.slug if signed else published.slug,
        "collection": collection.identifier,
        "respondent": respondent.pk,
        "page": "first",
        "unit": respondent.unit.identifier,
        "instrument": collection.version.instrument.identifier,
        "number": collection.version.number,
    }
    headers = token("owner") if signed else {}

    @settings(
        max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy())
    def holds(case):
        for name, value in case.path_parameters.items():
            if value not in ("", "0"):
                case.path_parameters[name] = there[name]
        case.call_and_validate(checks=CHECKS, headers=headers)

    holds()
