"""What templates know of the reader: ``study`` or ``municipality``, and ``may``, the permissions
held there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from samspill.web.access.permissions import DeskPermission, Permission


def permissions(request: HttpRequest) -> dict[str, Any]:
    """``{% if may.edit_units %}``: whether the reader holds a permission where this page stands."""
    held: frozenset[Permission | DeskPermission] = getattr(request, "permissions", frozenset())
    return {
        "study": getattr(request, "study", None),
        "municipality": getattr(request, "municipality", None),
        "may": {permission.value: True for permission in held},
    }
