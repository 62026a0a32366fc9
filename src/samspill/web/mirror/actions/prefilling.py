"""What the register answers goes into a questionnaire that the municipality has been sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import Item
from samspill.register.mirror.register_answers import FOUNDING, POLICY
from samspill.web.accounts.models import User
from samspill.web.answering.actions import save_page
from samspill.web.answering.desk import Desk, course_of, respondent_of, sheet_of
from samspill.web.answering.gate import Gate, gate_of
from samspill.web.audit.recording import record
from samspill.web.mirror.questions import Answer
from samspill.web.municipality.models import Municipality

AUTHOR = "mirror"


@transaction.atomic
def prefill(
    *, actor: User, municipality: Municipality, address: str, answers: list[Answer]
) -> tuple[str, int]:
    """Fill in what is not answered yet, from answers that are reviewed; gives the link's token and
    how many were filled in. Nothing is sent: whoever holds the link reads it through and sends it.

    Raises SamspillError where the link opens no questionnaire, another one, or one that cannot be
    answered now.
    """
    desk = _desk(address)
    held = {
        Item(one.field, one.variable): one.value
        for one in answers
        if one.is_reviewed and one.value and one.variable != POLICY
    }
    filled, seen = 0, set[str]()
    while step := next((s for s in course_of(desk).steps if s.identifier not in seen), None):
        seen.add(step.identifier)
        given = {item: held[item] for item in course_of(desk).unanswered(step) if item in held}
        if given:
            save_page(desk=desk, step=step, given=given)
            filled += len(given)
            desk = _desk(address)
    record(
        actor=actor,
        action="mirror.prefill",
        subject=f"questionnaire/{desk.collection.study.slug}",
        municipality=municipality.code,
        new={"filled": filled},
    )
    return desk.respondent.token, filled


def _desk(address: str) -> Desk:
    try:
        token = resolve(urlsplit(address.strip()).path).kwargs.get("token", "")
    except Resolver404:
        token = ""
    respondent = respondent_of(token) if token else None
    if respondent is None:
        raise SamspillError(
            _("This link opens no questionnaire here."),
            _("Copy the whole link from the e-mail that invited the municipality."),
        )
    if respondent.side != "municipality" or gate_of(respondent) is not Gate.OPEN:
        raise SamspillError(
            _("The questionnaire cannot be answered by the municipality now."),
            _("Open the link to see why."),
        )
    if respondent.collection.version.instrument.identifier != FOUNDING:
        raise SamspillError(
            _("This is another questionnaire than the founding study's."),
            _("Answer it by hand; the register knows only the founding questions."),
        )
    language = translation.get_language() or "nb"
    base = reverse("answering:start", args=[token])
    return Desk(respondent, sheet_of(respondent.collection, language), base, AUTHOR)
