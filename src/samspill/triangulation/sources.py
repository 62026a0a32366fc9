"""The sources of a study brought together: its survey, its interviews, a register, its memo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samspill.analysis import StudyAnalysis, open_study
from samspill.triangulation.counts import Counts
from samspill.triangulation.display import JointDisplay, lay_beside
from samspill.triangulation.memo import Memos, read_memo, with_entries
from samspill.triangulation.survey import counts_of_survey


@dataclass(frozen=True, slots=True, eq=False)
class StudySources:
    """The counts of every source of a study, and what is written of them."""

    counts: Counts
    memos: Memos

    def joint_display(self, *, level: float = 0.95) -> JointDisplay:
        return lay_beside(self.counts, self.memos, level=level)


def sources_of(
    study: StudyAnalysis | Path | str,
    *,
    project: Path | str | None = None,
    register: Path | str | None = None,
    on: date | None = None,
    memo: Path | str | None = None,
) -> StudySources:
    """The sources of a study, given as an opened study, its name or its folder.

    ``project`` are its interviews (a folder or a REFI-QDA file), ``register`` the folder of a
    municipality's register, looked at ``on`` a day (today without one). ``memo`` is a file with
    more of what the study's own ``triangulation`` table holds.

    Raises SamspillError, or InvalidInput, for what cannot be read.
    """
    analysis = study if isinstance(study, StudyAnalysis) else open_study(study)
    counts = counts_of_survey(analysis)
    if project is not None:
        from samspill.qualitative import open_project
        from samspill.triangulation.interviews import counts_of_interviews

        counts += counts_of_interviews(open_project(Path(project)).tables())
    if register is not None:
        counts += counts_of_folder(register, on)
    own = analysis.study.triangulation
    memos = Memos() if own is None else read_memo(own)
    if memo is not None:
        memos = with_entries(memos, read_memo(memo))
    return StudySources(counts, memos)


def counts_of_folder(register: Path | str, on: date | None = None) -> Counts:
    """What a municipality's register in a folder says on a day (today without one).

    Raises InvalidInput for a register that is not sound.
    """
    from samspill.register import read_register
    from samspill.register.frames import tables_of
    from samspill.triangulation.register import counts_of_register

    held = read_register(register)
    return counts_of_register(
        tables_of(held.tables),
        on or date.today(),
        held.municipality_code,
        provenance="invented" if held.invented else "register",
    )
