"""How allauth is bound to this application."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation, never by anyone who comes by."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
