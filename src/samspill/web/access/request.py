"""What a request is once its view's rule has let it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from samspill.web.access.permissions import Permission
    from samspill.web.accounts.models import User
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
