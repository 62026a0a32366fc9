"""``samspill cases interviews``: interviews against the plan, and whom to ask next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samspill.cli.cases.given import cases_of, labels_in, units_in
from samspill.cli.output import emit, emit_json, json_option, language_option, say

if TYPE_CHECKING:
    from samspill.selection import InterviewCoverage

PER_SIDE = 4


@click.command()
@click.argument("name", metavar="PLAN.csv|STUDY")
@click.argument("project", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--each", type=int, default=None, help="Planned for each cell, without a plan file.")
@click.option("--next", "asked", default=10, show_default=True, help="How many to ask next.")
@click.option("--seed", default=2018, show_default=True, help="Decides between equals.")
@language_option
@json_option
def interviews(
    name: str, project: Path | None, each: int | None, asked: int, seed: int, language: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Interviews against the plan: what is met, what is uneven, and whom to ask next.

    PLAN.csv has unit, side, field and planned; the interviews are those of PROJECT. Of a STUDY
    they are those that its table of cases counts.

    \b
    Examples:
      samspill cases interviews plan.csv project
      samspill cases interviews norway-2018 --json
    """
    import polars as pl

    from samspill.selection.informants import reason

    found = _interviews(name, project, each)
    labels = labels_in(language)
    to_ask = found.ask_next(asked, seed=seed)
    reasons = [reason(row, language, labels) for row in to_ask.iter_rows(named=True)]
    told = to_ask.with_columns(pl.Series("reason", reasons, pl.String))
    if as_json:
        emit_json(
            {
                "interviews": found.interviews, "unplaced": found.unplaced,
                "planned": found.planned, "met": found.met, "rows": found.frame.to_dicts(),
                "unevenness": found.unevenness().to_dicts(), "ask_next": told.to_dicts(),
            }
        )  # fmt: skip
        return
    emit(
        found.margin("unit", "side"),
        say("{met} of {planned} places filled by {n} interviews", met=found.met,
            planned=found.planned, n=found.interviews), as_json=False,
    )  # fmt: skip
    emit(found.unevenness(), say("How uneven against the plan"), as_json=False)
    emit(told.select("rank", "unit", "side", "field", "reason"), say("Whom to ask next"), False)


def _interviews(name: str, project: Path | None, each: int | None) -> InterviewCoverage:
    from samspill.selection import interview_coverage, interview_plan

    if Path(name).suffix.lower() == ".csv":
        if project is None:
            raise click.UsageError(say("Name the project with the interviews after the plan."))
        from samspill.qualitative import open_project

        return interview_coverage(
            units_in(Path(name), "unit"), open_project(project).tables().sources
        )
    if project is not None:
        from samspill.qualitative import open_project
        from samspill.vocabulary import load

        words = load()
        sources = open_project(project).tables().sources
        units = sorted({u for u in sources["unit"] if u})
        fields = [c.identifier for c in words.fields.having(in_depth=True)]
        plan = interview_plan(units, list(words.sides), fields, each=each or 1)
        return interview_coverage(plan, sources)
    from samspill.analysis import open_study
    from samspill.selection.standard import case_interviews

    return case_interviews(cases_of(open_study(name)), each=each or PER_SIDE)
