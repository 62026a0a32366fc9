"""What came of taking a project in, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.interviews.exchange.incoming import Fit
from samspill.web.interviews.project import TakenIn


def told_taken(fitted: Fit, taken: TakenIn) -> str:
    """How much was new, and what could not be placed."""
    parts = [
        (taken.sources, ngettext("%(n)s text", "%(n)s texts", taken.sources)),
        (taken.codes, ngettext("%(n)s code", "%(n)s codes", taken.codes)),
        (taken.codings, ngettext("%(n)s coding", "%(n)s codings", taken.codings)),
        (taken.memos, ngettext("%(n)s memo", "%(n)s memos", taken.memos)),
        (taken.coders, ngettext("%(n)s coder", "%(n)s coders", taken.coders)),
    ]
    new = ", ".join(told % {"n": n} for n, told in parts if n)
    if not new:
        return _("All of it was here already; nothing was added.")
    said = _("New: %(what)s. It can be undone.") % {"what": new}
    if fitted.lost:
        gone = ngettext(
            "%(n)s coding was left out, for its words no longer stand in the text.",
            "%(n)s codings were left out, for their words no longer stand in the texts.",
            fitted.lost,
        )
        said = f"{said} {gone % {'n': fitted.lost}}"
    return said
