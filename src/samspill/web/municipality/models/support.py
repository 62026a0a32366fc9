"""What organisations receive: grants by scheme, premises, and answers to what they ask."""

from __future__ import annotations

from django.db import models

from samspill.web.municipality.models.collaboration import Agreement
from samspill.web.municipality.models.entry import Entry, one_identifier
from samspill.web.municipality.models.organisations import MunicipalUnit, Organisation


class Scheme(Entry):
    """A row of ``schemes``."""

    table = "schemes"

    name = models.CharField(max_length=300)
    economic_relation = models.CharField(max_length=80)
    fields = models.JSONField(default=list, blank=True)
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="schemes"
    )
    criteria = models.TextField(blank=True)
    opens_on = models.DateField(null=True, blank=True)
    deadline = models.DateField(null=True, blank=True)
    budget = models.BigIntegerField(null=True, blank=True)
    web = models.URLField(max_length=500, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("schemes"),)

    def __str__(self) -> str:
        return self.name


class Grant(Entry):
    """A row of ``grants``."""

    table = "grants"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    scheme = models.ForeignKey(
        Scheme, on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    economic_relation = models.CharField(max_length=80)
    field = models.CharField(max_length=80, blank=True)
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    year = models.IntegerField()
    years = models.IntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    applied = models.BigIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=40)
    decided_on = models.DateField(null=True, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    case_number = models.CharField(max_length=300, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("grants"),)

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year}"


class Premises(Entry):
    """A row of ``premises``."""

    table = "premises"

    name = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="premises"
    )
    capacity = models.IntegerField(null=True, blank=True)
    equipment = models.TextField(blank=True)
    step_free = models.BooleanField(null=True, blank=True)
    price = models.CharField(max_length=300, blank=True)
    booking = models.URLField(max_length=500, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("premises"),)

    def __str__(self) -> str:
        return self.name


class Allocation(Entry):
    """A row of ``allocations``."""

    table = "allocations"

    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="allocations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="allocations"
    )
    field = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    hours_a_week = models.FloatField(null=True, blank=True)
    rent = models.BigIntegerField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("allocations"),)

    def __str__(self) -> str:
        return f"{self.premises}: {self.organisation}"


class Enquiry(Entry):
    """A row of ``enquiries``."""

    table = "enquiries"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    field = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=300)
    received_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("enquiries"),)

    def __str__(self) -> str:
        return self.subject
