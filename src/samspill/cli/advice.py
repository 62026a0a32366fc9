"""``samspill advice``: measures against a barrier, with what is known of them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from samspill.cli.output import emit_json, json_option, language_option

if TYPE_CHECKING:
    from samspill.advice import Advice, Measure

WIDTH = 88


@click.command()
@click.argument("barrier", required=False)
@click.option("--field", help="Only measures that fit this field, e.g. health_care.")
@language_option
@json_option
def advice(barrier: str | None, field: str | None, language: str, as_json: bool) -> None:
    """Measures against BARRIER, the best evidence first; without it, the barriers.

    \b
    Examples:
      samspill advice                       lists the barriers and their sub-themes
      samspill advice coordination/poor_overview --lang nn
      samspill advice confidentiality --field health_care --json

    What is known is what studies have found linked; none of it says that one thing causes
    another.
    """
    from samspill.advice import load

    everything = load()
    if barrier is None:
        _list(everything, field, language, as_json)
        return
    measures = everything.for_barrier(barrier, field)
    told = [_told(measure, everything, language) for measure in measures]
    if as_json:
        emit_json(told)
        return
    for one in told:
        _show(one, language)


def _list(advice: Advice, field: str | None, language: str, as_json: bool) -> None:
    from samspill.advice.model import barrier_paths
    from samspill.language import translator

    t = translator(language)
    rows = [
        {
            "barrier": path,
            "label": concept.label(language),
            "measures": len(advice.for_barrier(path, field)),
        }
        for path, concept in barrier_paths(advice.vocabulary).items()
    ]
    if as_json:
        emit_json(rows)
        return
    for row in rows:
        count = t.plural("{n} measure", "{n} measures", int(str(row["measures"])))
        click.echo(f"{row['barrier']:<58} {row['label']}: {count}")


def _told(measure: Measure, advice: Advice, language: str) -> dict[str, Any]:
    from samspill.advice.references import citation_reference

    def label(scale: str, identifier: str) -> str:
        return advice.scales[scale][identifier].labels[language]

    return {
        "identifier": measure.identifier,
        "title": measure.titles[language],
        "grade": label("grade", measure.grade),
        "barriers": {
            link: advice.vocabulary.label(f"barriers/{link}", language) for link in measure.barriers
        },
        "fields": {field: advice.vocabulary.label(field, language) for field in measure.fields},
        "action": measure.actions[language],
        "sign": measure.signs[language],
        "seen_in": [f"{place.table}.{place.column}" for place in measure.seen_in],
        "known": measure.known[language],
        "owner": label("owner", measure.owner),
        "cost": label("cost", measure.cost),
        "effort": label("effort", measure.effort),
        "sources": [
            {
                "reference": citation_reference(citation, language),
                "checked": label("check", citation.source.checked),
            }
            for citation in measure.citations
        ],
    }


def _show(told: dict[str, Any], language: str) -> None:
    from samspill.language import translator

    t = translator(language)
    click.echo(f"{told['title']}  ({told['grade']})")
    for heading, text in (
        (t("Linked to"), "; ".join(told["barriers"].values())),
        (t("Fits"), "; ".join(told["fields"].values()) or t("every field")),
        (t("What to do"), told["action"]),
        (t("How one sees that it is done"), told["sign"]),
        (t("In the register"), ", ".join(told["seen_in"])),
        (t("What is known"), told["known"]),
        (t("Who, cost and effort"), f"{told['owner']}; {told['cost']}; {told['effort']}"),
    ):
        click.echo(_wrapped(f"{heading}: {text}"))
    for source in told["sources"]:
        click.echo(_wrapped(f"{source['reference']} {t('Checked')}: {source['checked']}", "  – "))
    click.echo()


def _wrapped(text: str, begin: str = "  ") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=begin,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
