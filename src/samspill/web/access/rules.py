"""What a view takes of the one who asks, declared where the view is written.

    @requires(Permission.EDIT_UNITS)
    def import_units(request, study): …

A view whose path has ``<slug:study>`` finds the study as ``request.study``; one with
``<slug:municipality>`` the municipality as ``request.municipality``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from samspill.web.access.models import Membership, Position
from samspill.web.access.permissions import DeskPermission, Permission
from samspill.web.access.roles import DESK_ROLES, ROLES

View = TypeVar("View", bound=Callable[..., Any])
NOTHING: frozenset[Permission] = frozenset()
NOTHING_AT_THE_DESK: frozenset[DeskPermission] = frozenset()


class Rule(Protocol):
    """Decides over a request before its view runs: None to let it in, an answer instead, or raises
    Http404 or PermissionDenied."""

    def __call__(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None: ...


def permissions_in(user: Any, study: Any) -> frozenset[Permission]:
    """What a user may do in a study; nothing where the user is no member of it."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return NOTHING
    membership = Membership.objects.filter(user=user, study=study).first()
    return ROLES.get(membership.role, NOTHING) if membership else NOTHING


def allowed(user: Any, permission: Permission, study: Any) -> bool:
    """Whether a user may do this in a study."""
    return permission in permissions_in(user, study)


def permissions_at(user: Any, municipality: Any) -> frozenset[DeskPermission]:
    """What a user may do at a municipality's desk; nothing where the user has no role there."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return NOTHING_AT_THE_DESK
    position = Position.objects.filter(
        user=user, municipality=municipality, organisation=None
    ).first()
    return DESK_ROLES.get(position.role, NOTHING_AT_THE_DESK) if position else NOTHING_AT_THE_DESK


def represents(user: Any, organisation: Any) -> bool:
    """Whether a user speaks for an organisation of a register."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return False
    return Position.objects.filter(user=user, organisation=organisation).exists()


def _decided(
    request: HttpRequest, held: frozenset[Any], permission: Any, is_open: bool
) -> HttpResponse | None:
    if permission in held or is_open:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if held:
        raise PermissionDenied
    raise Http404


@dataclass(frozen=True, slots=True)
class Anyone:
    """No login: pages for all, and pages whose address is the key (an answering link)."""

    def __call__(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        return None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Any account; with ``administrator`` only those who run the installation."""

    administrator: bool = False

    def __call__(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if self.administrator and not request.user.is_superuser:
            raise PermissionDenied
        return None


@dataclass(frozen=True, slots=True)
class InStudy:
    """A permission in the study of the address.

    Who is no member is told that there is no such study, so that its existence is not given away.
    ``published`` lets anyone read the results of a study that has been published.
    """

    permission: Permission
    published: bool = False

    def __call__(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        study = get_object_or_404(apps.get_model("studies", "Study"), slug=kwargs["study"])
        held = permissions_in(request.user, study)
        request.study = study  # type: ignore[attr-defined]
        request.permissions = held  # type: ignore[attr-defined]
        is_open = self.published and study.published_at is not None
        return _decided(request, held, self.permission, is_open)


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A permission at the desk of the municipality of the address.

    Who has no role there is told that there is no such municipality. ``opened`` lets anyone in
    once the municipality has opened its public pages.
    """

    permission: DeskPermission
    opened: bool = False

    def __call__(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        municipality = get_object_or_404(
            apps.get_model("municipality", "Municipality"), code=kwargs["municipality"]
        )
        held = permissions_at(request.user, municipality)
        request.municipality = municipality  # type: ignore[attr-defined]
        request.permissions = held  # type: ignore[attr-defined]
        is_open = self.opened and municipality.opened_at is not None
        return _decided(request, held, self.permission, is_open)


@dataclass(frozen=True, slots=True)
class ForOrganisation:
    """To speak for the organisation of the address, or to edit the register that it stands in."""

    def __call__(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        organisation = get_object_or_404(
            apps.get_model("municipality", "Organisation").objects.select_related("municipality"),
            municipality__code=kwargs["municipality"],
            identifier=kwargs["organisation"],
        )
        held = permissions_at(request.user, organisation.municipality)
        request.municipality = organisation.municipality  # type: ignore[attr-defined]
        request.organisation = organisation  # type: ignore[attr-defined]
        request.permissions = held  # type: ignore[attr-defined]
        if represents(request.user, organisation) or DeskPermission.EDIT_REGISTER in held:
            return None
        raise Http404


def takes(rule: Rule) -> Callable[[View], View]:
    """Declare what a view takes."""

    def declare(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return declare


def requires(permission: Permission) -> Callable[[View], View]:
    """The view takes this permission in the study of its address."""
    return takes(InStudy(permission))


def published_or(permission: Permission) -> Callable[[View], View]:
    """The view is open to anyone once the study's results are published."""
    return takes(InStudy(permission, published=True))


def at_desk(permission: DeskPermission) -> Callable[[View], View]:
    """The view takes this permission at the desk of its address."""
    return takes(AtDesk(permission))


def opened_or(permission: DeskPermission) -> Callable[[View], View]:
    """The view is open to anyone once the municipality has opened its public pages."""
    return takes(AtDesk(permission, opened=True))


for_organisation = takes(ForOrganisation())
anyone = takes(Anyone())
signed_in = takes(SignedIn())
administrator = takes(SignedIn(administrator=True))
