"""Who codes here: the coder that a user is in a study."""

from __future__ import annotations

from django.db import transaction

from samspill.web.accounts.models import User
from samspill.web.interviews.models import Coder
from samspill.web.studies.models import Study


def coder_of(study: Study, user: User) -> Coder:
    """The user as a coder of the study; made the first time, with initials that are free."""
    found = Coder.objects.filter(study=study, user=user).first()
    if found is not None:
        return found
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        name = user.name or user.email.partition("@")[0]
        made, _ = Coder.objects.get_or_create(
            study=study, user=user, defaults={"name": name, "initials": _free(study, name)}
        )
    return made


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name: "Ida Marie Holt" is IH."""
    words = name.replace(".", " ").replace("-", " ").split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])).upper()


def _free(study: Study, name: str) -> str:
    taken = set(Coder.objects.filter(study=study).values_list("initials", flat=True))
    stem = initials_of(name)
    number, initials = 2, stem
    while initials in taken:
        initials, number = f"{stem}{number}", number + 1
    return initials
