"""How far coders agree, and where they do not.

``agreement`` takes ratings of any kind as counted patterns; ``coding_agreement`` makes them from
codings, by character, sentence, paragraph or segment, and ``disagreements`` lists where coders
differ. Each coefficient comes with its uncertainty, or the reason for having none.
"""

from samspill.qualitative.agreement.coding import CodingAgreement, coding_agreement
from samspill.qualitative.agreement.coefficients import COEFFICIENTS
from samspill.qualitative.agreement.disagreements import (
    Settlement,
    disagreements,
    open_disagreements,
)
from samspill.qualitative.agreement.measure import Agreement, agreement
from samspill.qualitative.agreement.ratings import MISSING, Ratings, ratings
from samspill.qualitative.agreement.settled import as_settled

__all__ = [
    "COEFFICIENTS",
    "MISSING",
    "Agreement",
    "CodingAgreement",
    "Ratings",
    "Settlement",
    "agreement",
    "as_settled",
    "coding_agreement",
    "disagreements",
    "open_disagreements",
    "ratings",
]
