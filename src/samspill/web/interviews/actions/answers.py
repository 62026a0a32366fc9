"""Taking in what respondents wrote in their own words."""

from __future__ import annotations

from django.db import transaction

from samspill.web.accounts.models import User
from samspill.web.fieldwork.models import Collection
from samspill.web.interviews.actions.sources import add_sources
from samspill.web.interviews.openanswers import Question, open_answers
from samspill.web.studies.models import Study


@transaction.atomic
def take_in_answers(*, actor: User, collection: Collection, question: Question) -> int:
    """Add the answers to a question that are not here yet, and how many; what is here is left as
    it is, also where the respondent has changed the answer since."""
    Study.objects.select_for_update().get(pk=collection.study_id)
    new = [answer.source for answer in open_answers(collection, question) if answer.is_new]
    if new:
        add_sources(actor=actor, study=collection.study, sources=new)
    return len(new)
