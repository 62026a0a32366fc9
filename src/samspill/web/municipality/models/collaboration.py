"""What they do together: agreements, relations, bodies with seats, and meetings."""

from __future__ import annotations

from django.db import models

from samspill.web.municipality.models.entry import Entry, one_identifier
from samspill.web.municipality.models.organisations import Contact, MunicipalUnit, Organisation


class Agreement(Entry):
    """A row of ``agreements``."""

    table = "agreements"

    title = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    fields = models.JSONField(default=list, blank=True)
    role_of_municipality = models.TextField(blank=True)
    role_of_organisation = models.TextField(blank=True)
    made_together = models.BooleanField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=300, blank=True)
    checksum = models.CharField(max_length=300, blank=True)
    case_number = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("agreements"),)

    def __str__(self) -> str:
        return self.title


class Relation(Entry):
    """A row of ``relations``."""

    table = "relations"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="relations"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, related_name="relations"
    )
    field = models.CharField(max_length=80)
    form = models.CharField(max_length=80)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    economic_relation = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="relations"
    )
    organisation_contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_by_organisation_contact",
    )
    municipal_contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_by_municipal_contact",
    )
    statutory = models.BooleanField(null=True, blank=True)
    target = models.CharField(max_length=40, blank=True)
    target_group = models.CharField(max_length=300, blank=True)
    proposed_by = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("relations"),)

    def __str__(self) -> str:
        return f"{self.organisation} – {self.municipal_unit}"


class Body(Entry):
    """A row of ``bodies``."""

    table = "bodies"

    name = models.CharField(max_length=300)
    type = models.CharField(max_length=40)
    mandate = models.TextField(blank=True)
    fields = models.JSONField(default=list, blank=True)
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    meetings_a_year = models.IntegerField(null=True, blank=True)
    established_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)
    web = models.URLField(max_length=500, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("bodies"),)

    def __str__(self) -> str:
        return self.name


class Seat(Entry):
    """A row of ``seats``."""

    table = "seats"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    side = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    role = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("seats"),)

    def __str__(self) -> str:
        return f"{self.body}: {self.organisation or self.municipal_unit or self.identifier}"


class Meeting(Entry):
    """A row of ``meetings``."""

    table = "meetings"

    title = models.CharField(max_length=300)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    fields = models.JSONField(default=list, blank=True)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    audience = models.CharField(max_length=40, blank=True)
    agenda = models.TextField(blank=True)
    minutes = models.URLField(max_length=500, blank=True)
    present = models.JSONField(default=list, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("meetings"),)

    def __str__(self) -> str:
        return self.title
