"""The pages of a published study made ready before anyone asks for them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from samspill.errors import SamspillError
from samspill.web.results import kept, kept_views
from samspill.web.results.published import edition
from samspill.web.studies.models import Study

log = logging.getLogger(__name__)


def warm(study: Study) -> None:
    """Compute what a study's pages show, in every language, where it is not kept already."""
    found = edition(study)
    if found is not None:
        kept.warm(found)
        kept_views.warm(found, study.slug)


def warm_overview(study: Study) -> None:
    """Compute what a study's first page and the front page show, in every language."""
    found = edition(study)
    if found is not None:
        kept.warm_overview(found)


def warm_published(make: Callable[[Study], object] = warm) -> None:
    """Do so for every published study. One that cannot be read is logged and left."""
    for study in Study.objects.exclude(published_at=None):
        try:
            make(study)
        except SamspillError as error:
            log.warning("The results of '%s' could not be made ready: %s", study.slug, error)
