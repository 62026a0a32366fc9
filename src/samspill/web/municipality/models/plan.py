"""The municipality's policy for the voluntary sector, its plan, and how it was made."""

from __future__ import annotations

from django.db import models

from samspill.web.municipality.models.entry import Entry, one_identifier
from samspill.web.municipality.models.organisations import Contact, MunicipalUnit, Organisation


class Policy(Entry):
    """A row of ``policies``."""

    table = "policies"

    title = models.CharField(max_length=300)
    generation = models.IntegerField(null=True, blank=True)
    state = models.CharField(max_length=40)
    adopted_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    statement = models.TextField(blank=True)
    case_number = models.CharField(max_length=300, blank=True)
    web = models.URLField(max_length=500, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("policies"),)

    def __str__(self) -> str:
        return self.title


class Goal(Entry):
    """A row of ``goals``."""

    table = "goals"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="goals")
    order = models.IntegerField(null=True, blank=True)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("goals"),)

    def __str__(self) -> str:
        return self.title


class Measure(Entry):
    """A row of ``measures``."""

    table = "measures"

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures")
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    field = models.CharField(max_length=80, blank=True)
    barrier = models.CharField(max_length=80, blank=True)
    advice = models.CharField(max_length=300, blank=True)
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    begins_on = models.DateField(null=True, blank=True)
    deadline = models.DateField(null=True, blank=True)
    every_year = models.BooleanField(null=True, blank=True)
    status = models.CharField(max_length=40)
    late_because = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    decision = models.CharField(max_length=300, blank=True)
    case_number = models.CharField(max_length=300, blank=True)
    cost = models.BigIntegerField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("measures"),)

    def __str__(self) -> str:
        return self.title


class Criterion(Entry):
    """A row of ``criteria``."""

    table = "criteria"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="criteria")
    criterion = models.CharField(max_length=40)
    verdict = models.CharField(max_length=40)
    evidence = models.TextField()
    web = models.URLField(max_length=500, blank=True)
    case_number = models.CharField(max_length=300, blank=True)
    judged_on = models.DateField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("criteria"),)

    def __str__(self) -> str:
        return f"{self.criterion}, {self.policy}"


class Process(Entry):
    """A row of ``processes``."""

    table = "processes"

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, null=True, blank=True, related_name="processes"
    )
    fields = models.JSONField(default=list, blank=True)
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="processes"
    )
    opens_on = models.DateField(null=True, blank=True)
    deadline = models.DateField(null=True, blank=True)
    sector_involved_at = models.CharField(max_length=40, blank=True)
    sector_involved_on = models.DateField(null=True, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    case_number = models.CharField(max_length=300, blank=True)
    web = models.URLField(max_length=500, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("processes"),)

    def __str__(self) -> str:
        return self.title


class Input(Entry):
    """A row of ``inputs``."""

    table = "inputs"

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="inputs")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="inputs"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="inputs"
    )
    invited_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("inputs"),)

    def __str__(self) -> str:
        return f"{self.process}: {self.organisation or self.municipal_unit or self.identifier}"
