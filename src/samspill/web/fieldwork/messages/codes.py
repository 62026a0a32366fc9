"""What a mail server's status code says of the address (RFC 3463), judged conservatively."""

from __future__ import annotations

import re

NO_SUCH_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
"""Permanent faults of the recipient's address. A full or closed mailbox, a policy, a fault of the
sender's address (5.1.7, 5.1.8) and one that says nothing further (5.1.0) are not among them."""

_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")


def status_code(text: str) -> str:
    """The enhanced status code at the beginning of what a server says, or an empty text."""
    found = _ENHANCED.search(text[:80])
    return found[1] if found else ""


def is_no_such_address(status: str) -> bool:
    """Whether the code says that the address does not exist."""
    return status in NO_SUCH_ADDRESS
