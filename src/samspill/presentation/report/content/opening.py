"""What stands with the title: what the document is, its first numbers, and how sure they are."""

from __future__ import annotations

from collections import Counter

from samspill.language import language as conventions
from samspill.language import languages
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.content.policy import LEVEL, surviving
from samspill.presentation.report.document import Block, Callout, Fact, Facts, Number, Paragraph

EXACT, CONSISTENT, INVENTED = (
    "reconstructed exactly",
    "consistent with what is printed",
    "invented",
)


def opening(m: Material) -> tuple[Block, ...]:
    """What the document is, the few numbers to meet first, and the banner of certainty."""
    return (_what(m), Facts((*_response(m), *_comparisons(m), *_printed(m))), *banners(m))


def editions(m: Material) -> str:
    """The language of this edition and of the others."""
    known = {"nb": m.word("bokmål"), "nn": m.word("nynorsk"), "en": m.word("English")}
    names = {name: known.get(name, conventions(name).name) for name in languages()}
    others = [names[name] for name in languages() if name != m.language]
    return m.word(
        "This edition is in {language}; the same report is made in {others}.",
        language=names[m.language],
        others=m.joined(others),
    )


def warning(m: Material) -> str:
    """What every page must say of invented data; empty where there are none."""
    if INVENTED not in m.study.provenance["provenance"]:
        return ""
    return m.word("Invented data: says nothing about real municipalities")


def _what(m: Material) -> Paragraph:
    if m.reconstructed:
        return m.paragraph(
            "This report computes anew the tables and figures of a study whose answers were never "
            "published. The counts behind the printed statistics are found again first; shares, "
            "differences and models then follow from the counts, and every printed number is held "
            "against them."
        )
    if m.checks:
        return m.paragraph(
            "This report computes shares, differences and models from the answers to a survey of "
            "municipalities, and holds the printed numbers against them. Every number can be "
            "followed back to the counts behind it."
        )
    return m.paragraph(
        "This report computes shares, differences and models from the answers to a survey of "
        "municipalities. Every number can be followed back to the counts behind it."
    )


def _response(m: Material) -> list[Fact]:
    rate = m.percent(m.respondents / m.population)
    return [
        Fact(
            Number(
                m.word(
                    "{n} of {population}",
                    n=m.number(m.respondents),
                    population=m.number(m.population),
                ),
                "response",
            ),
            m.word("municipalities and city districts answered ({rate})", rate=rate),
        )
    ]


def _comparisons(m: Material) -> list[Fact]:
    if not m.effects:
        return []
    sizes = {(row["n_reference"], row["n_comparison"]) for row in m.effects}
    without, with_policy = max(sizes, key=sum)
    starred = [row for row in m.effects if row["p"] is not None and row["p"] < LEVEL]
    k, holm, bh = len(m.effects), surviving(m, "p_holm"), surviving(m, "p_bh")
    return [
        Fact(
            Number(f"{m.number(without)} / {m.number(with_policy)}", "table-counts"),
            m.word("without and with a volunteer policy"),
        ),
        Fact(
            Number(m.number(k), "table-effects"),
            m.word("comparisons by volunteer policy: in four fields, with ten indicators in each")
            if m.founding
            else m.word("comparisons by volunteer policy"),
        ),
        Fact(
            Number(m.number(len(starred)), "table-effects"),
            m.word("of them below the 5 per cent level, each taken alone"),
        ),
        *([_corrected(m, k, len(bh), len(holm))] if k > 1 else []),
    ]


def _corrected(m: Material, k: int, bh: int, holm: int) -> Fact:
    return Fact(
        Number(f"{m.number(bh)} / {m.number(holm)}", "table-effects"),
        m.word("left when all {k} tests are counted (Benjamini–Hochberg / Holm)", k=m.number(k)),
    )


def _printed(m: Material) -> list[Fact]:
    if not m.checks:
        return []
    verdicts = Counter(row["verdict"] for row in m.checks)
    return [
        Fact(
            Number(
                m.word(
                    "{n} of {population}",
                    n=m.number(verdicts["agrees"]),
                    population=m.number(len(m.checks)),
                ),
                "recomputed",
            ),
            m.word(
                "printed numbers agree with the counts; {wrong} do not, {given} could not be tried",
                wrong=m.number(verdicts["disagrees"]),
                given=m.number(len(m.checks) - verdicts["agrees"] - verdicts["disagrees"]),
            ),
        )
    ]


def banners(m: Material) -> list[Block]:
    """What is exact, what is merely consistent, and what is invented."""
    known = Counter(m.study.provenance["provenance"].to_list())
    total = m.number(known.total())
    written: list[Block] = []
    if known[EXACT]:
        runs = [*_exact(m, known[EXACT], total), *_exact_comparisons(m)]
        written.append(Callout("exact", m.word("Exact"), tuple(runs)))
    if known[CONSISTENT]:
        text = m.paragraph(
            "The other {n} fit everything that is printed, but other counts would fit as well. "
            "Their shares are right to the printed decimals; finer differences, and how answers "
            "go together within a municipality, should not be read out of them.",
            n=m.number(known[CONSISTENT]),
        )
        written.append(Callout("consistent", m.word("Merely consistent"), (text,)))
    if known[INVENTED]:
        text = m.paragraph(
            "Parts of this study are invented, to show what a full study looks like. Nothing "
            "computed from them says anything about real municipalities."
        )
        written.append(Callout("invented", m.word("Invented data"), (text,)))
    return written


def _exact(m: Material, n: int, total: str) -> list[Paragraph]:
    return [
        m.paragraph(
            "Counted field by field, {n} of {total} indicators and attributes are known exactly: "
            "one set of counts, and only one, gives what is printed. What is computed from them is "
            "as certain as the print.",
            n=m.number(n),
            total=total,
        )
    ]


def _exact_comparisons(m: Material) -> list[Paragraph]:
    exact = [row for row in m.effects if row["provenance"] == EXACT]
    if not exact:
        return []
    return [
        m.paragraph(
            "Among them are {n} of the {k} comparisons by volunteer policy.",
            n=Number(m.number(len(exact)), "table-counts"),
            k=m.number(len(m.effects)),
        )
    ]
