"""Sentences that several figures share: bases, intervals, provenance."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.language import Translator, format_number, format_percent
from samspill.presentation.tables.source import INVENTED, PROVENANCES


def message(text: str) -> str:
    """Marks a message that is translated later."""
    return text


PROVENANCE = {
    "observed": message("The numbers are answers as given."),
    "reconstructed exactly": message(
        "The numbers are reconstructed exactly from printed statistics."
    ),
    "consistent with what is printed": message(
        "The numbers agree with everything that is printed, but others would agree as well."
    ),
    "invented": message("The numbers are invented and show only what the figure would look like."),
}
EXCEPTIONS = {
    "observed": message("For {names} they are answers as given."),
    "reconstructed exactly": message(
        "For {names} they are reconstructed exactly from printed statistics."
    ),
    "consistent with what is printed": message(
        "For {names} they agree with everything that is printed, but others would agree as well."
    ),
    "invented": message("For {names} they are invented."),
}
SHORT = {
    "observed": message("answers as given"),
    "reconstructed exactly": message("reconstructed exactly from printed statistics"),
    "consistent with what is printed": message("only consistent with what is printed"),
    "invented": message("invented"),
}
METHODS = {
    "wilson": message("Wilson's interval"),
    "newcombe": message("Newcombe's interval"),
}


def provenance_sentence(data: pl.DataFrame, t: Translator, label: str = "row") -> str:
    """How the numbers came to be known: most of them in a sentence, then the exceptions by name."""
    kinds = data["provenance"].to_list()
    main = max(dict.fromkeys(kinds), key=lambda kind: (kinds.count(kind), -_rank(kind)))
    sentences = [t(PROVENANCE.get(main, PROVENANCE["invented"]))]
    for kind in dict.fromkeys(kinds):
        if kind != main:
            names = listed(_named(data, kind, label), t)
            sentences.append(t(EXCEPTIONS.get(kind, EXCEPTIONS["invented"]), names=names))
    return " ".join(sentences)


def _rank(kind: str) -> int:
    return PROVENANCES.index(kind) if kind in PROVENANCES else len(PROVENANCES)


def _named(data: pl.DataFrame, kind: str, label: str) -> list[str]:
    """What is of this provenance: whole rows by their label, single cells with their panel."""
    here = data.filter(pl.col("provenance") == kind)
    others = set(data.filter(pl.col("provenance") != kind)[label])
    names = []
    for row in here.iter_rows(named=True):
        name, panel = row[label], row.get("panel")
        names.append(f"{name} ({panel})" if name in others and panel else name)
    return list(dict.fromkeys(names))


def provenance_words(provenance: str, t: Translator) -> str:
    """A provenance in a few words, for a cell of a table."""
    return t(SHORT.get(provenance, SHORT["invented"]))


def invented_warning(provenance: str, t: Translator) -> str:
    """What every picture and file must say of invented numbers; empty for all others."""
    return (
        t("Invented data: says nothing about real municipalities") if provenance == INVENTED else ""
    )


def star_sentence(t: Translator) -> str:
    """What the stars mean."""
    levels = [
        format_number(level, decimals, t.language)
        for level, decimals in ((0.05, 2), (0.01, 2), (0.001, 3))
    ]
    marks = [
        f"{'*' * count}\u00a0p\u00a0<\u00a0{level}" for count, level in enumerate(levels, start=1)
    ]
    return t("{marks} (logit, not corrected for the number of tests).", marks=", ".join(marks))


def interval_sentence(methods: Sequence[str], t: Translator, level: float = 0.95) -> str:
    """The kind of interval drawn."""
    names = [t(METHODS[m]) if m in METHODS else m for m in dict.fromkeys(methods)]
    return t(
        "Lines are {level} intervals ({method}).",
        level=format_percent(level, 0, t.language),
        method=", ".join(names),
    )


def base_range(values: Sequence[int]) -> str:
    """A base that may differ between rows: ``241``, or ``174–218``."""
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low}–{high}"


def in_words(provenances: pl.Series, t: Translator) -> pl.Series:
    """A column of provenances as a reader is told them."""
    return pl.Series(
        provenances.name, [provenance_words(kind, t) for kind in provenances], dtype=pl.String
    )


def listed(items: Sequence[str], t: Translator) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return t("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])


def quoted(text: str, t: Translator) -> str:
    """``text`` between the language's quotation marks."""
    return t("“{text}”", text=text)
