"""Changes of a study's design: its cases, the interviews planned, and their guide."""

from samspill.web.design.actions.cases import adopt_selection, ask_for_selection, keep_found
from samspill.web.design.actions.guide import (
    bring_guide,
    drop_guide,
    move_question,
    remove_question,
    write_question,
)
from samspill.web.design.actions.planning import plan_interviews, plan_unit

__all__ = [
    "adopt_selection",
    "ask_for_selection",
    "bring_guide",
    "drop_guide",
    "keep_found",
    "move_question",
    "plan_interviews",
    "plan_unit",
    "remove_question",
    "write_question",
]
