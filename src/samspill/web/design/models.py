"""Selections of cases, the interviews planned, and the guide."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.web.studies.models import Study, Unit


class CaseSelection(models.Model):
    """A selection of cases as it was made.

    ``asked`` is everything that was chosen by; ``frame`` the units and what was known of them then,
    ``{"units": [...], "names": [...], "values": {attribute: [...]}}``; ``found`` the answer, empty
    until it is there. One of a study's is its own: ``adopted_at`` says when it became so.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="selections")
    asked: models.JSONField[Any, Any] = models.JSONField()
    frame: models.JSONField[Any, Any] = models.JSONField(default=dict)
    found: models.JSONField[Any, Any] = models.JSONField(default=dict)
    created_by = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)
    adopted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("study",),
                condition=models.Q(adopted_at__isnull=False),
                name="one_selection_of_a_study",
            ),
        )

    def __str__(self) -> str:
        return f"{self.study.slug} {self.pk}"


class PlannedInterviews(models.Model):
    """How many informants are planned for a unit, side and field."""

    SIDES: ClassVar = {"municipality": _("Municipality"), "organisation": _("Organisation")}

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="planned_interviews")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="planned_interviews")
    side = models.CharField(max_length=20, choices=SIDES)
    field = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("study", "unit", "side", "field")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "side", "field"), name="one_plan_of_unit_side_field"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit.identifier} {self.side} {self.field}"


class StudyGuide(models.Model):
    """The study's own interview guide; ``content`` is what the library's ``Guide.content`` gives.
    A study without one uses the guide that comes with Samspill. The log keeps what each change
    took the place of."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="guide")
    content: models.JSONField[Any, Any] = models.JSONField()
    changed_by = models.CharField(max_length=254)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.study.slug
