"""Differences of means against Student's sleep data as R prints them."""

import numpy as np
import pytest

from samspill.errors import SamspillError
from samspill.statistics.means import ALIKE, TOO_FEW, mean_difference, paired_difference

# Student 1908, Biometrika 6:1–25: extra hours of sleep by two drugs, ten patients
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_welch_as_r_documents_t_test() -> None:
    # R, help(t.test), t.test(extra ~ group, data = sleep): −3.3654832 to 0.2054832
    found = mean_difference(FIRST, SECOND)
    assert found.estimate == pytest.approx(0.75 - 2.33)
    assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832), abs=5e-8)


def test_paired_as_r_documents_t_test() -> None:
    # the same, paired: −2.4598858 to −0.7001142, mean of the differences −1.58
    found = paired_difference(FIRST, SECOND)
    assert found.estimate == pytest.approx(-1.58)
    assert (found.low, found.high) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)


def test_changing_sides_changes_the_sign() -> None:
    one, other = mean_difference(FIRST, SECOND, 0.9), mean_difference(SECOND, FIRST, 0.9)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


@pytest.mark.parametrize("compare", [mean_difference, paired_difference])
@pytest.mark.parametrize(
    ("now", "before", "estimate", "note"),
    [([], [], None, TOO_FEW), ([3], [1], 2, TOO_FEW), ([2, 2], [1, 1], 1, ALIKE)],
)
def test_why_there_is_no_interval(compare, now, before, estimate, note) -> None:
    found = compare(now, before)
    assert (found.estimate, found.low, found.high, found.note) == (estimate, None, None, note)


def test_bad_input() -> None:
    with pytest.raises(SamspillError):
        mean_difference([1, 2], [3, 4], 1.5)
    with pytest.raises(ValueError, match="as many"):
        paired_difference(np.arange(3), np.arange(4))
