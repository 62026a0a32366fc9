"""What is kept out of the log."""

from __future__ import annotations

import logging


class PageInsteadOfAddress(logging.Filter):
    """Names the page that a request was for, instead of its address: addresses hold the keys of
    answering links and of invitations."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            page = match.route if match else "no page"
            kind = record.getMessage().partition(":")[0]
            record.msg, record.args = "%s: %s", (kind, page)
        return True
