"""The README of the founding study's folder, its figures computed."""

from __future__ import annotations

import polars as pl

from samspill.reconstruction.microdata import CONSISTENT, EXACT, Microdata, Specification
from samspill.studies.norway_2018.instrument import texts
from samspill.study import Study

_HEAD = """# {title}

**There are no microdata of this study.** No municipality gave the answers in this folder. They
were reconstructed from what is printed in the report: {respondents} stand-in units take the place
of the {respondents} that answered, and no unit here is any real municipality or city district.
What is printed of them holds for them; nothing else about them means anything.

*Det finnes ingen mikrodata fra denne studien. Svarene her er rekonstruert fra trykte tall, og
ingen enhet svarer til en virkelig kommune.*

## What is exact and what is not

- **{exact} of {all} variables by field are exact**: the printed numbers can be reconciled with one
  count only. {by_group} of them are exact in each of the two groups
  ({groups}); the others for all units together.
- **{consistent} are merely consistent with what is printed**: the counts agree with every printed
  number, but others would too. `provenance.csv` gives, for each, what the count may be.
- **Which unit has what is drawn by lot** (seed fixed). No relation between two variables is
  known, but for the printed ones. Never report one from these data.
- {frame} units are listed, for that many were sent the survey. Of the {silent} that did not
  answer nothing is known, and their `has_policy` is empty.

## What is assumed and not printed

{assumptions}
- The number of relations has codes 1 to {top}. The report names only the highest category.

## Where the print contradicts itself

{conflicts}
"""

_TAIL = """
## Files

- `printed.csv`: every number printed in the report, as printed; `cases.csv`: the case
  municipalities. Both are transcribed.
- `triangulation.csv`: what the report says that its interviews found, beside what the survey
  counts, and the possible reasons where they differ, in our words.
- `units.csv`, `answers.csv`, `provenance.csv`: reconstructed by `build.py`.
- `variables.csv`, `categories.csv`, `indicators.csv`, `datapackage.json` and this file: written by
  `build.py` from the vocabulary and `texts.toml`.

To build the folder anew: `python3 start.py run python -m samspill.studies.norway_2018.build`.
"""


def readme(study: Study, microdata: Microdata, given: Specification) -> str:
    """Markdown that says plainly what these data are."""
    known = microdata.provenance
    exact = known.filter(pl.col("provenance") == EXACT)
    assumed = [texts()["assumptions"][a.name]["en"] for a in given.assumptions]
    groups = " and ".join(f"{n} `{given.split}` = `{g}`" for g, n in given.groups.items())
    head = _HEAD.format(
        title=study.title["en"],
        respondents=given.size,
        exact=exact.height,
        all=known.height,
        by_group=exact.filter(pl.col("split") != "").height,
        groups=groups,
        consistent=known.filter(pl.col("provenance") == CONSISTENT).height,
        frame=study.population_size,
        silent=study.population_size - given.size,
        assumptions="\n".join(f"- {_sentence(text)}" for text in assumed),
        top=given.ordinal[0].codes[-1],
        conflicts=_conflicts(microdata, given),
    )
    return head + _TAIL


def _sentence(text: str) -> str:
    rest = text.removeprefix("Assumed:").strip()
    return rest[:1].upper() + rest[1:]


def _conflicts(microdata: Microdata, given: Specification) -> str:
    parts = [f"- `{name}` is read as {reading}." for name, reading in given.readings.items()]
    for conflict in microdata.conflicts:
        parts.append("- These cannot hold together; the last one marked is not followed:")
        for identifier, text in zip(conflict.statements, conflict.texts, strict=True):
            mark = " **(not followed)**" if identifier in conflict.left_out else ""
            parts.append(f"  - {text}{mark}")
    return "\n".join(parts)
