"""Changes of a study's design: its cases, and the interviews planned."""

from samspill.web.design.actions.cases import adopt_selection, ask_for_selection, keep_found
from samspill.web.design.actions.planning import plan_interviews, plan_unit

__all__ = ["adopt_selection", "ask_for_selection", "keep_found", "plan_interviews", "plan_unit"]
