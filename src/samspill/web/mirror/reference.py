"""Others that a municipality is set beside: the units of a study that has been published."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext_lazy as _

from samspill import vocabulary
from samspill.errors import SamspillError
from samspill.register.mirror import profile
from samspill.register.mirror.profile import COUNTRY
from samspill.register.mirror.register_answers import POLICY
from samspill.web.mirror.kept import kept
from samspill.web.mirror.reading import Mirror
from samspill.web.results.published import Edition, edition
from samspill.web.results.words import provenance
from samspill.web.studies.models import Study

LIKE = {
    "size": _("size"),
    "centrality": _("centrality"),
    "kostra_group": _("KOSTRA group"),
    POLICY: _("volunteer policy"),
}
"""What units are alike by, where a study knows it of each."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A published study and the profile beside it. ``provenance`` is of its least certain number,
    in words; ``lacking`` are the ways of being alike that it
    does not know of its units."""

    slug: str
    title: str
    provenance: str
    profile: pl.DataFrame
    lacking: tuple[str, ...]

    def row(self, indicator: str, field: str, attribute: str = COUNTRY) -> dict[str, object]:
        """The others' share of an indicator; empty where the study did not ask."""
        about = (pl.col("indicator") == indicator) & (pl.col("field") == field)
        found = self.profile.filter(about, pl.col("attribute") == attribute)
        return found.row(0, named=True) if found.height else {}

    @property
    def groups(self) -> list[tuple[str, str]]:
        """The groups beside the country: attribute and its value."""
        rows = self.profile.filter(pl.col("attribute") != COUNTRY, pl.col("group").is_not_null())
        return list(rows.select("attribute", "group").unique(maintain_order=True).iter_rows())


def reference(mirror: Mirror) -> Reference | None:
    """The newest published study of what the municipality is asked about too, first those that are
    not invented; None where there is none."""
    published = Study.objects.exclude(published_at=None).order_by("invented", "-year", "pk")
    for study in published:
        try:
            found = edition(study)
        except SamspillError:
            continue
        if found is not None and set(vocabulary.load().forms) <= set(found.analysis.definitions):
            return _of(mirror, study, found)
    return None


def _of(mirror: Mirror, study: Study, found: Edition) -> Reference:
    units = found.analysis.study.units
    known = [name for name in LIKE if name in units.columns]
    own = units.filter(pl.col("unit") == mirror.municipality.code)
    like = {name: own[name][0] if own.height else None for name in known}
    if POLICY in known:
        like[POLICY] = mirror.answers.attributes[POLICY]
    frame = kept(
        mirror.state,
        "profile",
        lambda: profile(found.analysis.study, mirror.answers, like),
        found.digest,
        like,
    )
    lacking = tuple(str(label) for name, label in LIKE.items() if like.get(name) is None)
    weakest = provenance(found.analysis.provenance.weakest())
    return Reference(study.slug, str(study), weakest, frame, lacking)
