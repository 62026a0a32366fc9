"""What has been published of a study."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from samspill.web.fieldwork.models import Collection
from samspill.web.studies.models import Study


class Publication(models.Model):
    """A study folder whose results can be read. The latest that is not withdrawn is shown.

    ``folder`` is a folder under the installation's data, or the name of a study that comes with
    Samspill; ``digest`` is its seal.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="publications")
    folder = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)


class WeightingChoice(models.Model):
    """How the answers of a collection are to be weighted when they are made into results.

    ``declaration`` is what will stand under ``samspill.weighting`` in the study's folder, with who
    chose it, when and why.
    """

    collection = models.OneToOneField(
        Collection, on_delete=models.CASCADE, related_name="weighting_choice"
    )
    declaration = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)
