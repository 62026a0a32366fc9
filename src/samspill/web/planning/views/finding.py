"""Entries of the address; what is not there is not found."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samspill.web.access.request import DeskRequest
from samspill.web.municipality.models import Input, Measure, Policy, Process
from samspill.web.planning.process import KIND
from samspill.web.planning.progress import policy_named


def measure_of(request: DeskRequest, identifier: str) -> Measure:
    """A measure of the municipality."""
    return get_object_or_404(
        Measure.objects.select_related("municipality", "goal__policy", "municipal_unit", "contact"),
        municipality=request.municipality,
        identifier=identifier,
    )


def policy_of(request: DeskRequest) -> Policy:
    """The policy that the address asks for, otherwise the one that holds."""
    found = policy_named(request.municipality, request.GET.get("policy", ""))
    if found is None:
        raise Http404
    return found


def process_of(request: DeskRequest, identifier: str) -> Process:
    """A making of a policy."""
    return get_object_or_404(
        Process.objects.select_related("municipality", "policy", "municipal_unit"),
        municipality=request.municipality,
        identifier=identifier,
        kind=KIND,
    )


def input_of(process: Process, identifier: str) -> Input:
    """One of those to be heard in a process."""
    return get_object_or_404(
        process.inputs.select_related("municipality", "organisation", "municipal_unit"),
        identifier=identifier,
    )
