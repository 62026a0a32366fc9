"""Whatever a sound study has asked, its report is whole sentences in one language.

Printed numbers that the units of a part cannot be held against may be refused, in words.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from presentation.report.report_messages import messages
from presentation.report.sub_studies import Choice, drawn_choice, sub_study

from samspill.analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.language import languages
from samspill.presentation import build_report
from samspill.presentation.report.drawings import Drawings

BROKEN = re.compile(
    r"\bNone\b|\bnan\b|\binf\b|[{}]|\w ?, ?\.|\w \.(?!\d)|: \.|\(\)|<ul>\s*</ul>|<li>\s*</li>"
)
FOUNDING = re.compile(r"Oslo|\b241\b|\b440\b|original report|opprinnelige rapporten")
FORMS = Choice(
    fields=("health_care", "integration"),
    variables=("has_relation", "single_cases", "planning_processes", "operating_grant"),
    units=60,
)


def written(study: StudyAnalysis, language: str, folder: Path) -> str:
    (path,) = build_report(study, language, ("html",), folder)
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"<style.*?</style>|<svg.*?</svg>", "", text, flags=re.DOTALL)
    assert not re.search(r"<ul[^>]*>\s*</ul>|<tbody>\s*</tbody>", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))


def faults(text: str, language: str) -> list[str]:
    """Broken sentences, and English messages in another language, with what stands around."""
    found = [text[max(0, m.start() - 60) : m.end() + 20] for m in BROKEN.finditer(text)]
    if language != "en":
        found += [message for message in _untranslated() if message in text]
    return found


def _untranslated() -> list[str]:
    """Opening words of the English messages that are long enough to be no other language's."""
    parts = (re.split(r"[{.]", message)[0].strip() for message in messages())
    return [part for part in parts if len(part) > 24]


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are made, with their texts and numbers, but not rendered."""
    monkeypatch.setattr("samspill.presentation.figures.Figure.to_svg", lambda _: "<svg/>")


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    "choice",
    [
        FORMS,
        Choice(("integration",), ("meeting_point",), 60, "invented"),
        Choice(("integration",), ("number_of_relations",), 60),
        Choice(("culture_leisure", "integration"), ("has_relation", "meeting_point"), 3),
        Choice(("technical_services",), ("has_relation",), 12, policy=False),
    ],
    ids=["forms", "one", "number", "three", "general"],
)
def test_a_small_study_has_a_report(choice: Choice, tmp_path: Path) -> None:
    text = written(sub_study(choice), "en", tmp_path)
    assert faults(text, "en") == []
    assert not FOUNDING.search(text)
    if choice.provenance == "observed":
        assert "print" not in text.replace("printed page", "")


@pytest.mark.long
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("seed", range(12))
def test_any_part_of_a_study_has_a_report(seed: int, tmp_path: Path) -> None:
    choice = drawn_choice(seed)
    study = sub_study(choice)
    for language in languages():
        try:
            text = written(study, language, tmp_path)
        except SamspillError:
            if not choice.printed:
                raise
            continue
        assert faults(text, language) == [], choice


def test_drawings_leave_out_what_was_not_asked() -> None:
    drawings = Drawings(sub_study(FORMS), "en", lambda text, **_: text, lambda _: None)
    assert drawings.table("1.1") is None
    assert drawings.figure("4.2") is None
