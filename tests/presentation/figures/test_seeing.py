"""Figures can be read in grey, by colour-blind readers, and with the contrast of WCAG 2.2 AA."""

from __future__ import annotations

import io
import re

import pytest
from presentation.figures.fake_analysis import FakeAnalysis

from samspill.presentation.figures import figure, figure_numbers, style
from samspill.presentation.figures.effects import _symbol as effect_symbol
from samspill.presentation.figures.policy import _symbol as group_symbol

GREY_STEP = 0.15
"""Least difference in relative luminance between fills that stand for different things."""

TEXT = 4.5
GRAPHIC = 3.0


def test_luminance_and_contrast_are_those_of_wcag():
    assert style.luminance("#ffffff") == pytest.approx(1)
    assert style.luminance("#000000") == 0
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_every_text_on_paper_has_enough_contrast():
    analysis = FakeAnalysis()
    for number in figure_numbers():
        svg = figure(analysis, number, "nb").to_svg(framed=True)
        for text in re.findall(r"<text[^>]*>", svg):
            fill = re.search(r'fill="(#[0-9a-f]{6}|[a-z]+)"', text).group(1)
            if fill == style.PAPER:
                assert style.contrast(fill, style.MUNICIPALITY) >= TEXT
            else:
                assert style.contrast(fill, style.PAPER) >= TEXT, (number, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (style.MUNICIPALITY, style.MUNICIPALITY_LIGHT),
        (style.MUNICIPALITY_LIGHT, style.MUNICIPALITY_SOFT),
        (style.MUNICIPALITY, style.PAPER),
    ],
)
def test_neighbouring_fills_differ_in_grey(one, other):
    assert abs(style.luminance(one) - style.luminance(other)) >= GREY_STEP


def test_marks_stand_out_from_the_paper():
    for colour in (style.MUNICIPALITY, style.SOFT, style.PROGRAM, style.ORGANISATION):
        assert style.contrast(colour, style.PAPER) >= GRAPHIC


def test_groups_differ_by_more_than_colour():
    without, with_policy = group_symbol(False), group_symbol(True)
    assert without["shape"] != with_policy["shape"]
    assert abs(style.luminance(without["fill"]) - style.luminance(with_policy["fill"])) > GREY_STEP
    plain, marked = effect_symbol(False), effect_symbol(True)
    assert plain["size"] < marked["size"]
    assert abs(style.luminance(plain["fill"]) - style.luminance(marked["fill"])) > GREY_STEP


def test_a_picture_in_grey_keeps_both_kinds_of_bars():
    image = pytest.importorskip("PIL.Image")
    png = figure(FakeAnalysis(), "4.1", "nb").to_png(1)
    grey = image.open(io.BytesIO(png)).convert("L")
    shades = sorted(grey.getcolors(), reverse=True)[:3]
    values = sorted(value for _, value in shades)
    assert values[1] - values[0] > 60
    assert values[2] - values[1] > 40
