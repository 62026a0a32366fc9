"""What attributes and their categories are called."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.audit.recording import record
from samspill.web.studies.models import Attribute

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def edit_attribute(
    *,
    actor: Actor,
    attribute: Attribute,
    label: dict[str, str],
    categories: list[dict[str, Any]],
) -> None:
    """Change an attribute's label, and the labels and order of its categories.

    Raises SamspillError where ``categories`` do not have the values that the attribute has.
    """
    attribute = Attribute.objects.select_for_update().get(pk=attribute.pk)
    if {c["value"] for c in categories} != {c["value"] for c in attribute.categories}:
        raise SamspillError(
            _("The categories have changed since the page was opened."),
            _("Load the page again, and change it once more."),
        )
    old = {"label": attribute.label, "categories": attribute.categories}
    new = {"label": label, "categories": categories}
    if old == new:
        return
    attribute.label, attribute.categories = label, categories
    attribute.save(update_fields=["label", "categories"])
    record(
        actor=actor,
        action="studies.edit_attribute",
        subject=attribute.identifier,
        study=attribute.study.slug,
        old=old,
        new=new,
    )
