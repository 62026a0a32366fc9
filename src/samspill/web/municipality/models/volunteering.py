"""Needs, offers, and what came of bringing them together."""

from __future__ import annotations

from django.db import models

from samspill.web.municipality.models.collaboration import Relation
from samspill.web.municipality.models.entry import Entry, one_identifier
from samspill.web.municipality.models.organisations import MunicipalUnit, Organisation


class Need(Entry):
    """A row of ``needs``."""

    table = "needs"

    title = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    field = models.CharField(max_length=80, blank=True)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    times = models.CharField(max_length=300, blank=True)
    languages = models.CharField(max_length=300, blank=True)
    wanted = models.IntegerField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    open_until = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("needs"),)

    def __str__(self) -> str:
        return self.title


class Offer(Entry):
    """A row of ``offers``."""

    table = "offers"

    name = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    fields = models.JSONField(default=list, blank=True)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    times = models.CharField(max_length=300, blank=True)
    languages = models.CharField(max_length=300, blank=True)
    given_on = models.DateField()
    expires_on = models.DateField()
    consented_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=40)

    class Meta(Entry.Meta):
        constraints = (one_identifier("offers"),)

    def __str__(self) -> str:
        return self.name or str(self.organisation or self.municipal_unit or self.identifier)


class Referral(Entry):
    """A row of ``referrals``."""

    table = "referrals"

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="referrals")
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    sent_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40)

    class Meta(Entry.Meta):
        constraints = (one_identifier("referrals"),)

    def __str__(self) -> str:
        return f"{self.offer}: {self.organisation or self.municipal_unit or self.identifier}"


class Capacity(Entry):
    """A row of ``capacities``."""

    table = "capacities"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="capacities"
    )
    field = models.CharField(max_length=80, blank=True)
    persons = models.IntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("capacities"),)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.persons}"


class Gathering(Entry):
    """A row of ``gatherings``."""

    table = "gatherings"

    title = models.CharField(max_length=300)
    fields = models.JSONField(default=list, blank=True)
    held_on = models.DateField()
    place = models.CharField(max_length=300, blank=True)
    present = models.JSONField(default=list, blank=True)

    class Meta(Entry.Meta):
        constraints = (one_identifier("gatherings"),)

    def __str__(self) -> str:
        return self.title


class Match(Entry):
    """A row of ``matches``."""

    table = "matches"

    gathering = models.ForeignKey(
        Gathering, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="matches")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    municipal_unit = models.ForeignKey(
        MunicipalUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    offered = models.TextField(blank=True)
    outcome = models.CharField(max_length=40)
    follow_up_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    relation = models.ForeignKey(
        Relation, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )

    class Meta(Entry.Meta):
        constraints = (one_identifier("matches"),)

    def __str__(self) -> str:
        return f"{self.need}: {self.organisation or self.municipal_unit or self.identifier}"
