"""What templates know of the reader: ``study`` and ``may``, the permissions held in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from samspill.web.access.permissions import Permission


def permissions(request: HttpRequest) -> dict[str, Any]:
    """``{% if may.edit_units %}``: whether the reader holds a permission in this page's study."""
    held: frozenset[Permission] = getattr(request, "permissions", frozenset())
    return {
        "study": getattr(request, "study", None),
        "may": {permission.value: True for permission in held},
    }
