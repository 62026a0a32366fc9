"""A study asked again: its units followed through reforms, what changed, what may be said.

``open_waves`` gives ``Waves``; ``Design`` owns the words for what a design can show.
"""

from samspill.analysis.change.adoption import Adoption, adoption, staggered
from samspill.analysis.change.design import Claim, Design
from samspill.analysis.change.linking import (
    Followed,
    Frame,
    Linking,
    MergeRule,
    Succession,
    link_waves,
)
from samspill.analysis.change.planning import detectable_changes
from samspill.analysis.change.waves import Waves, open_waves

__all__ = [
    "Adoption",
    "Claim",
    "Design",
    "Followed",
    "Frame",
    "Linking",
    "MergeRule",
    "Succession",
    "Waves",
    "adoption",
    "detectable_changes",
    "link_waves",
    "open_waves",
    "staggered",
]
