"""Write the tables of advice.md anew: `python3 start.py run python docs/advice_table.py`."""

from __future__ import annotations

from pathlib import Path

from samspill.advice import Advice, Measure, load
from samspill.advice.references import reference

PAGE = Path(__file__).with_name("advice.md")
HEADING = "## Measures\n"
LANGUAGE = "en"


def tables(advice: Advice) -> str:
    """The page from its heading of measures to its end: measures by barrier, then sources."""
    lines = [HEADING]
    numbers = {source: n for n, source in enumerate(advice.sources, start=1)}
    for barrier in advice.vocabulary.barriers.concepts:
        own = [m for m in advice.measures if m.barriers[0].partition("/")[0] == barrier.identifier]
        lines += [
            f"### {barrier.label(LANGUAGE)}\n",
            "| measure | against | field | grade | seen in the register | sources |",
            "|---|---|---|---|---|---|",
            *(_row(measure, advice, numbers) for measure in sorted(own, key=lambda m: m.grade)),
            "",
        ]
    lines += ["## Sources\n"]
    for identifier, source in advice.sources.items():
        checked = advice.scales["check"][source.checked].labels[LANGUAGE].lower()
        found = f"; seen at <{source.found}>" if source.found != source.address else ""
        lines.append(f"{numbers[identifier]}. {reference(source, LANGUAGE)} ({checked}{found})")
    return "\n".join(lines) + "\n"


def _row(measure: Measure, advice: Advice, numbers: dict[str, int]) -> str:
    def label(path: str) -> str:
        return advice.vocabulary.label(path, LANGUAGE).lower()

    cells = (
        f"**{measure.titles[LANGUAGE]}** (`{measure.identifier}`)",
        "; ".join(label(f"barriers/{link}") for link in measure.barriers),
        "; ".join(label(field) for field in measure.fields) or "all",
        measure.grade,
        ", ".join(f"`{place.table}.{place.column}`" for place in measure.seen_in),
        ", ".join(f"{numbers[c.source.identifier]} ({c.grade})" for c in measure.citations),
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    written = PAGE.read_text(encoding="utf-8").partition(HEADING)[0]
    PAGE.write_text(written + tables(load()), encoding="utf-8")


if __name__ == "__main__":
    main()
