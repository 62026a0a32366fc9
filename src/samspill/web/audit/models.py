"""The log of changes (who, when, old, new)."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("The log is not edited.")

    def delete(self) -> NoReturn:
        raise TypeError("The log is not edited.")


class Event(models.Model):
    """One change. What was changed is named, not referred to by key: the log outlives it."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.CharField(max_length=254)
    action = models.CharField(max_length=80, db_index=True)
    study = models.CharField(max_length=80, blank=True, db_index=True)
    municipality = models.CharField(max_length=20, blank=True, db_index=True)
    subject = models.CharField(max_length=200)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("The log is not edited.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The log is not edited.")
