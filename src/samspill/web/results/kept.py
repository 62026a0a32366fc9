"""The pages of this folder that take time, made once for each edition and language."""

from __future__ import annotations

from django.utils import translation

from samspill.language import languages
from samspill.web.results.downloads import Offer, offer
from samspill.web.results.explorer import Choice, Menu, menu
from samspill.web.results.explorer_page import Shown, shown
from samspill.web.results.fields import FieldPage, field_page
from samspill.web.results.glance import Overview, overview_of
from samspill.web.results.origins import Number, Origin, origin
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered


def kept_overview(edition: Edition) -> Overview:
    return remembered(edition, "overview", lambda: overview_of(edition))


def kept_menu(edition: Edition) -> Menu:
    return remembered(edition, "menu", lambda: menu(edition.analysis))


def kept_choice(edition: Edition, choice: Choice) -> Shown:
    return remembered(edition, "explorer", lambda: shown(edition, choice), choice=choice)


def kept_origin(edition: Edition, number: Number) -> Origin:
    return remembered(edition, "origin", lambda: origin(edition, number), number=number)


def kept_field(edition: Edition, field: str) -> FieldPage:
    return remembered(edition, "field", lambda: field_page(edition, field), field=field)


def kept_offer(edition: Edition) -> Offer:
    return remembered(edition, "offer", lambda: offer(edition))


def warm_overview(edition: Edition) -> None:
    """Make the overview in every language."""
    for language in languages():
        with translation.override(language):
            kept_overview(edition)


def warm(edition: Edition) -> None:
    """Make the first pages that a reader opens, in every language."""
    warm_overview(edition)
    first = next(iter(edition.analysis.definitions))
    for language in languages():
        with translation.override(language):
            kept_menu(edition)
            kept_choice(edition, Choice(first))
            kept_offer(edition)
            for field in edition.analysis.fields:
                kept_field(edition, field)
