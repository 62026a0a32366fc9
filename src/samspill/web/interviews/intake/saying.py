"""What has become of names, in a sentence."""

from __future__ import annotations

from django.utils.translation import ngettext


def told_replaced(replaced: int) -> str:
    """How often names were replaced."""
    said = ngettext(
        "%(n)s name is replaced. Look at what may be left.",
        "%(n)s names are replaced. Look at what may be left.",
        replaced,
    )
    return said % {"n": replaced}


def told_restored(texts: int) -> str:
    """In how many texts names are back."""
    said = ngettext(
        "The names are back in %(n)s text.", "The names are back in %(n)s texts.", texts
    )
    return said % {"n": texts}
