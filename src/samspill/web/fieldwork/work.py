"""The kinds of work of fieldwork, found by the worker."""

from samspill.web.fieldwork.exports import work as exports

__all__ = ["exports"]
