"""Words for what the library names in English: verdicts, evidence, kinds of statistics, sources."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.explanations import source_label
from samspill.language import translator
from samspill.presentation.tables.words import provenance_words

VERDICTS = {
    "agrees": gettext_lazy("agrees"),
    "disagrees": gettext_lazy("disagrees"),
    "taken as given": gettext_lazy("taken as given"),
    "not recomputed": gettext_lazy("not recomputed"),
}
EVIDENCE = {
    "confirms": gettext_lazy("was not used to find the counts, and so confirms them"),
    "determines": gettext_lazy("was used to find the counts"),
    "fitted": gettext_lazy("the stand-in answers were fitted to it"),
    "transcribed": gettext_lazy("stands in the study's own copy of the table"),
    "contradicts": gettext_lazy("no counts give it"),
}
STATISTICS = {
    "count": gettext_lazy("count"),
    "percentage": gettext_lazy("percentage"),
    "log_odds": gettext_lazy("log odds in the reference group"),
    "odds": gettext_lazy("odds in the reference group"),
    "log_odds_ratio": gettext_lazy("log odds ratio"),
    "odds_ratio": gettext_lazy("odds ratio"),
    "risk_ratio": gettext_lazy("risk ratio"),
    "risk_difference": gettext_lazy("difference in percentage points"),
    "standard_error": gettext_lazy("standard error"),
    "confidence_low": gettext_lazy("lower limit of the interval"),
    "confidence_high": gettext_lazy("upper limit of the interval"),
    "mark": gettext_lazy("stars"),
    "mean": gettext_lazy("mean"),
    "mean_difference": gettext_lazy("difference of means"),
    "r_squared": gettext_lazy("explained variance"),
    "value": gettext_lazy("value"),
    "minimum": gettext_lazy("lowest of several"),
    "maximum": gettext_lazy("highest of several"),
}
INTERVALS = {
    "wilson": gettext_lazy("Wilson's interval"),
    "newcombe": gettext_lazy("Newcombe's interval"),
}


def language() -> str:
    """The language of the page."""
    return translation.get_language() or "nb"


def verdict(name: str) -> str:
    return str(VERDICTS.get(name, name))


def evidence(name: str) -> str:
    return str(EVIDENCE.get(name, name))


def statistic(name: str) -> str:
    return str(STATISTICS.get(name, name))


def provenance(name: str) -> str:
    """How a number came to be known, in a few words."""
    return provenance_words(name, translator(language()))


def source(name: str) -> str:
    """Where a number is printed."""
    return source_label(name, translator(language()))


def interval(low: str, high: str) -> str:
    """Both ends of an interval, as written."""
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def quoted(text: str) -> str:
    """Text in the quotation marks of the page's language."""
    return _("“%(text)s”") % {"text": text}
