"""The kinds of work of the interviews workspace, found by the worker."""

from samspill.web.interviews import suggesting
from samspill.web.interviews.exchange import work as exchange

__all__ = ["exchange", "suggesting"]
