"""Making and taking away tokens, and taking answers out."""

from __future__ import annotations

import datetime
import hashlib
import secrets

import polars as pl
from django.db import transaction
from django.utils import timezone

from samspill.web.accounts.models import User
from samspill.web.api.models import Token
from samspill.web.audit.recording import record
from samspill.web.fieldwork.exports.study import collection_study
from samspill.web.fieldwork.exports.work import EXPORT
from samspill.web.fieldwork.models import Collection
from samspill.web.studies.models import Study

PREFIX = "samspill_"


def digest_of(secret: str) -> str:
    """What is kept of a token: SHA-256, in hexadecimal digits. The secret has 256 random bits, so
    that a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_token(*, user: User, study: Study, name: str, days: int) -> tuple[Token, str]:
    """A new token and its secret, which is shown once and never again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        study=study,
        name=name,
        digest=digest_of(secret),
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    record(actor=user, action="api.create_token", study=study.slug, subject=name)
    return token, secret


@transaction.atomic
def revoke_token(*, user: User, token: Token) -> None:
    """Take a token out of use at once."""
    record(actor=user, action="api.revoke_token", study=token.study.slug, subject=token.name)
    token.delete()


@transaction.atomic
def take_out_answers(
    *, actor: User, collection: Collection, written_as: str, break_offs: bool
) -> pl.DataFrame:
    """A collection's answers: ``unit``, ``field``, ``variable``, ``value``. That they were taken
    out, and by whom, stands in the log."""
    answers = collection_study(collection, break_offs=break_offs).answers
    record(
        actor=actor,
        action=EXPORT,
        subject=collection.identifier,
        study=collection.study.slug,
        new={"formats": [written_as]},
    )
    return answers.select("unit", "field", "variable", "value").fill_null("")
