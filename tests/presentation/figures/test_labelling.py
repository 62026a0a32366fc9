"""Names of points can be read wherever the points are: none covers another, or a mark."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.presentation.figures.labelling import Box, Line, Point, lay_out

WIDTH, HEIGHT, RADIUS = 636.0, 460.0, 8.0
TITLES = (Box(60, 0, 260, 26), Box(380, 434, 560, 460))
NAMES = (
    "Administrativ ledelse",
    "Barn og oppvekst",
    "Beredskap",
    "Helse og omsorg",
    "Integrering",
    "Kultur og fritid",
    "Miljø, klima og samferdsel",
    "Næring og utvikling",
    "Teknisk",
    "Idrett",
)
place = st.tuples(st.floats(28, WIDTH - 28), st.floats(52, HEIGHT - 52))
near = st.tuples(st.floats(300, 360), st.floats(200, 240))
corner = st.tuples(st.floats(590, WIDTH - 28), st.floats(52, 70))


def points_at(places):
    return [Point(x, y, name) for (x, y), name in zip(places, NAMES, strict=False)]


def laid_out(points, **more):
    return lay_out(points, width=WIDTH, height=HEIGHT, radius=RADIUS, taken=TITLES, **more)


def mark(point):
    return Box(point.x - RADIUS, point.y - RADIUS, point.x + RADIUS, point.y + RADIUS)


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(*(st.lists(one, min_size=1, max_size=len(NAMES)) for one in (place, near, corner)))
)
def test_no_name_covers_another_or_a_mark_and_each_stands_once(places):
    points = points_at(places)
    labels = laid_out(points)
    assert sorted(n for one in labels for n in one.names) == sorted(p.label for p in points)
    for one, other in combinations(labels, 2):
        assert not one.box.meets(other.box)
    for one in labels:
        assert not any(one.box.meets(mark(point)) for point in points)
        assert not any(one.box.meets(title) for title in TITLES)
        assert 0 <= one.box.left < one.box.right <= WIDTH
        assert 0 <= one.box.top < one.box.bottom <= HEIGHT


@settings(deadline=None, max_examples=30)
@given(st.lists(near, min_size=2, max_size=8), st.randoms())
def test_the_order_of_the_points_does_not_matter(places, random):
    points = points_at(places)
    mixed = list(points)
    random.shuffle(mixed)
    assert laid_out(mixed) == laid_out(points)


def test_names_of_one_place_are_gathered_at_it():
    (label,) = laid_out(points_at([(300, 200), (300, 200), (302, 203)]))
    assert label.names == NAMES[:3]
    assert label.leader is None
    assert [name for name, _y in label.lines()] == list(NAMES[:3])


def test_names_of_another_kind_are_not_gathered_with_them():
    points = [Point(300, 200, "a", "evidence"), Point(300, 200, "b", "judged")]
    assert {one.names for one in laid_out(points)} == {("a",), ("b",)}


def test_a_name_that_is_moved_has_a_line_from_its_mark():
    points = points_at([(320 + 17 * (n % 3), 220 + 17 * (n // 3)) for n in range(9)])
    labels = laid_out(points)
    moved = [one for one in labels if one.leader is not None]
    assert moved
    for one in moved:
        (point,) = [p for p in points if (p.label,) == one.names]
        start = (one.leader.x - point.x) ** 2 + (one.leader.y - point.y) ** 2
        assert start == pytest.approx(RADIUS**2)
        assert one.box.left <= one.leader.x2 <= one.box.right
        assert one.box.top <= one.leader.y2 <= one.box.bottom
        assert not any(one.leader.meets(other.box) for other in labels if other is not one)


def test_a_line_is_not_crossed_where_there_is_room_beside_it():
    line = Line(0, 190, WIDTH, 190)
    (label,) = laid_out([Point(300, 205, "Teknisk")], lines=[line])
    assert not line.meets(label.box)


@pytest.mark.parametrize(
    ("line", "meets"),
    [
        (Line(0, 5, 20, 5), True),
        (Line(0, 0, 4, 20), False),
        (Line(5, 5, 6, 6), True),
        (Line(0, 12, 20, 12), False),
        (Line(0, 0, 20, 20), True),
        (Line(5, 0, 5, 3), True),
    ],
)
def test_a_line_meets_a_box(line, meets):
    assert line.meets(Box(2, 2, 10, 10)) is meets
