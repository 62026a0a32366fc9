"""Making, changing and deleting a study."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.roles import OWNER
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.studies.models import Study, in_language
from samspill.web.studies.naming import plain_name

Actor: TypeAlias = AbstractBaseUser | str
FIELDS = ("title", "summary", "year", "invented")
NOT_CONTENT = frozenset({"memberships", "uploads"})


@transaction.atomic
def create_study(
    *,
    actor: Actor,
    owner: User,
    title: dict[str, str],
    year: int,
    summary: dict[str, str] | None = None,
    invented: bool = False,
    slug: str = "",
) -> Study:
    """A study with its first owner. Without ``slug`` its address is made of the title."""
    study = Study.objects.create(
        slug=slug or free_slug(in_language(title)),
        title=title,
        summary=summary or {},
        year=year,
        invented=invented,
    )
    study.memberships.create(user=owner, role=OWNER)
    record(
        actor=actor,
        action="studies.create_study",
        subject=study.slug,
        study=study.slug,
        new={**_content(study), "owner": owner.email},
    )
    return study


@transaction.atomic
def edit_study(*, actor: Actor, study: Study, **fields: Any) -> None:
    """Change title, summary, year, or whether the data are invented; the address stays."""
    old = _content(study)
    for key in FIELDS:
        setattr(study, key, fields.get(key, getattr(study, key)))
    new = _content(study)
    if new == old:
        return
    study.save(update_fields=FIELDS)
    changed = [key for key in FIELDS if old[key] != new[key]]
    record(
        actor=actor,
        action="studies.edit_study",
        subject=study.slug,
        study=study.slug,
        old={key: old[key] for key in changed},
        new={key: new[key] for key in changed},
    )


@transaction.atomic
def delete_study(*, actor: Actor, study: Study) -> None:
    """Delete a study that holds nothing. Its log stays.

    Raises SamspillError where it holds anything but its members.
    """
    if not is_empty(study):
        raise SamspillError(
            _("The study is not empty."), _("Only a study that holds nothing can be deleted.")
        )
    slug, old = study.slug, _content(study)
    study.delete()
    record(actor=actor, action="studies.delete_study", subject=slug, study=slug, old=old)


def is_empty(study: Study) -> bool:
    """Whether nothing belongs to the study but its members and files on their way in."""
    return not any(
        relation.related_model._base_manager.filter(**{relation.field.name: study}).exists()
        for relation in study._meta.related_objects
        if isinstance(relation, models.ManyToOneRel)
        and relation.get_accessor_name() not in NOT_CONTENT
    )


def free_slug(title: str) -> str:
    """An address made of a title, that no study has."""
    stem = plain_name(title, "-")[:70].strip("-") or "study"
    taken = {"new"} | set(
        Study.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _content(study: Study) -> dict[str, Any]:
    return {key: getattr(study, key) for key in FIELDS}
