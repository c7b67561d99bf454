"""SVG paths with seeded irregularities, like the edges of a hand-cut seal.

`core.seals.drawing` passes the random generator `rng`. The order in which its numbers are drawn is
part of every drawing: a seal must look the same for ever.
"""

import math
import random

CENTRE = 100
SIDE = 200
RING_POINTS = 44

Point = tuple[float, float]


def format_coordinate(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _point(x: float, y: float) -> str:
    return f"{format_coordinate(x)} {format_coordinate(y)}"


def square(
    rng: random.Random,
    inset: float,
    jitter: float,
    radius: float = 7,
    nick_probability: float = 0.45,
) -> str:
    """Return a square `inset` from the edge: unequal corners, two or three strokes a side.

    `nick_probability` is how likely a joint of two strokes is chipped.
    """
    low, high = inset, SIDE - inset
    corners = [
        (x + rng.uniform(-jitter, jitter), y + rng.uniform(-jitter, jitter))
        for x, y in ((low, low), (high, low), (high, high), (low, high))
    ]
    path: list[str] = []
    first = ""
    for number, corner in enumerate(corners):
        side = _Side(corner, corners[(number + 1) % 4])
        begin = side.at(radius * rng.uniform(0.35, 1.5), 0)
        first = first or begin
        path.append(f"Q{_point(*corner)} {begin}" if number else f"M{begin}")
        path += _strokes(rng, side, jitter, nick_probability)
        path.append("L" + side.at(side.length - radius * rng.uniform(0.35, 1.5), 0))
    return "".join(path) + f"Q{_point(*corners[0])} {first}Z"


class _Side:
    """One side of a square: points by distance along it and out of it."""

    def __init__(self, start: Point, end: Point):
        self.start = start
        self.length = math.hypot(end[0] - start[0], end[1] - start[1])
        self.direction = (end[0] - start[0]) / self.length, (end[1] - start[1]) / self.length

    def at(self, along: float, out: float) -> str:
        (x, y), (dx, dy) = self.start, self.direction
        return _point(x + dx * along + dy * out, y + dy * along - dx * out)


def _strokes(rng: random.Random, side: _Side, jitter: float, nick_probability: float) -> list[str]:
    parts = []
    joints = sorted(rng.uniform(0.2, 0.8) * side.length for _ in range(rng.randint(1, 2)))
    for joint in joints:
        level = rng.uniform(-jitter, jitter) * 0.8
        parts.append("L" + side.at(joint - 2, level))
        if rng.random() < nick_probability:
            depth = rng.uniform(1.2, 3.2)
            parts.append("L" + side.at(joint + rng.uniform(0, 2), level - depth))
            shallow = level - depth * rng.uniform(0.2, 0.8)
            parts.append("L" + side.at(joint + rng.uniform(3, 7), shallow))
        parts.append("L" + side.at(joint + 8, rng.uniform(-jitter, jitter) * 0.5))
    return parts


def ring(rng: random.Random, radius: float, jitter: float) -> str:
    """Return a circle, slightly oval, with a few points further inside."""
    phase = rng.uniform(0, 6)
    points = []
    for number in range(RING_POINTS):
        angle = number * math.tau / RING_POINTS
        distance = radius + jitter * 0.6 * math.sin(2 * angle + phase) + rng.gauss(0, jitter * 0.4)
        if rng.random() < 0.06:
            distance -= jitter * rng.uniform(1, 2.4)
        points.append((CENTRE + math.cos(angle) * distance, CENTRE + math.sin(angle) * distance))
    return _smooth(points)


def _smooth(points: list[Point]) -> str:
    """Return a closed Catmull-Rom curve through `points`."""
    count = len(points)
    path = [f"M{_point(*points[0])}"]
    for number in range(count):
        p0, p1 = points[number - 1], points[number]
        p2, p3 = points[(number + 1) % count], points[(number + 2) % count]
        control1 = p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6
        control2 = p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6
        path.append(f"C{_point(*control1)} {_point(*control2)} {_point(*p2)}")
    return "".join(path) + "Z"


def chip(rng: random.Random, x: float, y: float, size: float) -> str:
    """Return a splinter of about `size` at a point."""
    corners, turn = rng.randint(5, 7), rng.uniform(0, 6)
    points = []
    for number in range(corners):
        angle = turn + number * math.tau / corners
        dx, dy = (size * rng.uniform(0.45, 1.2) for _ in range(2))
        points.append(_point(x + math.cos(angle) * dx, y + math.sin(angle) * dy))
    return "M" + "L".join(points) + "Z"
