"""What waits between being read and being taken in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.web.municipality.models.municipality import Municipality


class Upload(models.Model):
    """A file, or what the national registers said, that someone is about to take in.

    ``content`` is the file, or JSON of what was read; ``choices`` is what its reader has chosen.
    """

    PURPOSES: ClassVar = {"file": _("A file"), "registers": _("The national registers")}

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="uploads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="register_uploads"
    )
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    choices = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)
