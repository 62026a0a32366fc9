"""What a request is once its view's rule has let it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from samspill.web.access.permissions import DeskPermission, Permission
    from samspill.web.accounts.models import User
    from samspill.web.municipality.models import Municipality, Organisation
    from samspill.web.studies.models import Study


class UserRequest(HttpRequest):
    """From someone who has signed in."""

    user: User


class StudyRequest(UserRequest):
    """In a study: ``permissions`` are those that ``user`` has in ``study``.

    Where a view is open to anyone (``published_or``) the user may be anonymous.
    """

    study: Study
    permissions: frozenset[Permission]


class DeskRequest(UserRequest):
    """At a municipality's desk: ``permissions`` are those that ``user`` has there.

    Where a view is open to anyone (``opened_or``) the user may be anonymous.
    """

    municipality: Municipality
    permissions: frozenset[DeskPermission]


class OrganisationRequest(DeskRequest):
    """On the page of an organisation that ``user`` represents, or whose register ``user`` edits."""

    organisation: Organisation
