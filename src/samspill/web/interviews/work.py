"""The kinds of work of the interviews workspace, found by the worker."""

from samspill.web.interviews import suggesting
from samspill.web.interviews.exchange import work as exchange
from samspill.web.interviews.intake import work as intake

__all__ = ["exchange", "intake", "suggesting"]
