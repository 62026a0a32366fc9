"""The register of a municipality as the database keeps it; ``samspill.register.schema`` says what
each table holds, and the models have its columns."""

from collections.abc import Mapping
from types import MappingProxyType

from samspill.web.municipality.models.collaboration import (
    Agreement,
    Body,
    Meeting,
    Relation,
    Seat,
)
from samspill.web.municipality.models.entry import Entry
from samspill.web.municipality.models.municipality import Municipality
from samspill.web.municipality.models.organisations import (
    Contact,
    MunicipalUnit,
    Organisation,
)
from samspill.web.municipality.models.plan import (
    Criterion,
    Goal,
    Input,
    Measure,
    Policy,
    Process,
)
from samspill.web.municipality.models.support import (
    Allocation,
    Enquiry,
    Grant,
    Premises,
    Scheme,
)
from samspill.web.municipality.models.upload import Upload
from samspill.web.municipality.models.volunteering import (
    Capacity,
    Gathering,
    Match,
    Need,
    Offer,
    Referral,
)

MODELS: Mapping[str, type[Entry]] = MappingProxyType(
    {
        model.table: model
        for model in (
            MunicipalUnit,
            Organisation,
            Contact,
            Agreement,
            Relation,
            Body,
            Seat,
            Meeting,
            Scheme,
            Grant,
            Premises,
            Allocation,
            Enquiry,
            Policy,
            Goal,
            Measure,
            Criterion,
            Process,
            Input,
            Need,
            Offer,
            Referral,
            Capacity,
            Gathering,
            Match,
        )
    }
)
"""The tables by name, each after those that it refers to."""

__all__ = [
    "MODELS",
    "Agreement",
    "Allocation",
    "Body",
    "Capacity",
    "Contact",
    "Criterion",
    "Enquiry",
    "Entry",
    "Gathering",
    "Goal",
    "Grant",
    "Input",
    "Match",
    "Measure",
    "Meeting",
    "MunicipalUnit",
    "Municipality",
    "Need",
    "Offer",
    "Organisation",
    "Policy",
    "Premises",
    "Process",
    "Referral",
    "Relation",
    "Scheme",
    "Seat",
    "Upload",
]
