"""Who there is: municipal units, organisations, and the contacts of both sides."""

from __future__ import annotations

from django.db import models

from samspill.web.municipality.models.entry import Entry, one_identifier


class MunicipalUnit(Entry):
    """A row of ``municipal_units``."""

    table = "municipal_units"

    name = models.CharField(max_length=300)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    fields = models.JSONField(default=list, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    web = models.URLField(max_length=500, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("municipal_units"),)

    def __str__(self) -> str:
        return self.name


class Organisation(Entry):
    """A row of ``organisations``."""

    table = "organisations"

    name = models.CharField(max_length=300)
    number = models.CharField(max_length=9, blank=True)
    kind = models.CharField(max_length=40)
    legal_form = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    purpose = models.TextField(blank=True)
    members = models.IntegerField(null=True, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    municipality_code = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    web = models.URLField(max_length=500, blank=True)
    umbrellas = models.JSONField(default=list, blank=True)
    national_parent = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=40, blank=True)
    centre_tasks = models.JSONField(default=list, blank=True)
    in_voluntary_register = models.BooleanField(null=True, blank=True)
    status = models.CharField(max_length=40)
    dissolved_on = models.DateField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("organisations"),)

    def __str__(self) -> str:
        return self.name


class Contact(Entry):
    """A row of ``contacts``."""

    table = "contacts"

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    side = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    role = models.CharField(max_length=300, blank=True)
    matters = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=list, blank=True)
    coordination_position = models.BooleanField(null=True, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    web = models.URLField(max_length=500, blank=True)
    left_on = models.DateField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("contacts"),)

    def __str__(self) -> str:
        return self.name
