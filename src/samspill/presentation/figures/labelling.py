"""Where the names of points stand, so that each can be read and none covers another or a mark.

Names of points that fall on each other are gathered in one label. A label is tried beside its mark,
then farther and farther out, with a leader line; the nearest free place that crosses fewest lines
is taken. The same points give the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, sin, tau

from samspill.presentation.figures.style import LABEL
from samspill.presentation.figures.svg import text_width

LINE_HEIGHT = 1.25
"""Of the size of the type."""
APART = 2.0
"""Between a label and anything else, px."""
STEP = 12.0
BESIDE = 3.0
FARTHEST = 40
DIRECTIONS = 16
ALMOST_UP = 0.1


@dataclass(frozen=True, slots=True)
class Point:
    """A mark and its name, px from the upper left corner. Names of one ``kind`` can be gathered."""

    x: float
    y: float
    label: str
    kind: str = ""
    size: float = LABEL
    bold: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, px from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, apart: float = 0.0) -> bool:
        return (
            self.left < other.right + apart
            and other.left < self.right + apart
            and self.top < other.bottom + apart
            and other.top < self.bottom + apart
        )

    def shared(self, other: Box) -> float:
        """The area that both have."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line between two points, px."""

    x: float
    y: float
    x2: float
    y2: float

    def meets(self, box: Box) -> bool:
        """Whether it has a point inside a box (Liang & Barsky 1984)."""
        dx, dy = self.x2 - self.x, self.y2 - self.y
        first, last = 0.0, 1.0
        for step, room in (
            (-dx, self.x - box.left),
            (dx, box.right - self.x),
            (-dy, self.y - box.top),
            (dy, box.bottom - self.y),
        ):
            if step == 0:
                if room <= 0:
                    return False
                continue
            at = room / step
            if step < 0:
                first = max(first, at)
            else:
                last = min(last, at)
        return first < last


@dataclass(frozen=True, slots=True)
class Label:
    """One or several names, the room they take, and the line to their mark where they are moved
    away from it. ``align`` is ``left``, ``right`` or ``center`` of the room."""

    names: tuple[str, ...]
    kind: str
    box: Box
    align: str
    leader: Line | None = None

    @property
    def x(self) -> float:
        """Where the names are anchored."""
        sides = {"left": self.box.left, "right": self.box.right}
        return sides.get(self.align, (self.box.left + self.box.right) / 2)

    def lines(self) -> Iterator[tuple[str, float]]:
        """Each name with the middle of its line."""
        high = (self.box.bottom - self.box.top) / len(self.names)
        for place, name in enumerate(self.names):
            yield name, self.box.top + (place + 0.5) * high


def lay_out(
    points: Sequence[Point],
    *,
    width: float,
    height: float,
    radius: float,
    taken: Sequence[Box] = (),
    lines: Sequence[Line] = (),
) -> list[Label]:
    """A place for each name within a picture.

    Args:
        points: the marks with their names.
        width: of the picture, px; as is ``height``.
        radius: half of a mark's width, px; marks nearer than this to each other are as one.
        taken: what no label may cover.
        lines: what a label crosses as little as it can.
    """
    picture = _Picture(width, height, radius, [_mark(one, radius) for one in points], taken)
    for group in _gathered(points, radius):
        picture.labels.append(_placed(group, picture, lines))
    return picture.labels


