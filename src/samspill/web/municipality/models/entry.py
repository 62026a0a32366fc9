"""What every row of the register has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samspill.web.municipality.models.municipality import Municipality


class Entry(models.Model):
    """A row of one of the register's tables.

    ``identifier`` is its name in files and addresses, ``public`` lists the columns that are shown
    to anyone, ``verified_on`` is when someone last saw that the row is right.
    """

    table: ClassVar[str]

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="%(class)s_entries"
    )
    identifier = models.SlugField(max_length=80)
    provenance = models.CharField(max_length=40, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    public = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.identifier


def one_identifier(table: str) -> models.UniqueConstraint:
    """An identifier stands once in a municipality's table."""
    return models.UniqueConstraint(
        fields=("municipality", "identifier"), name=f"identifier_of_{table}"
    )
