"""A study, its waves, and its units with what holds for them when."""

from __future__ import annotations

import datetime
from typing import ClassVar, TypeVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

IDENTIFIER = RegexValidator(
    r"^[a-z][a-z0-9_]*\Z", _("Use small letters without accents, digits and _.")
)


def in_language(words: dict[str, str]) -> str:
    """Words in the language of the page, or in the first language that has them."""
    wanted = translation.get_language() or ""
    return words.get(wanted) or next((text for text in words.values() if text), "")


FROM_THE_FIRST = models.F("valid_from").asc(nulls_first=True)
"""The order in time of what has a validity: what has always held, then by its first day."""

Valid = TypeVar("Valid", bound=models.Model)


class ValidityQuerySet(models.QuerySet[Valid]):
    def valid_on(self, date: datetime.date) -> ValidityQuerySet[Valid]:
        """Rows that hold on a date (from that day, up to but not including the last)."""
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=date),
            models.Q(valid_to=None) | models.Q(valid_to__gt=date),
        )


class Study(models.Model):
    """A study. ``invented`` marks studies whose data are made up, which every page then says."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    summary = models.JSONField(default=dict, blank=True)
    year = models.PositiveSmallIntegerField()
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "slug")
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return in_language(self.title) or self.slug


class Wave(models.Model):
    """One round of a study; ``reference_date`` is the day its units are described as of."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="waves")
    identifier = models.CharField(max_length=40, validators=(IDENTIFIER,))
    title = models.JSONField()
    reference_date = models.DateField()

    class Meta:
        ordering = ("reference_date",)
        constraints = (
            models.UniqueConstraint(fields=("study", "identifier"), name="wave_of_study"),
        )

    def __str__(self) -> str:
        return in_language(self.title) or self.identifier


class Unit(models.Model):
    """What is studied, such as a municipality. Its identity stays when code and name change."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="units")
    identifier = models.CharField(max_length=64)
    ceased_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("identifier",)
        constraints = (
            models.UniqueConstraint(fields=("study", "identifier"), name="unit_of_study"),
        )

    def __str__(self) -> str:
        return self.identifier


class UnitName(models.Model):
    """The code and name of a unit through a time."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        ordering = ("unit", FROM_THE_FIRST)


class UnitSuccession(models.Model):
    """A unit that went into another when the borders changed.

    One of the two may stand outside the study's frame: then ``outside`` names it, as code and
    name, and the unit inside cannot be compared through the change.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="successors"
    )
    successor = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="predecessors"
    )
    outside = models.CharField(max_length=240, blank=True)
    occurred_on = models.DateField()

    class Meta:
        ordering = ("occurred_on", "predecessor", "successor")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor", "outside", "occurred_on"),
                name="succession_of_units",
            ),
        )


class Attribute(models.Model):
    """What is known of units beforehand: size, county, whether there is a policy.

    ``categories`` lists, in order, ``{"value": "yes", "label": {"nb": "Ja", …}}`` for each category
    of a nominal or ordinal attribute; ``label`` may lack languages, or be left out.
    """

    TYPES: ClassVar = {
        "nominal": _("Categories"),
        "ordinal": _("Ordered categories"),
        "number": _("Number"),
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="attributes")
    identifier = models.CharField(max_length=64, validators=(IDENTIFIER,))
    label = models.JSONField()
    type = models.CharField(max_length=10, choices=TYPES)
    categories = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("identifier",)
        constraints = (
            models.UniqueConstraint(fields=("study", "identifier"), name="attribute_of_study"),
        )

    def __str__(self) -> str:
        return in_language(self.label) or self.identifier


class AttributeValue(models.Model):
    """The value of an attribute for a unit through a time."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="values")
    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="values")
    value = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        ordering = ("unit", "attribute", FROM_THE_FIRST)


class Upload(models.Model):
    """A file that someone is about to import, kept between the steps and removed after the last."""

    PURPOSES: ClassVar = {"units": _("Units"), "reform": _("Changes of codes")}

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    choices = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)