@dataclass(frozen=True, slots=True)
class _Picture:
    """What stands in a picture already."""

    width: float
    height: float
    radius: float
    marks: Sequence[Box]
    taken: Sequence[Box]
    labels: list[Label] = field(default_factory=list)

    @property
    def boxes(self) -> list[Box]:
        """What a leader line may not cross."""
        return [*self.taken, *(label.box for label in self.labels)]

    def has_room_for(self, box: Box) -> bool:
        return (
            box.left >= 0
            and box.top >= 0
            and box.right <= self.width
            and (box.bottom <= self.height)
        )

    def is_free(self, one: Label, group: Sequence[Point]) -> bool:
        """Whether a label meets nothing, and its leader no label and no other's mark."""
        if not self.has_room_for(one.box):
            return False
        if any(one.box.meets(box, APART) for box in [*self.boxes, *self.marks]):
            return False
        if any(label.leader and label.leader.meets(one.box) for label in self.labels):
            return False
        if one.leader is None:
            return True
        own = [_mark(point, self.radius) for point in group]
        others = [box for box in self.marks if box not in own]
        return not any(one.leader.meets(box) for box in [*self.boxes, *others])

    def in_the_way(self, one: Label) -> tuple[float, int]:
        """The area that a label shares with others and with marks, and the labels and leaders that
        run into each other."""
        area = sum(one.box.shared(box) for box in [*self.boxes, *self.marks])
        leaders = [label.leader for label in self.labels if label.leader is not None]
        crossed = sum(line.meets(one.box) for line in leaders)
        if one.leader is not None:
            crossed += sum(one.leader.meets(box) for box in self.boxes)
        return area, crossed


def _placed(group: Sequence[Point], picture: _Picture, lines: Sequence[Line]) -> Label:
    rings = list(_rings(group, picture.radius))
    for ring in rings:
        free = [one for one in ring if picture.is_free(one, group)]
        if free:
            return min(free, key=lambda one: sum(line.meets(one.box) for line in lines))
    tried = [one for ring in rings for one in ring]
    inside = [one for one in tried if picture.has_room_for(one.box)]
    return min(inside or tried, key=picture.in_the_way)


def _gathered(points: Sequence[Point], radius: float) -> list[list[Point]]:
    """Points that fall on each other together, the largest groups first."""
    groups: list[list[Point]] = []
    for one in sorted(points, key=lambda p: (p.y, p.x, p.label)):
        for group in groups:
            first = group[0]
            near = hypot(one.x - first.x, one.y - first.y) < radius
            if near and one.kind == first.kind:
                group.append(one)
                break
        else:
            groups.append([one])
    return sorted(groups, key=lambda group: -len(group))


def _rings(group: Sequence[Point], radius: float) -> Iterator[list[Label]]:
    """Places for a label: beside its mark, then in rings farther and farther out."""
    first = group[0]
    names = tuple(one.label for one in group)
    wide = max(text_width(one.label, one.size, bold=one.bold) for one in group)
    high = first.size * LINE_HEIGHT * len(group)
    x, y, far = first.x, first.y, radius + APART

    def label(left: float, top: float, align: str, *, is_moved: bool) -> Label:
        box = Box(left, top, left + wide, top + high)
        return Label(
            names, first.kind, box, align, _leader(x, y, box, radius) if is_moved else None
        )

    yield [
        label(left, top, align, is_moved=False)
        for left, top, align in (
            (x + BESIDE, y - far - high, "left"),
            (x - BESIDE - wide, y - far - high, "right"),
            (x + BESIDE, y + far, "left"),
            (x - BESIDE - wide, y + far, "right"),
            (x + far, y - high / 2, "left"),
            (x - far - wide, y - high / 2, "right"),
            (x - wide / 2, y - far - high, "center"),
            (x - wide / 2, y + far, "center"),
        )
    ]
    for ring in range(1, FARTHEST):
        out = far + ring * STEP
        turns = [(cos(tau * n / DIRECTIONS), sin(tau * n / DIRECTIONS)) for n in range(DIRECTIONS)]
        yield [
            label(
                x + across * (out + wide / 2) - wide / 2,
                y + down * (out + high / 2) - high / 2,
                "left" if across > ALMOST_UP else "right" if across < -ALMOST_UP else "center",
                is_moved=True,
            )
            for across, down in turns
        ]


def _leader(x: float, y: float, box: Box, radius: float) -> Line:
    """From the edge of a mark to the nearest point of its label."""
    to_x, to_y = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    far = hypot(to_x - x, to_y - y) or 1.0
    return Line(x + (to_x - x) * radius / far, y + (to_y - y) * radius / far, to_x, to_y)


def _mark(point: Point, radius: float) -> Box:
    return Box(point.x - radius, point.y - radius, point.x + radius, point.y + radius)
