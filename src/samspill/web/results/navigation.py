"""The pages of a study's results in groups, for the one who reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from samspill.web.access.permissions import Permission
from samspill.web.studies.models import Study

HERE, BELOW = "page", "true"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation: its view, the views ``below`` it that have no entry of their own,
    and what it takes to see it; without ``needs`` anyone who may read the results."""

    view: str
    label: Any
    below: tuple[str, ...] = ()
    needs: Permission | None = None


OVERVIEW = Entry("results:overview", _("Overview"), ("results:field",))
GROUPS = (
    (
        _("Findings"),
        (
            Entry("results:explorer", _("Explore"), ("results:origin",)),
            Entry("results:policy", _("Volunteer policy")),
            Entry("results:groups", _("Groups")),
            Entry("results:change", _("Over time")),
            Entry("results:process", _("Process")),
            Entry("results:barriers", _("Barriers")),
        ),
    ),
    (
        _("How sure it is"),
        (
            Entry("results:response", _("Who is missing")),
            Entry("results:models", _("Models"), ("results:ordered",)),
            Entry("results:printed", _("Printed and recomputed")),
            Entry("results:method", _("Method")),
        ),
    ),
    (
        _("Sources and files"),
        (
            Entry("shared_sources:reader", _("Sources"), ("shared_sources:comparison",)),
            Entry("results:cases", _("Cases")),
            Entry("results:report", _("The report")),
            Entry("results:downloads", _("Downloads")),
        ),
    ),
    (
        _("For members"),
        (
            Entry("studies:overview", _("The study"), needs=Permission.READ_STUDY),
            Entry("results:weighting", _("Weights"), needs=Permission.PUBLISH),
            Entry("results:publish", _("Publication"), needs=Permission.PUBLISH),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A page; ``current`` is ``page`` on that page, ``true`` on one below it, or empty."""

    label: str
    address: str
    current: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A group of pages."""

    label: str
    links: tuple[Link, ...]

    @property
    def here(self) -> str:
        """What the current page of the group is called, or an empty text."""
        return next((link.label for link in self.links if link.current), "")


@dataclass(frozen=True, slots=True)
class Menus:
    """The first page, then the groups."""

    first: Link
    groups: tuple[Menu, ...]

    @property
    def here(self) -> str:
        """What the current page is called, or an empty text where it is none of these."""
        if self.first.current:
            return self.first.label
        return next((menu.here for menu in self.groups if menu.here), "")


def menus_of(study: Study, view: str, may: Mapping[str, bool]) -> Menus:
    """The pages that one who ``may`` do so much can open, as seen from ``view``; groups without a
    page are left out."""
    groups = (
        Menu(str(label), tuple(_links(entries, study, view, may))) for label, entries in GROUPS
    )
    (first,) = _links((OVERVIEW,), study, view, may)
    return Menus(first, tuple(menu for menu in groups if menu.links))


def _links(
    entries: tuple[Entry, ...], study: Study, view: str, may: Mapping[str, bool]
) -> Iterator[Link]:
    for entry in entries:
        if entry.needs is not None and not may.get(entry.needs.value):
            continue
        try:
            address = reverse(entry.view, args=[study.slug])
        except NoReverseMatch:
            continue
        current = HERE if view == entry.view else BELOW if view in entry.below else ""
        yield Link(str(entry.label), address, current)
