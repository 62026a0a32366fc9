"""The municipality whose register it is."""

from __future__ import annotations

from django.db import models

from samspill.web.municipality.models.code import MUNICIPALITY_CODE


class Municipality(models.Model):
    """A municipality with a desk here. ``invented`` marks one that does not exist, which every page
    then says; ``opened_at`` is since when anyone may see its public pages."""

    code = models.SlugField(max_length=20, unique=True, validators=(MUNICIPALITY_CODE,))
    name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name
