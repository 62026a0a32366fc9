"""Instruments and their versions. A fielded version is frozen."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.web.studies.models import Study, in_language

NAME = RegexValidator(
    r"^[A-Za-z0-9_][A-Za-z0-9_.-]*\Z", _("Use letters without accents, digits and _ . - alone.")
)


class Instrument(models.Model):
    """A questionnaire of a study, through all its versions; its title is the newest version's."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="instruments")
    identifier = models.CharField(max_length=64, validators=(NAME,))
    title = models.JSONField()

    class Meta:
        ordering = ("identifier",)
        constraints = (
            models.UniqueConstraint(fields=("study", "identifier"), name="instrument_of_study"),
        )

    def __str__(self) -> str:
        return in_language(self.title) or self.identifier


class InstrumentVersion(models.Model):
    """One version: ``definition`` is the TOML file as Samspill writes it, ``digest`` its SHA-256.

    Once ``frozen_at`` is set the definition does not change; a change is a new version. The
    parsed definition is ``definitions.definition(version)``.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("instrument", "-number")
        constraints = (
            models.UniqueConstraint(fields=("instrument", "number"), name="version_of_instrument"),
        )

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"
