"""Edges as a knife leaves them: path data with seeded irregularities, for `core.seals.drawing`."""

import math
import random

CENTRE = 100
SIDE = 200
POINTS_OF_RING = 44


def short(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _point(x: float, y: float) -> str:
    return f"{short(x)} {short(y)}"


def square(
    chance: random.Random, inset: float, jitter: float, radius: float = 7, nick: float = 0.45
) -> str:
    """A square cut by hand, `inset` from the edge: unequal corners, two or three strokes a side.

    `nick` is the chance that a joint of two strokes has splintered.
    """
    low, high = inset, SIDE - inset
    corners = [
        (x + chance.uniform(-jitter, jitter), y + chance.uniform(-jitter, jitter))
        for x, y in ((low, low), (high, low), (high, high), (low, high))
    ]
    path, first = [], ""
    for number, corner in enumerate(corners):
        side = _Side(corner, corners[(number + 1) % 4])
        begin = side.at(radius * chance.uniform(0.35, 1.5), 0)
        first = first or begin
        path.append(f"Q{_point(*corner)} {begin}" if number else f"M{begin}")
        path += _strokes(chance, side, jitter, nick)
        path.append("L" + side.at(side.length - radius * chance.uniform(0.35, 1.5), 0))
    return "".join(path) + f"Q{_point(*corners[0])} {first}Z"


class _Side:
    """One side of a square: points by distance along it and out of it."""

    def __init__(self, start: tuple[float, float], end: tuple[float, float]):
        self.start = start
        self.length = math.hypot(end[0] - start[0], end[1] - start[1])
        self.along = (end[0] - start[0]) / self.length, (end[1] - start[1]) / self.length

    def at(self, along: float, out: float) -> str:
        (x, y), (dx, dy) = self.start, self.along
        return _point(x + dx * along + dy * out, y + dy * along - dx * out)


def _strokes(chance: random.Random, side: _Side, jitter: float, nick: float) -> list[str]:
    parts = []
    joints = sorted(chance.uniform(0.2, 0.8) * side.length for _ in range(chance.randint(1, 2)))
    for joint in joints:
        level = chance.uniform(-jitter, jitter) * 0.8
        parts.append("L" + side.at(joint - 2, level))
        if chance.random() < nick:
            depth = chance.uniform(1.2, 3.2)
            parts.append("L" + side.at(joint + chance.uniform(0, 2), level - depth))
            shallow = level - depth * chance.uniform(0.2, 0.8)
            parts.append("L" + side.at(joint + chance.uniform(3, 7), shallow))
        parts.append("L" + side.at(joint + 8, chance.uniform(-jitter, jitter) * 0.5))
    return parts


def ring(chance: random.Random, radius: float, jitter: float) -> str:
    """A circle cut by hand, slightly oval, here and there too deep."""
    phase, points = chance.uniform(0, 6), []
    for number in range(POINTS_OF_RING):
        angle = number * math.tau / POINTS_OF_RING
        reach = radius + jitter * 0.6 * math.sin(2 * angle + phase) + chance.gauss(0, jitter * 0.4)
        if chance.random() < 0.06:
            reach -= jitter * chance.uniform(1, 2.4)
        points.append((CENTRE + math.cos(angle) * reach, CENTRE + math.sin(angle) * reach))
    return _smooth(points)


def _smooth(points: list[tuple[float, float]]) -> str:
    """A closed Catmull-Rom curve through `points`."""
    count = len(points)
    path = [f"M{_point(*points[0])}"]
    for number in range(count):
        before, here = points[number - 1], points[number]
        there, after = points[(number + 1) % count], points[(number + 2) % count]
        one = here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6
        two = there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6
        path.append(f"C{_point(*one)} {_point(*two)} {_point(*there)}")
    return "".join(path) + "Z"


def chip(chance: random.Random, x: float, y: float, size: float) -> str:
    """A splinter of about `size` at a point."""
    corners, turn = chance.randint(5, 7), chance.uniform(0, 6)
    points = []
    for number in range(corners):
        angle = turn + number * math.tau / corners
        across, down = (size * chance.uniform(0.45, 1.2) for _ in range(2))
        points.append(_point(x + math.cos(angle) * across, y + math.sin(angle) * down))
    return "M" + "L".join(points) + "Z"
