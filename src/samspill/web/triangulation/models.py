"""What people write of the comparisons of a study, and registers brought in to be compared."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from samspill.web.studies.models import Study


class _Written(models.Model):
    """Something that a person wrote; ``by`` is the name that it is shown with."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.CharField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ("at", "pk")


class SourceStatement(_Written):
    """What a source says where it is written down and not counted; ``says`` is of the form that
    the library's ``parse_statement`` reads. Without ``field`` it is about all fields."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="source_statements")
    theme = models.CharField(max_length=60)
    field = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=20)
    says = models.TextField()
    text = models.TextField(blank=True)
    source = models.CharField(max_length=400, blank=True)


class Reason(_Written):
    """A possible reason why sources differ on a theme, in a field or (without one) in all."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="reasons")
    theme = models.CharField(max_length=60)
    field = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    text = models.TextField()
    source = models.CharField(max_length=400, blank=True)


class ReasonEvidence(_Written):
    """What speaks for or against a reason: one of those above (``reason``), or one that comes with
    the study's folder (``about``, its id there)."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="reason_evidence")
    reason = models.ForeignKey(
        Reason, on_delete=models.CASCADE, null=True, blank=True, related_name="evidence"
    )
    about = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=10)
    text = models.TextField()
    source = models.CharField(max_length=400, blank=True)


class Decision(_Written):
    """A contradiction closed or opened again, or an assessment overruled (``value``) or not any
    more, for a reason; ``fingerprint`` is what was said at the time."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="source_decisions")
    theme = models.CharField(max_length=60)
    field = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    fingerprint = models.CharField(max_length=64)


class RegisterCounts(_Written):
    """What a municipality's register said of the themes on a day: the library's ``Counts`` as
    ``rows`` and ``pairs``. The latest that is not taken away is compared."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="register_counts")
    name = models.CharField(max_length=200)
    on = models.DateField()
    invented = models.BooleanField(default=False)
    rows = models.JSONField(default=list)
    pairs = models.JSONField(default=list)
    removed_at = models.DateTimeField(null=True, blank=True)


class Sharing(_Written):
    """That readers of the results see the interviews' side and the memo too, until withdrawn."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sharings")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
