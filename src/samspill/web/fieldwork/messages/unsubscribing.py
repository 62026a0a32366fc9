"""Links by which respondents say that they want no more e-mail. They say nothing else, and cannot
be used for answering."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from samspill.web.fieldwork.models import Respondent

_SALT = "samspill.fieldwork.unsubscribe"


def unsubscribe_path(respondent: Respondent) -> str:
    """Where a respondent unsubscribes; it outlives a change of the answering link."""
    return reverse("unsubscribe", args=[Signer(salt=_SALT, sep=".").sign(str(respondent.pk))])


def signed_respondent(signed: str) -> Respondent | None:
    """The respondent that a link was made for; None where it was not made here."""
    try:
        key = Signer(salt=_SALT, sep=".").unsign(signed)
    except BadSignature:
        return None
    return Respondent.objects.select_related("collection", "unit").filter(pk=key).first()
